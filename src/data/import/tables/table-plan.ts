import { mostTrained, type TableChoice, testedBeside } from '../../../core/data/library.ts';
import type { Column } from '../../parquet/schema.ts';
import { MOST_CLASSES } from '../sets/imported-dataset.ts';
import { blocksOf, bytesIn, evenly, groupsOf, type PlacedGroup, ROWS_OF_BLOCK, spread } from './table-blocks.ts';
import type { TableFiles } from './table-files.ts';
import type { ImageRows } from './table-rows.ts';

/** A row group, and how many of its rows are wanted. */
export interface Step extends PlacedGroup {
  readonly side: 'train' | 'test';
  readonly rows: number;
  /** Fraction of its split's wanted rows that precede its block, 0 to 1. */
  readonly before: number;
}

/** The footers of at least this many files of a part are read, so that its images are from all over it. */
const LEAST_FILES = 8;
/** Where not all rows are wanted, they come from at least as many blocks, if there are. */
const LEAST_BLOCKS = 64;
/** Bytes of files at hand that are read at most for a few rows of each of many groups. */
const MOST_SHARED = 2 ** 30;

/**
 * Plans the order of reading: blocks spread over each split, the splits in turn, so that the part that is there at any
 * time can be used. The same share is read of the test images as of the training images. Downloads are of whole row groups;
 * of files at hand, few rows of many groups are read, as many groups as there may be classes.
 */
export async function planSteps(
  files: TableFiles,
  choice: TableChoice,
  columns: ImageRows,
  signal: AbortSignal,
): Promise<readonly Step[]> {
  const { config, train, test } = choice;
  const { rows: learnt } = await files.split(config, train, signal);
  const tested = test === null ? 0 : (await files.split(config, test, signal)).rows;
  const count = Math.min(choice.count, mostTrained(learnt, tested));
  const isHere = files.folder.source === 'files';
  const steps = await stepsOf('train', count);
  if (test === null) return steps;
  const part = await stepsOf('test', testedBeside(count, learnt, tested));
  return [...steps, ...part].sort((a, b) => a.before - b.before);

  async function stepsOf(side: Step['side'], wanted: number): Promise<readonly Step[]> {
    const split = side === 'train' ? train : (test ?? train);
    const entries = files.of(config, split);
    const { rows } = await files.split(config, split, signal);
    // One more than should do, since not all have the same number of rows.
    const most = Math.max(LEAST_FILES, (entries.length * wanted) / Math.max(1, rows) + 1);
    const groups: PlacedGroup[] = [];
    for (const entry of isHere ? entries : evenly(entries, most)) {
      groups.push(...groupsOf(await files.open(entry, signal)));
    }
    const both = [columns.image.column, columns.label.column];
    const blocks = spread(blocksOf(groups, both, wanted < rows ? blockRows(groups, wanted) : rows));
    const shared = new Set(isHere ? beginningWithin(blocks.flat().slice(0, MOST_CLASSES), both) : []);
    const share = Math.min(1, wanted / [...shared].reduce((sum, { group }) => sum + group.rows, 0));
    let [passed, taken] = [0, 0];
    return blocks.flatMap((block) => {
      const before = taken / wanted;
      return block.flatMap((each) => {
        passed += each.group.rows * (shared.has(each) ? share : 1);
        const some = Math.min(wanted, Math.ceil(passed)) - taken;
        taken += some;
        return some > 0 ? [{ ...each, side, rows: some, before }] : [];
      });
    });
  }
}

/**
 * Rows of a block where `wanted` rows are: those of one, two, four … row groups, so that the blocks of which a smaller part is
 * are in those of a larger one.
 */
function blockRows(groups: readonly PlacedGroup[], wanted: number): number {
  const one = Math.max(1, groups[0]?.group.rows ?? 1);
  const most = Math.min(ROWS_OF_BLOCK, wanted / LEAST_BLOCKS);
  return one * 2 ** Math.max(0, Math.floor(Math.log2(most / one)));
}

/** The first groups, as many as have no more than `MOST_SHARED` bytes. */
function beginningWithin(groups: readonly PlacedGroup[], columns: readonly Column[]): readonly PlacedGroup[] {
  let bytes = 0;
  return groups.filter(({ group }) => {
    bytes += bytesIn(group, columns);
    return bytes <= MOST_SHARED;
  });
}
