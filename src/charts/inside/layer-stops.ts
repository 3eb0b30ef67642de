import { greatest } from 'd3';
import type { Stop } from './panel.ts';
import type { LayerValue, PanelWords } from './values/measured.ts';

/** The layers of the deepest net: place 1 is the first layer. Where nets differ, it is the deepest that names a place. */
export function layerStops(
  nets: readonly (readonly LayerValue[])[],
  words: Pick<PanelWords, 'layer' | 'layerTick'>,
): readonly Stop[] {
  const layers = greatest(nets, (each) => each.length) ?? [];
  return layers.map(({ layer, block }, index) => ({
    at: index + 1,
    name: words.layer(layer, block),
    tick: words.layerTick(layer, index + 1),
  }));
}

/** Blocks 1 to `count`. */
export function blockStops(count: number, words: Pick<PanelWords, 'block' | 'blockTick'>): readonly Stop[] {
  return Array.from({ length: count }, (_, index) => ({
    at: index + 1,
    name: words.block(index + 1),
    tick: words.blockTick(index + 1),
  }));
}
