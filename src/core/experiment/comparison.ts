import type { NetSpec } from '../net/net.ts';
import type { SavedRun, SeedPlan } from '../results/run.ts';
import { type Experiment, hasEarlierImages, type LaneSpec } from './experiment.ts';

type TraitOf = (experiment: Experiment) => unknown;

/** The user's settings, each as plain data that is equal where the setting is, in the order in which they are named. */
const TRAITS = [
  ['data', ({ data }) => [data.source, data.source === 'emoji' ? data.task : data.source === 'own' ? data.hash : '']],
  ['images', hasEarlierImages],
  ['imageSize', ({ data }) => data.size],
  ['nets', ({ lanes }) => lanes.map(withoutWidth)],
  ['widths', ({ lanes }) => widthsOf(lanes)],
  ['learningRate', ({ recipe }) => recipe.learningRate],
  ['warmUp', ({ recipe }) => recipe.warmUp],
  ['drops', ({ recipe }) => recipe.drops],
  ['batch', ({ recipe }) => recipe.batch],
  ['momentum', ({ recipe }) => recipe.momentum],
  ['weightDecay', ({ recipe }) => recipe.weightDecay],
  ['equalSteps', ({ recipe }) => recipe.equalSteps === true],
  ['augment', ({ recipe }) => recipe.augment],
  // Runs that were saved before there was a choice do not say.
  ['mean', ({ recipe }) => recipe.mean === 'channel'],
  ['seed', ({ recipe }) => recipe.seed],
  ['surgery', ({ surgery }) => surgery],
  ['until', ({ until }) => until],
] as const satisfies readonly (readonly [string, TraitOf])[];

/** A net with its past and its start: the same file is the same whatever it is called. Widths are a setting of their own. */
function withoutWidth({ name, net, origin, start }: LaneSpec): unknown {
  const built = ({ width: _, ...rest }: NetSpec) => rest;
  return [name, built(net), origin?.eras.map((era) => [built(era.net), era.until]), start?.hash];
}

/** A setting in which experiments can differ. */
export type Trait = (typeof TRAITS)[number][0];

/** The settings in which two experiments differ, always in the same order. */
export function differences(a: Experiment, b: Experiment): readonly Trait[] {
  return TRAITS.filter(([, of]) => !isEqual(of(a), of(b))).map(([trait]) => trait);
}

/** Whether two nets are built alike, whatever the order in which their fields were written. */
export function isSameNet(a: NetSpec, b: NetSpec): boolean {
  return isEqual(a, b);
}

/** The widths of the nets, each once. */
export function widthsOf(lanes: Experiment['lanes']): readonly number[] {
  return [...new Set(lanes.map(({ net }) => net.width))];
}

/** The seeds of a plan, in ascending order. */
export function seedsOf({ first, count }: SeedPlan): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

// Experiments are compared whenever a curve has grown.
const written = new WeakMap<Experiment, string>();

/** Whether two experiments differ only in seed and number of steps. Their surgery must be equal. */
export function areRepeats(a: Experiment, b: Experiment): boolean {
  return essence(a) === essence(b);
}

function essence(experiment: Experiment): string {
  const known = written.get(experiment);
  if (known !== undefined) return known;
  const { data, recipe, lanes, surgery } = experiment;
  const text = canonicalJson({ data, recipe: { ...recipe, seed: null }, lanes, surgery });
  written.set(experiment, text);
  return text;
}

/** Whether two values of plain data are equal, whatever the order in which their fields were written. */
export function isEqual(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** JSON with the fields of objects in the order of their names, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

interface Raced {
  /** Steps that the foremost lane has finished. */
  readonly step: number;
  readonly curves: Iterable<{ readonly divergedAt: number | null }>;
}

/** Steps that a race has finished; infinity if all its lanes have diverged, since it cannot get further. */
export function reachOf({ step, curves }: Raced): number {
  const all = [...curves];
  return all.length > 0 && all.every(({ divergedAt }) => divergedAt !== null) ? Number.POSITIVE_INFINITY : step;
}

/** The longest run of each seed, among runs that are repeats of each other, in the order of the seeds. */
export function oneEachSeed(runs: readonly SavedRun[]): readonly SavedRun[] {
  const longest = new Map<number, SavedRun>();
  for (const run of runs) {
    const { seed } = run.experiment.recipe;
    const known = longest.get(seed);
    if (known === undefined || reachOf(run) > reachOf(known)) longest.set(seed, run);
  }
  return [...longest.values()].sort((a, b) => a.experiment.recipe.seed - b.experiment.recipe.seed);
}

/** Groups runs that are repeats of each other, in the order of each group's first run. */
export function byRepeats(runs: readonly SavedRun[]): readonly (readonly SavedRun[])[] {
  const groups: SavedRun[][] = [];
  for (const run of runs) {
    const group = groups.find(([first]) => first !== undefined && areRepeats(first.experiment, run.experiment));
    if (group === undefined) groups.push([run]);
    else group.push(run);
  }
  return groups;
}
