import { median, rounded } from './statistics.ts';

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The least and the most of what `value` is the median of. */
  readonly range?: readonly [number, number];
  readonly detail?: string;
}

/** A table of what belongs together. */
export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
  /** How often each was timed; where it is not there, as often as the record says. */
  readonly repeats?: number;
  /** Who could not take part, and why. */
  readonly absent?: readonly string[];
}

/** The median of what was measured, and its range. */
export function medianRow(name: string, unit: string, values: readonly number[]): Row {
  const range = [rounded(Math.min(...values)), rounded(Math.max(...values))] as const;
  return { name, value: rounded(median(values)), unit, range };
}

export function milliseconds(name: string, detail: string, times: readonly number[]): Row {
  return { ...medianRow(name, 'ms', times), detail };
}
