import { deviation, max, mean, min } from 'd3';
import { say } from '../../language/say.ts';
import { errorText } from '../error-scale.ts';
import { meanAt } from './running-mean.ts';
import { type SeedCurves, type Series, type TestError, testAt } from './series.ts';

/** One of several races that differ in their seeds alone. */
export interface SeedRace {
  /** Steps that its nets in front have made; infinitely many where all have diverged and it will never come further. */
  readonly step: number;
  readonly lanes: readonly Series[];
}

/**
 * The nets of the first race with their means over the seeds: up to the last step that two seeds have come to, over all
 * that have come that far, each told of as it was there. Races that diverged have come as far as their nets did. None where
 * there are no two, and no net that a race is without.
 */
export function meanOverSeeds(races: readonly SeedRace[]): readonly Series[] {
  const [first] = races;
  const [, second = 0] = races.map(({ step }) => step).sort((a, b) => b - a);
  const diverged = races.filter(({ step }) => !Number.isFinite(step)).flatMap(({ lanes }) => lanes);
  // Two that diverged are ahead of all others for good, and of one that has not begun even where they made no step.
  const reach = Number.isFinite(second) ? second : Math.max(1, ...diverged.map(({ steps }) => steps));
  if (first === undefined || reach < 1) return [];
  const counted = races.filter(({ step }) => step >= reach);
  const others = races.filter(({ step }) => step < reach);
  // What one race did past the step that two have come to is still ahead of the mean.
  const isAhead = ({ diverged: at }: Series) => at !== undefined && at > second;
  return first.lanes.flatMap(({ id, name }) => {
    const same = (some: readonly SeedRace[]) =>
      some
        .flatMap(({ lanes }) => lanes.filter((lane) => lane.name === name))
        .map((lane) => (isAhead(lane) ? { ...lane, diverged: undefined } : lane));
    const seeds = { counted: same(counted), others: same(others) };
    // What was done to a net it is told of those that are counted: the live race may not be as far.
    const [facts] = seeds.counted;
    return facts === undefined || seeds.counted.length < counted.length ? [] : [{ ...meanOf(facts, seeds), id }];
  });
}

function meanOf(facts: Series, seeds: SeedCurves): Series {
  const { counted } = seeds;
  const steps = min(counted, (one) => one.steps) ?? 0;
  return {
    ...facts,
    seeds,
    steps,
    errors: errorsOf(counted, steps),
    every: max(counted, ({ every }) => every),
    tests: testsOf(counted),
    diverged: min(counted, ({ diverged }) => diverged),
  };
}

interface Column {
  readonly parts: readonly ArrayLike<number>[];
  readonly means: Float64Array;
  filled: number;
}

/** A kept run is the first of the live race's means, and of those behind it; older ones were of races that are gone. */
const MOST_COLUMNS = 4;

// By the buffer of the first seed: charts remember what they drew by the buffer, so a column that grows must stay one.
const remembered = new WeakMap<ArrayLike<number>, Column[]>();

/** The means of the seeds' errors, step 1 first; NaN where one is missing. */
function errorsOf(counted: readonly Series[], steps: number): ArrayLike<number> {
  const parts = counted.map(({ errors }) => errors);
  const [first] = parts;
  if (first === undefined) return [];
  const known = remembered.get(first) ?? [];
  remembered.set(first, known);
  let column = known.find(
    (each) => each.parts.length === parts.length && each.parts.every((one, i) => one === parts[i]),
  );
  if (column === undefined) {
    column = { parts, means: new Float64Array(min(parts, ({ length }) => length) ?? 0), filled: 0 };
    known.unshift(column);
    known.length = Math.min(known.length, MOST_COLUMNS);
  }
  for (; column.filled < steps; column.filled++) {
    const { filled } = column;
    column.means[filled] = spreadOf(parts.map((part) => part[filled] ?? null))?.mean ?? Number.NaN;
  }
  return column.means;
}

type Tests = Series['tests'];

const tested = new WeakMap<Tests, { readonly others: readonly Tests[]; readonly means: Tests }>();

