import { SingleBar } from 'cli-progress';
import { languageOfVisit } from '../../src/language/languages.ts';
import { loadLanguage } from '../../src/language/load.ts';
import { writeAtomically } from '../data/files.ts';
import { LabError } from './error.ts';
import { chooseExperiment } from './experiment.ts';
import { runTasks } from './jobs.ts';
import type { LabOptions } from './options.ts';
import { type PackedData, previewOf, readOwnData, withPacked } from './own-data.ts';
import { checkWritable, dataFolder } from './paths.ts';
import { summary } from './table.ts';

/** Trains what the options ask for, or prints what is in a path. Throws a `LabError` for what cannot be done. */
export async function lab(options: LabOptions): Promise<void> {
  await loadLanguage(
    options.lang ?? languageOfVisit('', null, [(process.env.LC_ALL || process.env.LANG || 'en').replace('_', '-')]),
  );
  const { data, preview } = options;
  if (data?.source !== 'own') return train(options, null);
  const own = await readOwnData(data.path, options);
  if (preview) console.log(JSON.stringify(previewOf(own.set), null, 2));
  else await withPacked(own, (file, hash) => train(options, { file, ...own, hash }));
}

async function train(options: LabOptions, own: PackedData | null): Promise<void> {
  const { seeds, jobs, backend, json, trbEvery = null, trbAt = [] } = options;
  const { lesion: lesions = [], random = 0, probe: probes = [] } = options;
  const experiment = await chooseExperiment(options, own);
  const beyond = trbAt.find((step) => step > experiment.until);
  if (beyond !== undefined) throw new LabError(`--trb-at: ${beyond} is beyond the last step, ${experiment.until}`);
  if (json !== undefined) await checkWritable(json);
  const folder = await dataFolder(options);
  const tasks = Array.from({ length: seeds }, (_, index) => {
    const recipe = { ...experiment.recipe, seed: index + 1 };
    const insight = { lesions, random, probes };
    return { experiment: { ...experiment, recipe }, backend, folder, own: own?.file ?? null, trbEvery, trbAt, insight };
  });

  const bar = new SingleBar({
    format: 'training {bar} {value}/{total} steps, {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 60_000,
    etaBuffer: 50,
  });
  const onStep = (steps: number) => {
    // Only now: what cannot be started is told by its one sentence alone.
    if (!bar.isActive) bar.start(seeds * experiment.until, 0);
    bar.update(steps);
  };
  const outcomes = await runTasks(tasks, jobs, onStep).finally(() => bar.stop());

  console.log(`\n${summary(experiment, outcomes)}`);
  if (json === undefined) return;
  const { device, majority } = outcomes[0] ?? { device: null, majority: null };
  const result = { device, experiment, majority, runs: outcomes.map(({ run }) => run) };
  await writeAtomically(json, `${JSON.stringify(result)}\n`);
}
