import type { SavedCurve } from '../../../core/results/run.ts';
import type { Cell, Records } from '../../figures/csv.ts';

/** A run, and what stands before each of its rows. */
export interface RunSteps {
  readonly lead: readonly Cell[];
  readonly curves: readonly SavedCurve[];
}

/** A row a step of each net of each run, with the test error where it was measured. */
export function stepRecords(lead: readonly string[], runs: readonly RunSteps[]): Records {
  return {
    columns: [...lead, 'net', 'step', 'training error %', 'loss', 'test error %'],
    rows: runs.flatMap((run) => run.curves.flatMap((curve) => rowsOf(run.lead, curve))),
  };
}

function rowsOf(lead: readonly Cell[], { lane, errors, losses, tests }: SavedCurve): readonly (readonly Cell[])[] {
  const tested = new Map(tests.map(({ step, error }) => [step, error]));
  return Array.from(errors, (error, index) => {
    const step = index + 1;
    return [...lead, lane, step, error, losses[index] ?? Number.NaN, tested.get(step) ?? Number.NaN];
  });
}
