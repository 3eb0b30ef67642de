import { tenth } from '../tenth.ts';
import { type Buckets, GrowingPath } from './growing-path.ts';
import { meansOf } from './running-mean.ts';
import type { Series } from './series.ts';

interface Paths {
  readonly raw: GrowingPath;
  readonly means: Map<number, GrowingPath>;
}

interface Band {
  readonly window: number;
  readonly steps: number;
  readonly path: string;
}

/** The paths of all lanes on one pair of axes. It lives as long as the axes stand still, and remembers what it drew. */
export class PathCache {
  readonly #buckets: Buckets;
  readonly #y: (error: number) => number;
  readonly #paths = new WeakMap<ArrayLike<number>, Paths>();
  readonly #bands = new WeakMap<ArrayLike<number>, Band>();

  constructor(buckets: Buckets, y: (error: number) => number) {
    this.#buckets = buckets;
    this.#y = y;
  }

  /** Every step of a lane. */
  raw(series: Series): string {
    return this.#of(series).raw.of(series.errors, series.steps);
  }

  /** The running mean of a lane. */
  mean(series: Series, window: number): string {
    const { means } = this.#of(series);
    const path = means.get(window) ?? new GrowingPath(this.#buckets, this.#y, window === 1);
    means.set(window, path);
    return path.of(meansOf(series, window), series.steps);
  }

  /** Between the lowest and the highest running mean of the seeds that a lane is the mean of. */
  band({ seeds, errors, steps }: Series, window: number): string {
    if (seeds === undefined) return '';
    const known = this.#bands.get(errors);
    if (known !== undefined && known.window === window && known.steps === steps) return known.path;
    const columns = seeds.counted.map((one) => meansOf(one, window));
    const path = bandPath(this.#buckets, this.#y, columns, steps);
    this.#bands.set(errors, { window, steps, path });
    return path;
  }

  #of(series: Series): Paths {
    const paths = this.#paths.get(series.errors) ?? {
      raw: new GrowingPath(this.#buckets, this.#y, true),
      means: new Map<number, GrowingPath>(),
    };
    this.#paths.set(series.errors, paths);
    return paths;
  }
}

/** The area between the lowest and the highest of columns, in their first `length` values; it begins where all are finite, and ends where one is not. */
export function bandPath(
  { starts, xs }: Buckets,
  y: (value: number) => number,
  columns: readonly ArrayLike<number>[],
  length: number,
): string {
  const above: string[] = [];
  const below: string[] = [];
  for (let bucket = 0; bucket < xs.length && (starts[bucket] ?? 0) <= length; bucket++) {
    const step = Math.min((starts[bucket + 1] ?? 0) - 1, length);
    const values = columns.map((column) => column[step - 1] ?? Number.NaN);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (!Number.isFinite(high - low)) {
      if (above.length > 0) break;
      continue;
    }
    above.push(`${xs[bucket]} ${tenth(y(high))}`);
    below.unshift(`${xs[bucket]} ${tenth(y(low))}`);
  }
  return above.length === 0 ? '' : `M${[...above, ...below].join('L')}Z`;
}
