import { isThereAt, type Series } from '../../../charts/series/series.ts';
import type { SavedCurve } from '../../../core/results/run.ts';
import type { Cell, Records } from '../../figures/csv.ts';

/** A run, and what stands before each of its rows. */
export interface RunSteps {
  readonly lead: readonly Cell[];
  readonly curves: readonly StepCurve[];
}

/** A curve, of which a branch's rows begin at its fork; where that is left out, all that was recorded has rows. */
type StepCurve = SavedCurve & Pick<Series, 'branchedAt'>;

/** A row a step of each net of each run, with the test error where it was measured. */
export function stepRecords(lead: readonly string[], runs: readonly RunSteps[]): Records {
  return {
    heads: [...lead, 'net', 'step', 'training error %', 'loss', 'test error %'],
    rows: runs.flatMap((run) => run.curves.flatMap((curve) => rowsOf(run.lead, curve))),
  };
}

function rowsOf(lead: readonly Cell[], curve: StepCurve): readonly (readonly Cell[])[] {
  const { lane, errors, losses, tests } = curve;
  const tested = new Map(tests.map(({ step, error }) => [step, error]));
  return Array.from(errors).flatMap((error, index) => {
    const step = index + 1;
    if (!isThereAt(curve, step)) return [];
    return [[...lead, lane, step, error, losses[index] ?? Number.NaN, tested.get(step) ?? Number.NaN]];
  });
}
