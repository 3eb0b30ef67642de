import { count, formatNumber, percent } from '../../core/format.ts';
import type { LesionKind, LesionStatistics } from '../../core/results/lesion.ts';

/** What a figure of Look inside is called, and where its method is from. */
export interface FigureText {
  readonly title: string;
  /** Its name among the others. */
  readonly short: string;
  readonly source: string;
}

/** The figures of lesions. Those of probes are in src/probes. */
export const LESION_FIGURES: Readonly<Record<'lesions' | 'random', FigureText>> = {
  lesions: {
    title: 'Lesions: error after changing one block',
    short: 'Lesions',
    source:
      'After Veit et al. 2016, section 4: no retraining, weights untouched. Without a shortcut, a deleted branch leaves the block out. Error on 1,000 training images that do not change.',
  },
  random: {
    title: 'Lesions: several random blocks at once',
    short: 'Several lesions',
    source: 'After Veit et al. 2016, figure 5. Line: mean of the trials; band: best to worst.',
  },
};

const LESION_WORDS = {
  branch: 'A branch deleted',
  shortcut: 'A shortcut cut',
  swap: 'Two neighbours swapped',
  reset: 'Reset to first weights',
} satisfies Record<LesionKind, string>;
const STATISTICS_WORDS = {
  batch: 'batch',
  recalibrated: 'recalibrated',
  running: 'running',
} satisfies Record<LesionStatistics, string>;

/** The words of the section's controls. */
export const INSIDE = {
  title: 'Look inside',
  empty: 'Add a net to look into.',
  lanes: 'Nets to compare',
  figures: 'Figures',
  refresh: 'Refresh',
  live: 'Live',
  once: 'On request',
  liveHint: 'Measures what is on the screen again as the nets train, for at most a tenth of the time',
  measure: 'Measure now',
  measuring: 'measuring…',
  waiting: 'Measured when the race is ready.',
  run: 'Run',
  again: 'Run again',
  cancel: 'Cancel',
  progress: (done: number, of: number) => `${count(done)} of ${count(of)}`,
  lesionsAbout: 'Changes one block after the other for a moment and measures the error; the weights stay as they are.',
  randomAbout:
    'Changes one block at random, then two, and so on, and measures the error; the weights stay as they are.',
  cost: 'Takes a while, and slows training meanwhile.',
  showTable: 'Show as table',
  showChart: 'Show as chart',
  crosshair: (figure: string) => `Crosshair: ${figure}`,
  after: (steps: number) => `after ${count(steps)} ${steps === 1 ? 'step' : 'steps'}`,
  afterBetween: (from: number, to: number) => `after ${count(from)} to ${count(to)} steps`,
  pale: (now: string, before: number) => `${now}; pale: at step ${count(before)}`,
  failed: 'Not measured',
  net: 'Net',
  block: 'Block',
  blockNumber: (block: number) => `Block ${block}`,
  image: 'Image',
  channels: (channels: number, height: number, width: number) => `${channels} channels of ${height}×${width}`,
  lookInside: 'Look inside this block',
  chosen: (lane: string, block: number) => `Looking into block ${block} of ${lane}`,
  kind: 'Lesion',
  kinds: {
    branch: 'Delete a branch',
    shortcut: 'Cut a shortcut',
    swap: 'Swap neighbours',
    reset: 'Reset to first weights',
  } satisfies Record<LesionKind, string>,
  statistics: 'Statistics of the normalisations',
  statisticsNames: {
    batch: 'Batch',
    recalibrated: 'Recalibrated',
    running: 'Running',
  } satisfies Record<LesionStatistics, string>,
  lesionSettings: (kind: LesionKind, statistics: LesionStatistics): string =>
    `${LESION_WORDS[kind]}, ${STATISTICS_WORDS[statistics]} statistics`,
  noPlace: (lane: string) => `${lane} has no place for this lesion.`,
} as const;

/** What the block is made of, in the figure of feature maps. */
export const MAP_TEXT = {
  input: { symbol: 'x', about: 'what comes in' },
  branch: { symbol: 'F(x)', about: 'what the branch adds' },
  output: { symbol: 'y', about: 'what goes on' },
  filters: { symbol: '', about: 'the stem’s filters: red, green, blue of each' },
  spoken: (name: string, shape: string, least: string, most: string, below: string) =>
    `${name}: ${shape}, values from ${least} to ${most}, ${below}% below 0`,
  filtersSpoken: (filters: number, least: string, most: string) =>
    `Filters of the stem: ${filters} filters for red, green and blue, weights from ${least} to ${most}`,
  caption: 'Lowest, mean and highest value of each channel',
  channel: (channel: number) => `channel ${channel}`,
} as const;

function layerName(layer: string, block: number): string {
  if (layer === 'stem.conv') return 'stem';
  if (layer === 'head.dense') return 'head';
  // A net without blocks.
  if (block === 0) return layer.replace('.', ' ');
  return `block ${block}, convolution ${/(\d+)$/.exec(layer)?.[1] ?? ''}`;
}

/** The words of axes, crosshairs and tables. */
export const PANEL_WORDS = {
  layer: layerName,
  layerTick: (layer: string, place: number) =>
    layer === 'stem.conv' || layer === 'head.dense' ? layerName(layer, 0) : String(place),
  block: (block: number) => `block ${block}`,
  blockTick: (block: number) => (block === 1 ? 'block 1' : String(block)),
  step: (step: number) => `step ${count(step)}`,
  value: formatNumber,
  percent,
  intact: (error: string) => `intact ${error}`,
  damage: (error: string, points: string) => `${error} (${points})`,
  count: (lesions: number) => (lesions === 0 ? 'intact' : `${lesions} ${lesions === 1 ? 'lesion' : 'lesions'}`),
  point: (x: string, y: string) => `at ${x}, ${y}`,
  measured: (loss: string, error: string) => `loss ${loss}, error ${error}%`,
  loss: 'loss',
  notYet: 'not measured yet',
} as const;
