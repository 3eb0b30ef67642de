import { differences, type Trait } from '../../core/experiment/comparison.ts';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { cutName } from '../../core/quote.ts';
import type { SavedRun } from '../../core/results/run.ts';
import { commaJoined } from '../../language/joining.ts';
import { say } from '../../language/say.ts';
import { locale } from '../../language/sentence.ts';
import { csvOf } from '../figures/csv.ts';
import { stepRecords } from '../race/curves/step-records.ts';
import { changeText, surgeryText } from './traits.ts';

const LONGEST = 60;

/** What a run is called: as a person named it, else by what was done in it that was not done in the one before it. */
export function runName(run: SavedRun, before: SavedRun | undefined): string {
  const { name, experiment } = run;
  if (name !== null) return name;
  if (before !== undefined) return differenceName(before.experiment, experiment);
  if (experiment.surgery.length > 0) return shortened(surgeryText(experiment));
  return cutName(experiment.lanes.map((lane) => lane.name).join(', '), LONGEST) || '–';
}

/** The first two settings in which two experiments differ, and how many more there are. `among` leaves some out. */
export function differenceName(
  from: Experiment,
  to: Experiment,
  among: (trait: Trait) => boolean = () => true,
): string {
  const texts = differences(from, to)
    .filter(among)
    .map((trait) => changeText(trait, from, to));
  if (texts.length === 0) return say('runs.again');
  const first = commaJoined(texts.slice(0, 2));
  return shortened(texts.length > 2 ? say('runs.andMore', { first, more: texts.length - 2 }) : first);
}

function shortened(name: string): string {
  return name.length > 2 * LONGEST ? `${cutName(name, 2 * LONGEST)}…` : name;
}

/**
 * All that was recorded of these runs: a row per step of each net, and as in a run's JSON a branch has what it shares with
 * the net that it was branched from. A figure's file has what the figure shows.
 */
export function runsCsv(runs: readonly { readonly run: SavedRun; readonly name: string }[]): string {
  const steps = runs.map(({ run, name }) => ({ lead: [name, run.experiment.recipe.seed], curves: run.curves }));
  return csvOf(stepRecords(['run', 'seed'], steps));
}

/** "21 Nov 2026, 14:05" */
export function timeText(time: Date): string {
  return time.toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });
}
