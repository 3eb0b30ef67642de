import { formatNumber, percent } from '../../core/format.ts';
import { say } from '../../language/say.ts';

function layerName(layer: string, block: number): string {
  if (layer === 'stem.conv') return say('insight.layerStem');
  if (layer === 'head.dense') return say('insight.layerHead');
  // A net without blocks.
  if (block === 0) return layer.replace('.', ' ');
  return say('insight.layerOfBlock', { block, nth: /(\d+)$/.exec(layer)?.[1] ?? '' });
}

/** The words of axes, crosshairs and tables. */
export const PANEL_WORDS = {
  layer: layerName,
  layerTick: (layer: string, place: number) => {
    if (layer === 'stem.conv') return say('insight.tickStem');
    return layer === 'head.dense' ? say('insight.tickHead') : String(place);
  },
  place: (place: number) => say('insight.layerNumber', { place }),
  block: (block: number) => say('insight.blockName', { block }),
  blockTick: (block: number) => (block === 1 ? say('insight.blockName', { block }) : String(block)),
  step: (step: number) => say('insight.stepName', { step }),
  value: formatNumber,
  percent,
  intact: (error: string) => say('insight.intact', { error }),
  damage: (error: string, points: string) => say('insight.damage', { error, points }),
  count: (count: number) => say('insight.lesionCount', { count }),
  point: (x: string, y: string) => say('insight.point', { x, y }),
  measured: (loss: string, error: string) => say('insight.lossAndError', { loss, error }),
  get loss() {
    return say('insight.loss');
  },
  get notYet() {
    return say('insight.notYet');
  },
  get noNumber() {
    return say('insight.noNumber');
  },
} as const;

/** What a block's three maps are: their symbols in the formula, and their words. */
export const MAP_WORDS = {
  input: () => ({ symbol: 'x', about: say('insight.mapInput') }),
  branch: () => ({ symbol: 'F(x)', about: say('insight.mapBranch') }),
  output: () => ({ symbol: 'y', about: say('insight.mapOutput') }),
} as const;
