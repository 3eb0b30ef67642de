import { bandPath } from './band-path.ts';
import type { Buckets } from './buckets.ts';
import { GrowingPath } from './growing-path.ts';
import { meansOf } from './means.ts';
import type { Series } from './series.ts';

interface Paths {
  readonly raw: GrowingPath;
  readonly means: Map<number, GrowingPath>;
}

/** The paths of all lanes on one pair of axes. It lives as long as the axes stand still, and remembers what it drew. */
export class Plane {
  readonly #buckets: Buckets;
  readonly #y: (error: number) => number;
  readonly #paths = new WeakMap<ArrayLike<number>, Paths>();

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
  band({ seeds, steps }: Series, window: number): string {
    const columns = seeds?.counted.map((one) => meansOf(one, window)) ?? [];
    return columns.length === 0 ? '' : bandPath(this.#buckets, this.#y, columns, steps);
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
