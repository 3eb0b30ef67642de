import { max } from 'd3';
import type { Series } from '../series/series.ts';

/** Where the step axis ends: at `until`, and twice as far whenever training passes it. */
export function horizon(until: number, series: readonly Series[]): number {
  const steps = max(series, (one) => one.steps) ?? 0;
  let end = Math.max(1, until);
  while (end < steps) end *= 2;
  return end;
}
