import { expect } from 'vitest';
import type { Report } from '../core/results/report.ts';
import { receive } from '../features/lab/receive.ts';
import { initialState, type LabState } from '../features/lab/state.ts';
import { openedReport, TWO } from './fake-worker.ts';

/** The page's state after these reports. */
export function stateAfter(...reports: readonly Report[]): LabState {
  return reports.reduce(receive, initialState);
}

/** The errors of a lane in percent, first step first. */
export function errorsOf(state: LabState, lane: string): readonly number[] {
  const { errors, steps } = state.curves.get(lane) ?? expect.fail(`no curve of ${lane}`);
  return [...errors.subarray(0, steps)];
}

/** A race of two lanes at step 0. */
export const stands = openedReport(TWO);
