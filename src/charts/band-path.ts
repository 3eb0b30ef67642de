import type { Buckets } from './series/buckets.ts';

/** The area between the lowest and the highest of columns, in their first `length` values; it ends where one is not finite. */
export function bandPath(
  { starts, xs }: Buckets,
  y: (value: number) => number,
  columns: readonly ArrayLike<number>[],
  length: number,
): string {
  const tenth = (value: number) => Math.round(value * 10) / 10;
  const above: string[] = [];
  const below: string[] = [];
  for (let bucket = 0; bucket < xs.length && (starts[bucket] ?? 0) <= length; bucket++) {
    const step = Math.min((starts[bucket + 1] ?? 0) - 1, length);
    const values = columns.map((column) => column[step - 1] ?? Number.NaN);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (!Number.isFinite(high - low)) break;
    above.push(`${xs[bucket]} ${tenth(y(high))}`);
    below.unshift(`${xs[bucket]} ${tenth(y(low))}`);
  }
  return above.length === 0 ? '' : `M${[...above, ...below].join('L')}Z`;
}
