import { MOST_IMAGES, type TableChoice } from '../../../core/data/library.ts';
import { type Block, blocksOf, evenly, spread } from './table-blocks.ts';
import type { TableFiles } from './table-files.ts';
import type { ImageRows } from './table-rows.ts';

/** A block, and how many of its rows are wanted. */
export interface Step {
  readonly side: 'train' | 'test';
  readonly block: Block;
  readonly rows: number;
  /** How much of what is wanted of its side comes before it, 0 to 1. */
  readonly before: number;
}

/** The footers of at least this many files of a part are read, so that its images are from all over it. */
const LEAST_FILES = 8;

/**
 * What to read, and in which order: blocks from all over each side, the sides in turn, so that whatever is there at any
 * time can be used. The same share is read of the test images as of the training images.
 */
export async function planSteps(
  files: TableFiles,
  choice: TableChoice,
  columns: ImageRows,
  signal: AbortSignal,
): Promise<readonly Step[]> {
  const { config, train, test, count } = choice;
  const steps = await stepsOf('train', count);
  if (test === null) return steps;
  const [learnt, tested] = [await files.split(config, train, signal), await files.split(config, test, signal)];
  const part = Math.min(tested.rows, MOST_IMAGES - count, Math.ceil((tested.rows * count) / Math.max(1, learnt.rows)));
  return [...steps, ...(await stepsOf('test', part))].sort((a, b) => a.before - b.before);

  async function stepsOf(side: Step['side'], wanted: number): Promise<readonly Step[]> {
    const split = side === 'train' ? train : (test ?? train);
    const entries = files.of(config, split);
    const { rows } = await files.split(config, split, signal);
    // One more than should do, since not all have the same number of rows.
    const most = Math.max(LEAST_FILES, (entries.length * wanted) / Math.max(1, rows) + 1);
    const blocks: Block[] = [];
    for (const entry of evenly(entries, most)) {
      blocks.push(...blocksOf(await files.open(entry, signal), [columns.image.column, columns.label.column]));
    }
    const steps: Step[] = [];
    let taken = 0;
    for (const block of spread(blocks)) {
      const some = Math.min(block.rows, wanted - taken);
      if (some > 0) steps.push({ side, block, rows: some, before: taken / wanted });
      taken += some;
    }
    return steps;
  }
}
