import { layerCategories } from '../../../charts/panels/measured.ts';
import { PANEL_WORDS } from '../strings.ts';
import type { LayerOf, ProbePanel } from './probe.ts';

interface Layers<Layer extends LayerOf> {
  readonly layers: readonly Layer[];
}

/** A value of each layer, in the order of the net. Where nets differ, the layers of the deepest are named. */
export function byLayer<Layer extends LayerOf>(
  value: (layer: Layer) => number,
): Pick<ProbePanel<Layers<Layer>>, 'points' | 'categories'> {
  return {
    points: ({ layers }) => layers.map((layer, index) => ({ at: index + 1, value: value(layer) })),
    categories: (results) =>
      layerCategories(
        results.map(({ layers }) => layers),
        PANEL_WORDS,
      ),
  };
}
