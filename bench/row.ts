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
  /** Who could not take part, and why. */
  readonly absent?: readonly string[];
}

export function milliseconds(name: string, detail: string, times: readonly number[]): Row {
  const range = [rounded(Math.min(...times)), rounded(Math.max(...times))] as const;
  return { name, value: rounded(median(times)), unit: 'ms', range, detail };
}
