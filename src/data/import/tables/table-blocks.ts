import type { Column } from '../../parquet/schema.ts';
import type { RowGroup, Table } from '../../parquet/table.ts';

/** Consecutive row groups of a file that are read in one request. */
export interface RowBlock {
  readonly table: Table;
  /** Index of its first row group in the file, and of its first row. */
  readonly group: number;
  readonly row: number;
  readonly groups: readonly RowGroup[];
  readonly rows: number;
}

/** A block ends after this many rows or `BYTES`: small enough to be one of many, large enough for one request. */
const ROWS = 500;
const BYTES = 2 * 2 ** 20;

/** Groups the row groups of a table into blocks for single requests. */
export function blocksOf(table: Table, columns: readonly Column[]): readonly RowBlock[] {
  const blocks: RowBlock[] = [];
  let groups: RowGroup[] = [];
  let [first, row, rows, bytes] = [0, 0, 0, 0];
  for (const [nth, group] of table.groups.entries()) {
    groups.push(group);
    rows += group.rows;
    bytes += bytesIn(group, columns);
    if (rows < ROWS && bytes < BYTES && nth < table.groups.length - 1) continue;
    blocks.push({ table, group: first, row, groups, rows });
    [first, row, rows, bytes, groups] = [nth + 1, row + rows, 0, 0, []];
  }
  return blocks;
}

/** Compressed size in bytes of the columns in a row group. */
export function bytesIn({ chunks }: RowGroup, columns: readonly Column[]): number {
  return columns.reduce((sum, { path }) => sum + (chunks.get(path)?.to ?? 0) - (chunks.get(path)?.from ?? 0), 0);
}

/**
 * Reorders things so that every prefix is spread evenly over the whole (van der Corput sequence: bit-reversed indices).
 * A set may be sorted by class, and its first part should not be one class.
 */
export function spread<T>(things: readonly T[]): readonly T[] {
  const bits = Math.ceil(Math.log2(Math.max(2, things.length)));
  return Array.from({ length: 2 ** bits }, (_, nth) => {
    let place = 0;
    for (let bit = 0; bit < bits; bit++) place += ((nth >> bit) & 1) << (bits - 1 - bit);
    return things.slice(place, place + 1);
  }).flat();
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

/** The byte ranges of a file that hold the columns of a block. Chunks at most `GAP` bytes apart share one range. */
export function rangesOf({ groups }: RowBlock, columns: readonly Column[]): readonly (readonly [number, number])[] {
  const wanted = groups.flatMap(({ chunks }) => columns.flatMap(({ path }) => chunks.get(path) ?? []));
  const ranges: [number, number][] = [];
  for (const { from, to } of wanted.toSorted((a, b) => a.from - b.from)) {
    const last = ranges.at(-1);
    if (last !== undefined && from <= last[1] + GAP) last[1] = Math.max(last[1], to);
    else ranges.push([from, to]);
  }
  return ranges;
}
