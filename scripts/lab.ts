/** The engine in the terminal: trains an experiment with one or more seeds, without a browser. */
import '../src/language/speak-english.ts';
import { SingleBar } from 'cli-progress';
import { languageOfVisit, loadLanguage } from '../src/language/load.ts';
import { writeAtomically } from './data/files.ts';
import { LabError } from './lab/error.ts';
import { chooseExperiment } from './lab/experiment.ts';
import { runTasks } from './lab/jobs.ts';
import { type LabOptions, parseOptions } from './lab/options.ts';
import { type PackedData, previewOf, readOwnData, withPacked } from './lab/own-data.ts';
import { checkWritable, dataFolder } from './lab/paths.ts';
import { summary } from './lab/table.ts';

async function lab(options: LabOptions): Promise<void> {
  await loadLanguage(
    options.lang ?? languageOfVisit('', null, [(process.env.LC_ALL || process.env.LANG || 'en').replace('_', '-')]),
  );
  const { data, preview } = options;
  if (data?.source !== 'own') {
    if (preview) throw new LabError('--preview: it says what is in --data PATH; give that, too');
    return train(options, null);
  }
  const own = await readOwnData(data.path, options);
  if (preview) console.log(JSON.stringify(previewOf(own.set), null, 2));
  else await withPacked(own, (file, hash) => train(options, { file, ...own, hash }));
}

async function train(options: LabOptions, own: PackedData | null): Promise<void> {
  const { seeds, jobs, backend, json, trbEvery = null, trbAt = [] } = options;
  const { lesion: lesions = [], random = 0, probe: probes = [] } = options;
  const experiment = await chooseExperiment(options, own);
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

try {
  const options = parseOptions(process.argv.slice(2));
  if (options !== null) await lab(options);
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error(`lab: ${error.message}`);
  process.exitCode = process.argv.includes('--preview') ? 1 : 2;
}
