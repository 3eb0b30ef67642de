import { printableList } from '../quote.ts';
import type { SavedRun, SeedPlan } from '../results/run.ts';
import type { Experiment } from './experiment.ts';

/** One thing in which two experiments differ, in words: "learning rate", "0.03", "0.1". */
export interface Difference {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** The user's settings in which two experiments differ. */
export function differences(a: Experiment, b: Experiment): readonly Difference[] {
  const [before, after] = [traits(a), traits(b)];
  return before.flatMap(([what, from], index): Difference[] => {
    const to = after[index]?.[1] ?? [];
    return from.join() === to.join() ? [] : [{ what, from: shown(from), to: shown(to) }];
  });
}

/** Names are a person's or a file's, and there may be thousands of cuts. */
function shown(values: readonly string[]): string {
  return printableList(values) || 'none';
}

/** What makes an experiment what it is; always the same traits in the same order. */
function traits(experiment: Experiment): readonly (readonly [string, readonly string[]])[] {
  const { data, recipe, lanes, surgery, until } = experiment;
  const set = data.source === 'emoji' ? `emoji by ${data.task}` : data.source === 'own' ? data.name : 'CIFAR-10';
  const { warmUp, drops } = recipe;
  return [
    ['data', [set]],
    ['image size', [String(data.size)]],
    ['nets', lanes.map(({ name }) => name)],
    ['widths', [...new Set(lanes.map(({ net }) => String(net.width)))]],
    ['learning rate', [String(recipe.learningRate)]],
    ['warm-up', warmUp === null ? [] : [`${warmUp.steps} steps at ${warmUp.rate}`]],
    ['rate drops', drops.map(({ step, by }) => `÷${by} at ${step}`)],
    ['batch', [String(recipe.batch)]],
    ['momentum', [String(recipe.momentum)]],
    ['weight decay', [String(recipe.weightDecay)]],
    ['crop and flip', [recipe.augment ? 'on' : 'off']],
    // Runs that were kept before there was a choice do not say.
    ['mean', [recipe.mean === 'channel' ? 'of each channel' : 'of each pixel']],
    ['seed', [String(recipe.seed)]],
    ['cuts', surgery.map(({ step, lane, block, gain }) => `${lane} ${block} to ${gain} at ${step}`)],
    ['until', [String(until)]],
  ];
}

export function seedsOf({ first, count }: SeedPlan): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

// Experiments are compared whenever a curve has grown.
const written = new WeakMap<Experiment, string>();

/** Whether two experiments are the same but for their seed and for how far they are trained: cuts included. */
export function areRepeats(a: Experiment, b: Experiment): boolean {
  return essence(a) === essence(b);
}

function essence(experiment: Experiment): string {
  const known = written.get(experiment);
  if (known !== undefined) return known;
  const { data, recipe, lanes, surgery } = experiment;
  const text = JSON.stringify({ data, recipe: { ...recipe, seed: null }, lanes, surgery }, sorted);
  written.set(experiment, text);
  return text;
}

/** For JSON: an object's fields in the order of their names. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Raced {
  /** Steps that the foremost lane has finished. */
  readonly step: number;
  readonly curves: Iterable<{ readonly divergedAt: number | null }>;
}

/** How far a race has come: infinitely far where all of its nets have diverged, since it will never come further. */
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

/** Runs that are repeats of each other together, in the order of the first of each. */
export function byRepeats(runs: readonly SavedRun[]): readonly (readonly SavedRun[])[] {
  const groups: SavedRun[][] = [];
  for (const run of runs) {
    const group = groups.find(([first]) => first !== undefined && areRepeats(first.experiment, run.experiment));
    if (group === undefined) groups.push([run]);
    else group.push(run);
  }
  return groups;
}
