import { spreadOrder } from '../../../core/spread-order.ts';
import type { Column } from '../../parquet/schema.ts';
import type { RowGroup, Table } from '../../parquet/table.ts';

/** A row group, and its place in its file. */
export interface PlacedGroup {
  readonly table: Table;
  readonly group: RowGroup;
  /** Its index in the file, and that of its first row. */
  readonly nth: number;
  readonly row: number;
}

/** The row groups of a table. */
export function groupsOf(table: Table): readonly PlacedGroup[] {
  let row = 0;
  return table.groups.map((group, nth) => {
    row += group.rows;
    return { table, group, nth, row: row - group.rows };
  });
}

/** A block ends after this many rows or `BYTES`: small enough to be one of many, large enough for one request. */
export const ROWS_OF_BLOCK = 500;
const BYTES = 2 * 2 ** 20;

/** Puts row groups that follow each other in a file into blocks for single requests, of `most` rows or few more. */
export function blocksOf<Group extends PlacedGroup>(
  groups: readonly Group[],
  columns: readonly Column[],
  most = ROWS_OF_BLOCK,
): readonly (readonly Group[])[] {
  const blocks: Group[][] = [];
  let [rows, bytes] = [0, 0];
  for (const each of groups) {
    const block = blocks.at(-1);
    const before = block?.at(-1);
    const follows = before?.table === each.table && before.nth + 1 === each.nth;
    if (block !== undefined && follows && rows < Math.min(ROWS_OF_BLOCK, most) && bytes < BYTES) block.push(each);
    else {
      blocks.push([each]);
      [rows, bytes] = [0, 0];
    }
    rows += each.group.rows;
    bytes += bytesIn(each.group, columns);
  }
  return blocks;
}

/** Compressed size in bytes of the columns in a row group. */
export function bytesIn({ chunks }: RowGroup, columns: readonly Column[]): number {
  return columns.reduce((sum, { path }) => sum + (chunks.get(path)?.to ?? 0) - (chunks.get(path)?.from ?? 0), 0);
}

/**
 * Reorders things so that every prefix is spread evenly over the whole: a set may be sorted by class, and its first part
 * should not be one class.
 */
export function spread<T>(things: readonly T[]): readonly T[] {
  return spreadOrder(things.length).flatMap((place) => things.slice(place, place + 1));
}

/** At most `most` of the things, evenly spread, in order. */
export function evenly<T>(things: readonly T[], most: number): readonly T[] {
  const count = Math.min(things.length, Math.max(1, Math.ceil(most)));
  return Array.from({ length: count }, (_, nth) => things[Math.floor((nth * things.length) / count)]).flatMap((each) =>
    each === undefined ? [] : [each],
  );
}

/** A column of a row group is read together with the next where no more than this lies between. */
const GAP = 64 * 1024;

/** The byte ranges of a file that hold the columns of row groups. Chunks at most `GAP` bytes apart share one range. */
export function rangesOf(
  groups: readonly RowGroup[],
  columns: readonly Column[],
): readonly (readonly [number, number])[] {
  const wanted = groups.flatMap(({ chunks }) => columns.flatMap(({ path }) => chunks.get(path) ?? []));
  const ranges: [number, number][] = [];
  for (const { from, to } of wanted.toSorted((a, b) => a.from - b.from)) {
    const last = ranges.at(-1);
    if (last !== undefined && from <= last[1] + GAP) last[1] = Math.max(last[1], to);
    else ranges.push([from, to]);
  }
  return ranges;
}
