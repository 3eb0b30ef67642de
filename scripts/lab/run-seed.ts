import type { DeviceInfo } from '../../src/core/experiment/device.ts';
import type { Experiment } from '../../src/core/experiment/experiment.ts';
import { raceData } from '../../src/data/batches/race-data.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { Race } from '../../src/engine/training/race.ts';
import { train } from '../../src/engine/training/train.ts';
import { lesionAll, lesionRandomly, probeAll, type Wanted } from './insight.ts';
import { Recorder, type SeedRun } from './record.ts';

interface Options {
  readonly trbEvery: number | null;
  readonly trbAt?: readonly number[];
  readonly insight?: Wanted;
  readonly onStep: (step: number) => void;
}

const NOTHING: Wanted = { lesions: [], random: 0, probes: [] };

/** Trains the experiment to its end. Throws a `DataError` or a `MemoryError` where it cannot start. */
export async function runSeed(
  experiment: Experiment,
  dataset: Dataset,
  device: DeviceInfo,
  { trbEvery, trbAt = [], insight = NOTHING, onStep }: Options,
): Promise<SeedRun> {
  const recorder = new Recorder(experiment.lanes.map(({ name }) => name));
  const race = new Race(experiment, raceData(dataset, experiment.recipe), device);
  const before = await probeAll(race, insight);
  for (const stop of stopsOf(experiment.until, trbEvery ?? experiment.until, trbAt)) {
    for await (const progress of train(race, { until: stop, paused: false, maxRoundsPerSecond: null })) {
      recorder.report(progress.race);
      onStep(progress.race.step);
    }
    recorder.trainErrorBatchStats(stop, await race.trainingErrors());
  }
  const probes = [...before, ...(await probeAll(race, insight))];
  const lesions = await lesionAll(race, insight);
  const random = await lesionRandomly(race, insight);
  race.dispose();
  return { seed: experiment.recipe.seed, lanes: recorder.finish(), insight: { lesions, random, probes } };
}

/** Every multiple of `every` below `until`, those of `at`, and `until`. */
function stopsOf(until: number, every: number, at: readonly number[]): readonly number[] {
  const between = Array.from({ length: Math.ceil(until / every) - 1 }, (_, index) => (index + 1) * every);
  const stops = new Set([...between, ...at.filter((step) => step < until), until]);
  return [...stops].toSorted((a, b) => a - b);
}
