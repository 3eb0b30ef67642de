import type { BranchKind } from '../../core/experiment/branch-off.ts';
import type { DeviceInfo } from '../../core/experiment/device.ts';
import { type Experiment, type LaneSpec, nameLanes } from '../../core/experiment/experiment.ts';
import { DEFAULT_RECIPE, type Recipe } from '../../core/experiment/recipe.ts';
import { makeNet, type NetSpec } from '../../core/net/net.ts';
import type { RaceReport } from '../../core/results/report.ts';
import { type RaceData, raceData } from '../../data/batches/race-data.ts';
import { Race } from '../../engine/training/race.ts';
import { syntheticDataset } from '../data/synthetic.ts';

/** Thirty images of noise: enough for whatever a race does but learn. */
export const DATASET = syntheticDataset(Array.from({ length: 30 }, (_, image) => (image * 7) % 3));

const RECIPE: Recipe = { ...DEFAULT_RECIPE, batch: 8 };

export const ROOMY: DeviceInfo = {
  backend: 'wasm',
  adapter: '1 thread',
  memoryLimit: 2 ** 32,
  tensorLimit: 2 ** 32,
  fallbacks: [],
  passedOver: [],
};

/** The smallest nets there are. */
export const PLAIN = makeNet('plain', 8, { width: 2 });
export const RESIDUAL = makeNet('residual', 8, { width: 2 });
export const PROJECTED = makeNet('residual', 8, { width: 2, option: 'B' });

export function tinyExperiment(nets: readonly NetSpec[], recipe: Partial<Recipe> = {}): Experiment {
  return { data: DATASET.spec, recipe: { ...RECIPE, ...recipe }, lanes: nameLanes(nets), surgery: [], until: 100 };
}

export function tinyData(recipe: Partial<Recipe> = {}): RaceData {
  return raceData(DATASET, { ...RECIPE, ...recipe });
}

export function tinyRace(experiment: Experiment): Race {
  return new Race(experiment, tinyData(experiment.recipe), ROOMY);
}

/** Adds a lane at step 0. */
export function addLane(race: Race, lane: LaneSpec): void {
  race.add({ lane, surgery: [] });
}

/** Adds a branch of a lane and resolves with its name. */
export async function addBranch(race: Race, name: string, kind: BranchKind = 'copy'): Promise<string> {
  const branch = await race.branched(name, kind);
  race.add(branch);
  return branch.lane.name;
}

/** Runs `rounds` rounds and resolves with what was measured in them. */
export async function runRounds(race: Race, rounds: number): Promise<RaceReport> {
  for (let round = 0; round < rounds; round++) race.round();
  return race.report();
}

/** All that a report says of one lane. */
export function ofLane({ points, tests, predictions, diverged }: RaceReport, name: string) {
  const own = ({ lane }: { readonly lane: string }) => lane === name;
  return {
    points: points.filter(own),
    tests: tests.filter(own),
    predictions: predictions.filter(own),
    diverged: diverged.filter(own),
  };
}

/** The report of the first `rounds` rounds of a race of this experiment, undisturbed. */
export async function tellAll(experiment: Experiment, rounds: number): Promise<RaceReport> {
  const race = tinyRace(experiment);
  const report = await runRounds(race, rounds);
  race.dispose();
  return report;
}
