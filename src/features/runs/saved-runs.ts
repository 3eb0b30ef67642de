import { differences } from '../../core/experiment/comparison.ts';
import { cutName } from '../../core/quote.ts';
import type { SavedRun } from '../../core/results/run.ts';
import { stepRecords } from '../race/curves/step-records.ts';
import { csvOf } from '../share/files.ts';
import { RUNS_TEXT } from './strings.ts';

const LONGEST = 60;

/** What a run is called: as a person named it, else by what makes it different from the one before it. */
export function runName(run: SavedRun, before: SavedRun | undefined): string {
  if (run.name !== null) return run.name;
  if (before === undefined) return cutName(run.experiment.lanes.map(({ name }) => name).join(', '), LONGEST) || '–';
  const all = differences(before.experiment, run.experiment);
  const name = all.length === 0 ? RUNS_TEXT.again : RUNS_TEXT.named(all);
  return name.length > 2 * LONGEST ? `${cutName(name, 2 * LONGEST)}…` : name;
}

/** All that was measured in these runs: a row a step of each net. */
export function runsCsv(runs: readonly { readonly run: SavedRun; readonly name: string }[]): string {
  const steps = runs.map(({ run, name }) => ({ lead: [name, run.experiment.recipe.seed], curves: run.curves }));
  return csvOf(stepRecords(['run', 'seed'], steps));
}
