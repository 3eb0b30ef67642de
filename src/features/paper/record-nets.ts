import { mean } from 'd3';
import * as v from 'valibot';
import { meanOverSeeds, type Spread, spreadOf } from '../../charts/series/seeds.ts';
import type { Family, Series } from '../../charts/series/series.ts';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import type { NetSpec } from '../../core/net/net.ts';
import type { EvidenceRecord, NetRecord } from '../../core/results/evidence.ts';
import { netFacts } from '../race/curves/series.ts';
import { wholeRuns } from './records.ts';

/** A net of a record over the seeds with which it was trained to the end. */
export interface RecordedNet {
  readonly lane: LaneSpec;
  /** Its curve, with more than one seed the mean; the same object whenever it is asked for. */
  readonly series: Series;
  readonly runs: readonly NetRecord[];
  /** At the last step: error on the fixed training images with batch statistics, and on all test images, in percent. */
  readonly trb: Spread | null;
  readonly test: Spread | null;
  /** The mean response of its layers at the last step, as in figure 7; null where it was not probed. */
  readonly response: Spread | null;
}

const responsesSchema = v.object({ name: v.literal('responses'), sorted: v.pipe(v.array(v.number()), v.minLength(1)) });

/** The mean of the layers' standard deviations that the probe `responses` measured; null where it did not. */
function responseOf({ probes }: NetRecord): number | null {
  const found = probes.flatMap((probe) => {
    const parsed = v.safeParse(responsesSchema, probe);
    return parsed.success ? [parsed.output.sorted] : [];
  });
  return mean(found[0] ?? []) ?? null;
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
  const nets = record.experiment.lanes.flatMap((lane): RecordedNet[] => {
    const runs = whole.filter((run) => run.lane === lane.name);
    const each = runs.map((run) => seriesOf(record, lane, run));
    const [series] = meanOverSeeds(each.map((one) => ({ step: one.steps, lanes: [one] }))).concat(each);
    if (series === undefined) return [];
    const ends = runs.map(({ measured }) => measured.at(-1));
    return [
      {
        lane,
        series,
        runs,
        trb: spreadOf(ends.map((end) => end?.trb ?? null)),
        test: spreadOf(ends.map((end) => end?.test ?? null)),
        response: spreadOf(runs.map(responseOf)),
      },
    ];
  });
  const order = ({ lane: { net } }: RecordedNet) => (net.family === 'plain' ? 0 : 1e6) + net.depth;
  return nets.toSorted((a, b) => order(a) - order(b));
}

/** A recorded curve as the charts draw it: each mean stands for the steps that it is of. */
function seriesOf({ experiment }: EvidenceRecord, lane: LaneSpec, run: NetRecord): Series {
  const { steps, curve, tests, divergedAt } = run;
  return {
    ...netFacts(experiment, lane, steps),
    id: lane.name,
    name: lane.name,
    errors: Float32Array.from({ length: steps }, (_, step) => {
      return curve.trainError[Math.floor(step / curve.every)] ?? Number.NaN;
    }),
    steps,
    tests: tests.flatMap(({ step, error }) => (error === null ? [] : [{ step, error }])),
    diverged: divergedAt ?? undefined,
  };
}

/** What depth does to one family: its shallowest and its deepest net. */
export interface Deepening {
  readonly family: Family;
  readonly shallow: RecordedNet;
  readonly deep: RecordedNet;
  /**
   * How the deeper net's training error compares. `alike`: their seeds overlap, or with one seed each they differ by less than
   * 1,000 images tell apart.
   */
  readonly deeperIs: 'better' | 'worse' | 'alike';
}

/** The fixed training images that trb is measured on. */
const IMAGES = 1000;

/** Two standard errors of the difference between two error rates, each of `IMAGES` images; all in percent. */
function samplingError(a: number, b: number): number {
  return 2 * Math.sqrt((a * (100 - a) + b * (100 - b)) / IMAGES);
}

/** What depth does to a family of a record; null where fewer than two depths of it were trained to the end. */
export function deepeningOf(nets: readonly RecordedNet[], family: Family): Deepening | null {
  const own = nets.filter(({ lane: { net }, trb }) => net.family === family && !isChosen(net) && trb !== null);
  const [shallow, deep] = [own[0], own.at(-1)];
  if (shallow?.trb == null || deep?.trb == null || shallow.lane.net.depth >= deep.lane.net.depth) return null;
  const by = deep.trb.mean - shallow.trb.mean;
  const isOne = Math.min(shallow.trb.count, deep.trb.count) < 2;
  const overlaps = isOne
    ? Math.abs(by) < samplingError(deep.trb.mean, shallow.trb.mean)
    : deep.trb.low <= shallow.trb.high && shallow.trb.low <= deep.trb.high;
  return { family, shallow, deep, deeperIs: overlaps ? 'alike' : by > 0 ? 'worse' : 'better' };
}

/** Whether a net's blocks are other ones than the paper's. */
function isChosen(net: NetSpec): boolean {
  return 'choices' in net && net.choices !== undefined;
}

/** What the paper found: plain nets get worse with depth, residual ones better. */
export const IN_THE_PAPER = { plain: 'worse', residual: 'better' } as const satisfies Readonly<
  Record<Family, Deepening['deeperIs']>
>;
