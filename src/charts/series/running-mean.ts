import type { Series } from './series.ts';

const FIRST_ROOM = 256;

/**
 * The running mean of a column that grows: at each place the mean of the last `window` values, or of as many as there
 * are at the start, from the value numbered `first` on. Each value is read twice in all, however often the column is asked
 * about. What is not finite takes no part; a window of nothing else has NaN.
 */
export class GrowingMean {
  readonly #window: number;
  readonly #first: number;
  #means = new Float64Array(FIRST_ROOM);
  #length = 0;
  #sum = 0;
  #count = 0;
  #seen = Number.NaN;

  constructor(window: number, first = 1) {
    this.#window = window;
    this.#first = first;
  }

  /**
   * The means of the first `length` values, in a buffer that may be longer. Starts over when the column was cut short
   * or rewritten.
   */
  of(values: ArrayLike<number>, length: number): Float64Array {
    const past = this.#length === 0 || Object.is(values[this.#length - 1], this.#seen);
    if (length < this.#length || !past) this.#restart();
    if (length > this.#means.length) this.#grow(length);
    for (let i = this.#length; i < length; i++) this.#add(values, i);
    this.#length = length;
    this.#seen = values[length - 1] ?? Number.NaN;
    return this.#means;
  }

  #add(values: ArrayLike<number>, i: number): void {
    const entering = values[i] ?? Number.NaN;
    if (Number.isFinite(entering)) {
      this.#sum += entering;
      this.#count += 1;
    }
    const leaving = values[i - this.#window] ?? Number.NaN;
    if (Number.isFinite(leaving)) {
      this.#sum -= leaving;
      this.#count -= 1;
    }
    this.#means[i] = this.#count > 0 && i + 1 >= this.#first ? this.#sum / this.#count : Number.NaN;
  }

  #restart(): void {
    this.#means = new Float64Array(FIRST_ROOM);
    this.#length = 0;
    this.#sum = 0;
    this.#count = 0;
  }

  #grow(length: number): void {
    const longer = new Float64Array(Math.max(length, 2 * this.#means.length));
    longer.set(this.#means);
    this.#means = longer;
  }
}

/** The smoothing windows that the page offers, in steps. */
export const WINDOWS = [1, 10, 30, 100] as const;

/** A training curve: the error of each step, step 1 first, of which `steps` are filled. */
type Errors = Pick<Series, 'errors' | 'steps' | 'every'>;

/**
 * Over how many steps the running mean of a curve is. One that was kept as means of several is exact where each of these
 * ends, and straight in between; a shorter window would show steps before they were made.
 */
export function windowOf({ every = 1 }: Pick<Series, 'every'>, window: number): number {
  return Math.max(window, every);
}

// By the buffer of errors, which lives as long as its run: all charts ask for the same means, ten times a second.
const remembered = new WeakMap<ArrayLike<number>, Map<number, GrowingMean>>();

/**
 * The running mean of a lane's training error, step 1 first; what lies past `series.steps` means nothing. NaN before the
 * first mean that was kept was whole.
 */
export function meansOf(series: Errors, window: number): ArrayLike<number> {
  const known = remembered.get(series.errors) ?? new Map<number, GrowingMean>();
  remembered.set(series.errors, known);
  const wide = windowOf(series, window);
  const means = known.get(wide) ?? new GrowingMean(wide, series.every);
  known.set(wide, means);
  return means.of(series.errors, series.steps);
}

/** The running mean at a step, or null where the lane has not come that far, or has diverged, or kept no mean so early. */
export function meanAt(series: Errors, window: number, step: number): number | null {
  if (step < 1 || step > series.steps) return null;
  const mean = meansOf(series, window)[step - 1];
  return mean === undefined || !Number.isFinite(mean) ? null : mean;
}

/** The running mean now: at the last step that the lane has made. */
export function meanNow(series: Errors, window: number): number | null {
  return meanAt(series, window, series.steps);
}
