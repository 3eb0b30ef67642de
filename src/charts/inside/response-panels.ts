import { max } from 'd3';
import { layerStops } from './layer-stops.ts';
import type { LayerValue, Measured, PanelWords } from './measured.ts';
import type { Panel } from './panel.ts';
import { seriesLines } from './series-lines.ts';

interface Responses {
  readonly layers: readonly (LayerValue & { readonly deviation: number })[];
  readonly sorted: readonly number[];
}

export interface ResponseWords extends PanelWords {
  readonly inOrder: string;
  readonly sorted: string;
  readonly rank: (rank: number) => string;
}

/** The two panels of figure 7 of He et al. 2015: responses layer by layer, and largest first. */
export function responsePanels(measured: readonly Measured<Responses>[], words: ResponseWords): readonly Panel[] {
  const y = { kind: 'linear', include: [0], unit: '', format: words.value } as const;
  const most = max(measured, ({ now }) => now.sorted.length) ?? 0;
  return [
    {
      key: 'order',
      title: words.inOrder,
      lines: seriesLines(
        measured,
        ({ layers }) => layers.map(({ deviation }, index) => ({ at: index + 1, value: deviation })),
        words,
      ),
      stops: layerStops(
        measured.map(({ now }) => now.layers),
        words,
      ),
      y,
      rules: [],
    },
    {
      key: 'sorted',
      title: words.sorted,
      lines: seriesLines(measured, ({ sorted }) => sorted.map((value, index) => ({ at: index + 1, value })), words),
      stops: Array.from({ length: most }, (_, index) => ({
        at: index + 1,
        name: words.rank(index + 1),
        tick: String(index + 1),
      })),
      y,
      rules: [],
    },
  ];
}