/** The means of the tests that were made with every seed. */
function testsOf(counted: readonly Series[]): Tests {
  const [first = [], ...others] = counted.map(({ tests }) => tests);
  const known = tested.get(first);
  if (known?.others.length === others.length && known.others.every((one, i) => one === others[i])) return known.means;
  const byStep = others.map((tests) => new Map(tests.map(({ step, error }) => [step, error])));
  const means = first.flatMap(({ step, error }): TestError[] => {
    const spread = spreadOf([error, ...byStep.map((tests) => tests.get(step) ?? null)]);
    return spread === null ? [] : [{ step, error: spread.mean }];
  });
  tested.set(first, { others, means });
  return means;
}

/** The running means of the seeds at a step; null where it is no mean over seeds, or one has none there. */
export function seedsAt({ seeds }: Series, window: number, step: number): Spread | null {
  return seeds === undefined ? null : spreadOf(seeds.counted.map((one) => meanAt(one, window, step)));
}

/** The same of the last test errors at or before a step. */
export function seedTestsAt(series: Series, step: number): Spread | null {
  const at = testAt(series, step);
  if (series.seeds === undefined || at === null) return null;
  const errors = series.seeds.counted.map((one) => testAt(one, at.step));
  return spreadOf(errors.map((test) => test?.error ?? null));
}

/** Over how many seeds the means among these are, each number once; none where none is a mean. */
function seedCounts(series: readonly Series[]): readonly number[] {
  return [...new Set(series.flatMap(({ seeds }) => seeds?.counted.length ?? []))];
}

/** Over how many seeds all of these are means; null where one of them is none, or is one over another number. */
export function sharedSeedCount(series: readonly Series[]): number | null {
  const [seeds, ...others] = seedCounts(series);
  const isOfAll = others.length === 0 && series.every((one) => one.seeds !== undefined);
  return seeds !== undefined && isOfAll ? seeds : null;
}

/** "lowest to highest of 3 seeds", without the number where bands differ in it; null where there are none. */
export function bandText(series: readonly Series[]): string | null {
  const [seeds, ...others] = seedCounts(series);
  if (seeds === undefined) return null;
  return others.length === 0 ? say('charts.seedBand', { seeds }) : say('charts.seedBands');
}

/** Over how many seeds these are means; 0 where they are none. Past races may be means over other numbers. */
export function seedCount(series: readonly Series[]): number {
  return max(series, ({ seeds }) => seeds?.counted.length ?? 0) ?? 0;
}

/** Seeds of a net, and how many of them diverged. */
export interface DivergedSeeds {
  readonly diverged: number;
  readonly seeds: number;
}

/** With how many of its seeds a net diverged; a single run is one seed. */
export function divergedSeeds(series: Series): DivergedSeeds {
  const counted = series.seeds?.counted ?? [series];
  return { diverged: counted.filter(({ diverged }) => diverged !== undefined).length, seeds: counted.length };
}

/** In place of the number of a net that diverged: that it did, or with how many of its seeds. */
export function divergedWord(series: Series): string {
  const { diverged, seeds } = divergedSeeds(series);
  return diverged < seeds ? say('charts.someDiverged', { diverged, seeds }) : say('charts.diverged');
}

/** "diverged at step 9"; where only some of the seeds did, "1 of 3 diverged, at step 9". `step` is that of the first. */
export function divergedText({ diverged, seeds }: DivergedSeeds, step: number): string {
  return diverged < seeds
    ? say('charts.someDivergedAt', { diverged, seeds, step })
    : say('charts.divergedAt', { seeds, step });
}

/** What one number came to over several seeds. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Sample standard deviation, with divisor `count` - 1; NaN for one seed. */
  readonly deviation: number;
}

/** Null where one is missing, such as of a net that diverged: a mean over the seeds that went well would flatter it. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const measured = values.flatMap((value) => (value !== null && Number.isFinite(value) ? [value] : []));
  if (values.length === 0 || measured.length < values.length) return null;
  return {
    count: values.length,
    mean: mean(measured) ?? Number.NaN,
    low: min(measured) ?? Number.NaN,
    high: max(measured) ?? Number.NaN,
    deviation: deviation(measured) ?? Number.NaN,
  };
}

/** "44.1–46.0": from the lowest to the highest seed. */
export function seedRange({ low, high }: Spread): string {
  return say('charts.seedRange', { low: errorText(low), high: errorText(high) });
}
