import { extent } from 'd3';
import { divergedText, meanOverSeeds, type SeedRace, type Spread, spreadOf } from '../../charts/series/seeds.ts';
import type { Series } from '../../charts/series/series.ts';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import { type EvidenceRecord, type NetRecord, wholeRuns } from '../../core/results/evidence.ts';
import { say } from '../../language/say.ts';
import { netFacts } from '../lab/net-facts.ts';
import { type RecordedResponses, responsesOf } from './record-responses.ts';

/** A net of a record over the seeds with which it was trained to the end. */
export interface RecordedNet {
  readonly lane: LaneSpec;
  /** Its curve, with more than one seed the mean; the same object whenever it is asked for. */
  readonly series: Series;
  readonly runs: readonly NetRecord[];
  /** With how many seeds its loss was no number any more, and the first step at which it was none; null where it always was. */
  readonly diverged: { readonly seeds: number; readonly step: number } | null;
  /** At the last step: error on the fixed training images with batch statistics, and on all test images, in percent. */
  readonly trb: Spread | null;
  readonly test: Spread | null;
  /** How strongly its layers respond at the last step, as in figure 7; null where it was not probed. */
  readonly responses: RecordedResponses | null;
}

const known = new WeakMap<EvidenceRecord, readonly RecordedNet[]>();

/** The nets of a record that were trained to the end, plain ones first, each family by depth. */
export function recordedNets(record: EvidenceRecord): readonly RecordedNet[] {
  const nets = known.get(record) ?? netsOf(record);
  known.set(record, nets);
  return nets;
}

function netsOf(record: EvidenceRecord): readonly RecordedNet[] {
  const whole = wholeRuns(record);
  const nets = record.experiment.lanes.flatMap(
    (lane) =>
      netOver(
        record,
        lane,
        whole.filter((run) => run.lane === lane.name),
      ) ?? [],
  );
  const order = ({ lane: { net } }: RecordedNet) => (net.family === 'plain' ? 0 : 1e6) + net.depth;
  return nets.toSorted((a, b) => order(a) - order(b));
}

/**
 * The nets over the seeds that each of them was trained to the end with, so that means can be compared; none where they share
 * no seed.
 */
export function overSharedSeeds(record: EvidenceRecord, nets: readonly RecordedNet[]): readonly RecordedNet[] {
  const isShared = (seed: number) => nets.every(({ runs }) => runs.some((run) => run.seed === seed));
  return nets.flatMap(
    ({ lane, runs }) =>
      netOver(
        record,
        lane,
        runs.filter(({ seed }) => isShared(seed)),
      ) ?? [],
  );
}

/** With how many seeds these were trained to the end, each: of a record that is made in part, some nets have fewer than others. */
export function seedsOfEach(nets: readonly RecordedNet[]): {
  readonly equal: 'yes' | 'no';
  readonly fewest: number;
  readonly most: number;
} {
  const [fewest = 0, most = 0] = extent(nets, ({ runs }) => runs.length);
  return { equal: fewest === most ? 'yes' : 'no', fewest, most };
}

/** The share of a record's steps within which a net stops at once. */
const AT_ONCE = 0.01;

/** A net that makes no step after one of its first. */
export interface BriefNet {
  readonly name: string;
  /** The last step at which it diverged, of all seeds. */
  readonly step: number;
}

/** The nets that diverged with every seed at the beginning of a record: training them costs next to nothing. */
export function stopAtOnce(record: EvidenceRecord): readonly BriefNet[] {
  const isAtOnce = ({ divergedAt }: NetRecord) =>
    divergedAt !== null && divergedAt <= AT_ONCE * record.experiment.until;
  return recordedNets(record).flatMap(({ lane, runs }) => {
    const step = Math.max(...runs.map(({ divergedAt }) => divergedAt ?? 0));
    return runs.every(isAtOnce) ? [{ name: lane.name, step }] : [];
  });
}

/** A net over some of its runs; null for none. */
function netOver(record: EvidenceRecord, lane: LaneSpec, runs: readonly NetRecord[]): RecordedNet | null {
  const each = runs.map((run) => seriesOf(record, lane, run));
  const [series] = meanOverSeeds(each.map(seedRaceOf)).concat(each);
  if (series === undefined) return null;
  const ends = runs.map(({ measured }) => measured.find(({ step }) => step === record.experiment.until));
  const diverged = runs.flatMap(({ divergedAt }) => divergedAt ?? []);
  return {
    lane,
    series,
    runs,
    diverged: diverged.length > 0 ? { seeds: diverged.length, step: Math.min(...diverged) } : null,
    trb: spreadOf(ends.map((end) => end?.trb ?? null)),
    test: spreadOf(ends.map((end) => end?.test ?? null)),
    responses: responsesOf(runs),
  };
}

/** One seed of a net. That it diverged makes it no seed that is behind: the mean has to end with it. */
function seedRaceOf(one: Series): SeedRace {
  return { step: one.diverged === undefined ? one.steps : Number.POSITIVE_INFINITY, lanes: [one] };
}

/** A recorded curve as the charts draw it: each mean is told for the steps that it is of. */
function seriesOf({ experiment }: EvidenceRecord, lane: LaneSpec, run: NetRecord): Series {
  const { steps, curve, tests, divergedAt } = run;
  return {
    ...netFacts(experiment, lane, steps),
    id: lane.name,
    name: lane.name,
    errors: Float32Array.from({ length: steps }, (_, step) => {
      return curve.trainError[Math.floor(step / curve.every)] ?? Number.NaN;
    }),
    every: curve.every > 1 ? curve.every : undefined,
    steps,
    tests: tests.flatMap(({ step, error }) => (error === null ? [] : [{ step, error }])),
    diverged: divergedAt ?? undefined,
  };
}

/** One of a net's errors at the end, or that it has none since it diverged. */
export function endText({ diverged, runs }: RecordedNet, error: Spread | null): string {
  if (error !== null || diverged === null) return spreadText(error);
  return divergedText({ diverged: diverged.seeds, seeds: runs.length }, diverged.step);
}

/** "12.9 (12.1–13.7)": the mean over the seeds, and from the lowest to the highest. */
export function spreadText(spread: Spread | null, decimals = 1): string {
  if (spread === null) return '–';
  const [mean, low, high] = [spread.mean, spread.low, spread.high].map((value) => value.toFixed(decimals));
  return spread.count < 2 ? `${mean}` : say('paper.spread', { mean: `${mean}`, low: `${low}`, high: `${high}` });
}
