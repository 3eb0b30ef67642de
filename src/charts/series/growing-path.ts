import { tenth } from '../tenth.ts';
import type { StepScale } from '../training/step-scale.ts';

/**
 * The path of a column that grows, step 1 first. With `spread`, a bucket of several steps shows its extremes in their
 * order, so that noise keeps its height; without, its last value, enough for a smooth line. What is not finite breaks
 * the line. Full buckets are written once, so that a longer column costs only what was added.
 */
export class GrowingPath {
  readonly #buckets: Buckets;
  readonly #y: (value: number) => number;
  readonly #spread: boolean;
  #text = '';
  #full = 0;
  #broken = true;
  #length = 0;
  #seen = Number.NaN;

  constructor(buckets: Buckets, y: (value: number) => number, spread: boolean) {
    this.#buckets = buckets;
    this.#y = y;
    this.#spread = spread;
  }

  /** The path through the first `length` values. Starts over when the column was cut short or rewritten. */
  of(values: ArrayLike<number>, length: number): string {
    const past = this.#length === 0 || Object.is(values[this.#length - 1], this.#seen);
    if (length < this.#length || !past) {
      this.#text = '';
      this.#full = 0;
      this.#broken = true;
    }
    this.#length = length;
    this.#seen = values[length - 1] ?? Number.NaN;

    const { starts, xs } = this.#buckets;
    for (; this.#full < xs.length && (starts[this.#full + 1] ?? 0) <= length + 1; this.#full++) {
      const part = this.#bucket(values, this.#full, length);
      this.#text += part;
      this.#broken = part === '';
    }
    const open = this.#full < xs.length && (starts[this.#full] ?? 0) <= length;
    return open ? this.#text + this.#bucket(values, this.#full, length) : this.#text;
  }

  #bucket(values: ArrayLike<number>, bucket: number, length: number): string {
    const { starts, xs } = this.#buckets;
    const from = starts[bucket] ?? 0;
    const to = Math.min((starts[bucket + 1] ?? 0) - 1, length);
    const last = values[to - 1] ?? Number.NaN;
    if (!Number.isFinite(last)) return '';
    const point = (value: number) => `${xs[bucket]} ${tenth(this.#y(value))}`;
    const pen = this.#broken ? 'M' : 'L';
    if (!this.#spread || from === to) return pen + point(last);

    let low = to;
    let high = to;
    for (let step = from; step < to; step++) {
      const value = values[step - 1] ?? Number.NaN;
      if (value < (values[low - 1] ?? 0)) low = step;
      if (value > (values[high - 1] ?? 0)) high = step;
    }
    const first = pen + point(values[Math.min(low, high) - 1] ?? last);
    return low === high ? first : `${first}L${point(values[Math.max(low, high) - 1] ?? last)}`;
  }
}

/**
 * The steps in view, gathered by the pixel that they fall on: where steps are dense a path needs no more than a few
 * points a pixel. Bucket i begins with step `starts[i]` and ends before `starts[i + 1]`; it is drawn at `xs[i]`.
 */
export interface Buckets {
  readonly starts: Int32Array;
  readonly xs: Float64Array;
}

/** Buckets depend on the axis only: made once, shared by all lanes, and still while lines grow. */
export function bucketsOf(scale: StepScale, end: number): Buckets {
  const first = Math.max(1, Math.floor(scale.view[0]) - 1);
  const last = Math.min(Math.ceil(end), Math.ceil(scale.view[1]) + 1);
  const starts: number[] = [];
  const xs: number[] = [];
  let pixel = Number.NaN;
  for (let step = first; step <= last; step++) {
    const x = scale.x(step);
    if (Math.round(x) === pixel) continue;
    pixel = Math.round(x);
    starts.push(step);
    xs.push(tenth(x));
  }
  starts.push(last + 1);
  return { starts: Int32Array.from(starts), xs: Float64Array.from(xs) };
}
