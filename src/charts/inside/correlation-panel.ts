import { layerStops } from './layer-stops.ts';
import type { LayerValue, Measured, PanelWords } from './measured.ts';
import type { Panel } from './panel.ts';
import { seriesLines } from './series-lines.ts';

interface Correlation {
  readonly layers: readonly (LayerValue & { readonly cosine: number })[];
}

/** Cosine of the gradients of two batches, layer by layer. */
export function correlationPanel(measured: readonly Measured<Correlation>[], words: PanelWords): Panel {
  return {
    key: 'correlation',
    title: '',
    lines: seriesLines(
      measured,
      ({ layers }) => layers.map(({ cosine }, index) => ({ at: index + 1, value: cosine })),
      words,
    ),
    stops: layerStops(
      measured.map(({ now }) => now.layers),
      words,
    ),
    y: { kind: 'linear', include: [0, 0.2], unit: '', format: words.value },
    rules: [{ at: 0, text: '' }],
  };
}
