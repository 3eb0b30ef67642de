import { layerStops } from './layer-stops.ts';
import type { LayerValue, Measured, PanelWords } from './measured.ts';
import type { Panel } from './panel.ts';
import { seriesLines } from './series-lines.ts';

interface Gradients {
  readonly layers: readonly (LayerValue & { readonly norm: number })[];
}

/** Gradient norm by layer on a log scale, the first value of each net written out. */
export function gradientPanel(measured: readonly Measured<Gradients>[], words: PanelWords): Panel {
  const points = ({ layers }: Gradients) => layers.map(({ norm }, index) => ({ at: index + 1, value: norm }));
  return {
    key: 'gradients',
    title: '',
    lines: seriesLines(measured, points, words, true),
    stops: layerStops(
      measured.map(({ now }) => now.layers),
      words,
    ),
    y: { kind: 'log', include: [], unit: '', format: words.value },
    rules: [],
  };
}
