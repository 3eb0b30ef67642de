import type { KeptRun } from '../../../core/results/run.ts';
import { stepRecords } from '../../race/curves/step-records.ts';
import { csvOf } from '../../share/figures/records.ts';

/** All that was measured in these runs: a row a step of each net. */
export function runsCsv(runs: readonly { readonly run: KeptRun; readonly name: string }[]): string {
  const steps = runs.map(({ run, name }) => ({ lead: [name, run.experiment.recipe.seed], curves: run.curves }));
  return csvOf(stepRecords(['run', 'seed'], steps));
}
