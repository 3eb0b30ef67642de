import type { Baseline, Mark, Series } from '../series/series.ts';

/** What the curves of a race need to know about it. */
export interface CurvesData {
  readonly series: readonly Series[];
  /** Curves of races before, drawn faded behind the others. */
  readonly past?: readonly Series[];
  readonly marks: readonly Mark[];
  readonly baseline: Baseline | null;
  /** Where the step axis ends, unless training passes it. */
  readonly until: number;
  /** Steps in the running mean. */
  readonly window: number;
  /** From `yDomain`, so that both figures share it. */
  readonly yDomain: readonly [number, number];
  /** The step under the crosshair of all charts. */
  readonly cross: number | null;
  readonly onCross: (step: number | null) => void;
  /** The lane under the pointer, by id. */
  readonly hot: string | null;
  readonly onHot: (id: string | null) => void;
  readonly height: number;
  /** Said in the middle of the empty plot before training. */
  readonly hint: string | null;
}
