import type { Buckets } from './buckets.ts';

/**
 * The path of a column of values, step 1 first, up to `length`. With `spread`, a bucket of several steps shows its
 * extremes in their order, so that noise keeps its height; without, its last value, enough for a smooth line.
 * What is not finite breaks the line.
 */
export function curvePath(
  values: ArrayLike<number>,
  length: number,
  { starts, xs }: Buckets,
  y: (value: number) => number,
  spread: boolean,
): string {
  let path = '';
  let pen = 'M';
  const add = (x: number, value: number) => {
    path += `${pen}${x} ${Math.round(y(value) * 10) / 10}`;
    pen = 'L';
  };
  for (let bucket = 0; bucket < xs.length; bucket++) {
    const from = starts[bucket] ?? 0;
    if (from > length) break;
    const to = Math.min((starts[bucket + 1] ?? 0) - 1, length);
    const x = xs[bucket] ?? 0;
    const last = values[to - 1] ?? Number.NaN;
    if (!Number.isFinite(last)) {
      pen = 'M';
      continue;
    }
    if (!spread || from === to) {
      add(x, last);
      continue;
    }
    let low = to;
    let high = to;
    for (let step = from; step < to; step++) {
      const value = values[step - 1] ?? Number.NaN;
      if (value < (values[low - 1] ?? 0)) low = step;
      if (value > (values[high - 1] ?? 0)) high = step;
    }
    add(x, values[Math.min(low, high) - 1] ?? last);
    if (low !== high) add(x, values[Math.max(low, high) - 1] ?? last);
  }
  return path;
}
