import { deviation, max, mean, min } from 'd3';

/** What one number came to over several seeds. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Sample standard deviation, with divisor `count` - 1; NaN for one seed. */
  readonly deviation: number;
}

/** Null where one is missing, such as of a net that diverged: a mean over the seeds that went well would flatter it. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const measured = values.flatMap((value) => (value !== null && Number.isFinite(value) ? [value] : []));
  if (values.length === 0 || measured.length < values.length) return null;
  return {
    count: values.length,
    mean: mean(measured) ?? Number.NaN,
    low: min(measured) ?? Number.NaN,
    high: max(measured) ?? Number.NaN,
    deviation: deviation(measured) ?? Number.NaN,
  };
}
