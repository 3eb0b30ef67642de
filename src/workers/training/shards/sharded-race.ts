import type { Picture } from '../../../core/data/images.ts';
import type { BranchKind } from '../../../core/experiment/branch-off.ts';
import { type Experiment, type LaneSpec, uniqueName } from '../../../core/experiment/experiment.ts';
import {
  onlyLanes,
  withGains,
  withLane,
  withoutLane,
  withoutLaterSurgery,
} from '../../../core/experiment/lane-changes.ts';
import { LIMITS } from '../../../core/experiment/limits.ts';
import type { BlockGain } from '../../../core/experiment/surgery.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import { printable } from '../../../core/quote.ts';
import type { LesionRequest, LesionResult } from '../../../core/results/lesion.ts';
import type { ImageAnswers, RaceReport } from '../../../core/results/report.ts';
import type { SlowRound } from '../../../core/results/slow-round.ts';
import type { LaneSnapshot, RaceSnapshot, WeightsFormat } from '../../../core/results/snapshot.ts';
import type { RaceData } from '../../../data/batches/race-data.ts';
import type { MeasurementHooks } from '../../../engine/insight/measurement.ts';
import type { WeightBytesByHash } from '../../../engine/training/lane-factory.ts';
import type { Race } from '../../../engine/training/race.ts';
import type { NewLane } from '../../../engine/training/race-lanes.ts';
import { ReportBuilder } from '../../../engine/training/report-builder.ts';
import type { ProbeResult } from '../../../features/insight/probes/probes.ts';
import { SaidError, sentence } from '../../../language/sentence.ts';
import type { Call } from '../../rpc.ts';
import type { MeasurementProgress, ShardApi, ShardProbe } from './api.ts';
import { LaneProgress } from './lane-progress.ts';
import { longest, placeLanes } from './placement.ts';
import { Shard } from './shard.ts';
import type { ShardWorkers } from './shard-workers.ts';

/** A race of this many nets could not be opened again. */
class TooManyNetsError extends SaidError {
  override readonly name = 'TooManyNetsError';

  constructor(lanes: number) {
    super(sentence('experiment.lanes', { lanes, most: LIMITS.lanes.max }));
  }
}

/** A call that nothing withdraws; the coordinator reads the answers of its own shard as they are. */
const PLAIN: Call = { signal: new AbortController().signal, onProgress: () => {}, transfer: () => {} };

/**
 * A race whose lanes are distributed over shards: the coordinator's own, where every lane begins, and those of workers on
 * other cores. Lanes do not depend on each other, so the curves do not depend on the distribution.
 */
export class ShardedRace {
  readonly #data: RaceData;
  readonly #files: WeightBytesByHash;
  readonly #own: Shard;
  readonly #workers: ShardWorkers | null;
  #experiment: Experiment;
  #lanes: readonly LaneProgress[];
  /** Rounds of other shards that are not reported yet. */
  #rounds: Promise<void>[] = [];
  /** Rewinds since the last report was asked for: what it tells of later steps does not count. */
  #rewound: { readonly lane: string; readonly step: number }[] = [];
  /** Lanes that are being added to their shards; their names are taken. */
  readonly #adding = new Set<LaneProgress>();
  /** The last branch that was asked for; branches are made one after another. */
  #branching: Promise<unknown> = Promise.resolve();

  /** `race` trains all lanes of the experiment, at the steps of the snapshot; `workers` may take some of them over. */
  constructor(
    race: Race,
    { data, snapshot, files }: { data: RaceData; snapshot: RaceSnapshot; files: WeightBytesByHash },
    workers: ShardWorkers | null = null,
  ) {
    this.#data = data;
    this.#files = files;
    this.#workers = workers;
    this.#experiment = race.experiment;
    this.#own = new Shard(race);
    this.#lanes = race.experiment.lanes.map((lane) => new LaneProgress(lane, this.#own, snapshot.get(lane.name), data));
  }

  /** The experiment with all changes since the start. */
  get experiment(): Experiment {
    return this.#experiment;
  }

  /** Steps that the foremost lane has begun. */
  get step(): number {
    return Math.max(0, ...this.#lanes.map(({ steps }) => steps));
  }

  /** Steps that every lane has begun, except those that diverged; Infinity where all have. */
  get finished(): number {
    return Math.min(...this.#racing.map(({ steps }) => steps));
  }

  /** Steps that each lane has begun, by lane name. */
  get begun(): ReadonlyMap<string, number> {
    return new Map(this.#lanes.map(({ name, steps }) => [name, steps]));
  }

  /** The present net of a lane; before it was grown, a smaller one than in the experiment. */
  netOf(name: string): NetSpec {
    return this.#of(name).net;
  }

  get #racing(): readonly LaneProgress[] {
    return this.#lanes.filter(({ racing }) => racing);
  }

  get #shards(): readonly ShardApi[] {
    return [this.#own, ...(this.#workers?.open ?? [])];
  }

  /** Begins one step of every lane that is behind the others, or of all lanes if none is. */
  async round(): Promise<void> {
    const { own, others } = this.#beginStep();
    for (const [shard, at] of others) {
      const round = shard.round(at);
      // A report waits for it, and rejects if it failed.
      round.catch(() => {});
      this.#rounds.push(round);
    }
    // The others are told before this thread computes.
    await Promise.resolve();
    if (own !== null) await this.#own.round(own);
  }

  /** As `Race.answerBatch`. */
  answerBatch(batch: number | 'last'): void {
    const step = batch === 'last' ? Math.max(0, this.step - 1) : batch;
    for (const shard of this.#shards) {
      const answers = shard.answerBatch({ step });
      // A report waits for them, as for the rounds.
      answers.catch(() => {});
      this.#rounds.push(answers);
    }
  }

  /** Everything that was measured since the last report. Waits for the rounds that were begun. */
  async report(): Promise<RaceReport> {
    this.#rewound = [];
    const rounds = this.#rounds.splice(0);
    const [reports] = await Promise.all([
      Promise.all(this.#shards.map((shard) => shard.report())),
      Promise.all(rounds),
    ]);
    const merged = new ReportBuilder();
    for (const report of reports) merged.add(report);
    this.#forgetRewound(merged);
    for (const { lane: name, step } of merged.finish(this.step).diverged) {
      const lane = this.#lanes.find((each) => each.name === name);
      if (lane !== undefined) lane.divergedAt = step;
    }
    await this.#distribute();
    // A lane may have been rewound while others moved.
    this.#forgetRewound(merged);
    const report = merged.finish(this.step);
    // The page copies the beginning of a branch's curve from its parent's, which must have come by then.
    return { ...report, points: this.#inOrder(report.points, ({ lane }) => lane) };
  }

  /** Runs one ordinary round and records the norms of every instruction's values, gradients and updates. */
  async slowRound(): Promise<SlowRound> {
    const { own, others } = this.#beginStep();
    const rounds = [...others].map(([shard, at]) => shard.slowRound(at));
    if (own !== null) rounds.push(this.#own.slowRound(own));
    const told = await Promise.all(rounds);
    const steps = told.flatMap((round) => round.steps);
    const images = told.find((round) => round.images.length > 0)?.images ?? [];
    return { images, steps: this.#inOrder(steps, ({ lane }) => lane) };
  }

  /**
   * Adds a lane at step 0, under another name where its own is taken. The next rounds train only this lane, on the batches
   * that it missed.
   */
  async addLane(lane: LaneSpec): Promise<void> {
    await this.#add({ lane, surgery: [] });
  }

  async removeLane(name: string): Promise<void> {
    const lane = this.#of(name);
    this.#lanes = this.#lanes.filter((each) => each !== lane);
    this.#experiment = withoutLane(this.#experiment, name);
    await lane.shard.remove({ lane: name });
  }

  /** As `Race.setGains`. */
  async setGains(name: string, gains: readonly BlockGain[], from = 0): Promise<void> {
    const lane = this.#of(name);
    const step = Math.max(lane.steps, from);
    this.#experiment = withGains(this.#experiment, name, gains, step);
    await lane.shard.setGains({ lane: name, gains, from: step });
  }

  /**
   * Adds a branch of a lane; resolves with its name and the snapshot that it starts from. Rejects with a `BranchError`
   * where there can be none of this kind.
   */
  branch(name: string, kind: BranchKind): Promise<{ readonly name: string; readonly snapshot: LaneSnapshot }> {
    const branching = this.#branching.then(async () => {
      const { snapshot, ...branch } = await this.#of(name).shard.branched({ lane: name, kind });
      // A shard in a worker takes the values over.
      const copies = [...snapshot.values].map(([key, values]) => [key, values.slice()] as const);
      const added = await this.#add({ ...branch, snapshot: { ...snapshot, values: new Map(copies) } });
      return { name: added, snapshot };
    });
    this.#branching = branching.catch(() => {});
    return branching;
  }

  /** Restores a lane from a snapshot, or to step 0 for null. Surgery after that step is removed from the experiment. */
  async rewind(name: string, snapshot: LaneSnapshot | null): Promise<void> {
    const lane = this.#of(name);
    lane.rewinding = true;
    // It may refuse, and then nothing is changed.
    await lane.shard.rewind({ lane: name, snapshot }).finally(() => {
      lane.rewinding = false;
    });
    lane.rewind(snapshot);
    this.#rewound.push({ lane: name, step: lane.steps });
    this.#experiment = withoutLaterSurgery(this.#experiment, name, lane.steps);
  }

  /** The layer in which a diverged lane first was not finite. `from` is an earlier snapshot of it, null for step 0. */
  async diagnose(name: string, from: LaneSnapshot | null): Promise<string | null> {
    return this.#of(name).shard.diagnose({ lane: name, from });
  }

  /** A copy of every lane at its present step. Call it between rounds, after a report. */
  async snapshot(): Promise<RaceSnapshot> {
    const snapshots = await Promise.all(this.#shards.map((shard) => shard.snapshot(undefined, PLAIN)));
    return new Map(
      this.#inOrder(
        snapshots.flatMap((each) => [...each]),
        ([name]) => name,
      ),
    );
  }

  /** Each lane's class probabilities for an image; the lanes are not changed. */
  async classify(picture: Picture): Promise<ImageAnswers> {
    const [own, ...others] = await Promise.all(this.#shards.map((shard) => shard.classify({ picture })));
    if (own === undefined) throw new Error('race: it has no shard');
    const answers = [own, ...others].flatMap((each) => [...each.answers]);
    return { seen: own.seen, answers: new Map(this.#inOrder(answers, ([name]) => name)) };
  }

  /** A lane's present weights and running statistics as a file of this format. */
  async weights(name: string, format: WeightsFormat): Promise<Uint8Array<ArrayBuffer>> {
    return this.#of(name).shard.weights({ lane: name, format }, PLAIN);
  }

  /** Studies lesions on a copy of a lane at its present step, while training goes on. */
  async lesion(lane: string, request: LesionRequest, hooks: MeasurementHooks<LesionResult>): Promise<LesionResult> {
    const { shard } = this.#of(lane);
    return shard.lesion({ lane, request }, measuring(shard, hooks));
  }

  /** Probes a copy of a lane at its present step, or at step 0, while training goes on. */
  async probe(probe: ShardProbe, hooks: MeasurementHooks<ProbeResult>): Promise<ProbeResult> {
    const { shard } = this.#of(probe.lane);
    return shard.probe(probe, measuring(shard, hooks));
  }

  /** The result of work that this thread does with all threads, while no lane trains. */
  withAllThreads<T>(work: () => Promise<T>): Promise<T> {
    return this.#workers === null ? work() : this.#workers.withAllThreads(this.#own, work);
  }

  /** Has the next report divide the cores among the workers again. */
  divideCoresAgain(): void {
    this.#workers?.divideAgain();
  }

  dispose(): void {
    void this.#own.close();
    this.#workers?.end();
  }

  #forgetRewound(report: ReportBuilder): void {
    for (const { lane, step } of this.#rewound) report.forget(lane, step);
  }

  #of(name: string): LaneProgress {
    const lane = this.#lanes.find((each) => each.name === name);
    if (lane === undefined) throw new Error(`net ${printable(name)}: not in this race`);
    return lane;
  }

  /** Counts the step of the lanes that are behind the others, or of all; returns the lanes of each shard among them. */
  #beginStep() {
    const step = this.finished;
    const parts = new Map<ShardApi, { readonly step: number; readonly lanes: string[] }>();
    for (const lane of this.#racing) {
      if (lane.steps !== step || lane.rewinding) continue;
      const part = parts.get(lane.shard) ?? { step, lanes: [] };
      part.lanes.push(lane.name);
      parts.set(lane.shard, part);
      lane.steps += 1;
    }
    const own = parts.get(this.#own) ?? null;
    parts.delete(this.#own);
    return { own, others: parts };
  }

  /**
   * Adds a lane to the shard that then has the least work, and resolves with its name. Every lane that joins comes through
   * here, so that the experiment stays one that can be opened. Rejects with a `TooManyNetsError` where there is no room.
   */
  async #add(wanted: NewLane): Promise<string> {
    const others = [...this.#lanes, ...this.#adding].map(({ name }) => name);
    if (others.length >= LIMITS.lanes.max) throw new TooManyNetsError(others.length + 1);
    const lane = withFreeName(wanted, others);
    const progress = new LaneProgress(lane.lane, this.#own, lane.snapshot, this.#data);
    const shards = this.#shards;
    const placed = (index: number) => [...this.#placed(), { name: progress.name, cost: progress.cost, shard: index }];
    const work = shards.map((_, index) => longest(placed(index)));
    progress.shard = shards[work.indexOf(Math.min(...work))] ?? this.#own;
    this.#adding.add(progress);
    await progress.shard.add({ ...lane, ...this.#fileOf(lane.lane) }).finally(() => this.#adding.delete(progress));
    this.#lanes = [...this.#lanes, progress];
    this.#experiment = withLane(this.#experiment, lane.lane, lane.surgery);
    return progress.name;
  }

  /** Uses as many workers as there is work for, and moves lanes such that none waits long for the others. */
  async #distribute(): Promise<void> {
    if (this.#workers === null) return;
    const racing = this.#racing.length;
    const leaving = this.#workers.superfluous(racing);
    await this.#move((lane) => (leaving.has(lane.shard) ? this.#own : lane.shard));
    // A lane that was rewound meanwhile has stayed, or one is being added: the next report tries again.
    if ([...this.#lanes, ...this.#adding].some(({ shard }) => leaving.has(shard))) return;
    await this.#workers.adjust(racing, this.#experiment, this.#own);
    const shards = this.#shards;
    const places = placeLanes(this.#placed(), shards.length);
    await this.#move((lane) => shards[places.get(lane.name) ?? 0] ?? this.#own);
  }

  #placed() {
    const shards = this.#shards;
    return this.#racing.map(({ name, cost, shard }) => ({ name, cost, shard: shards.indexOf(shard) }));
  }

  async #move(target: (lane: LaneProgress) => ShardApi): Promise<void> {
    const moving = this.#lanes.filter((lane) => target(lane) !== lane.shard);
    await Promise.all(moving.map((lane) => this.#moveTo(lane, target(lane))));
  }

  /** Moves a lane between two rounds, unless it is removed or rewound meanwhile; surgery until now goes with it. */
  async #moveTo(lane: LaneProgress, to: ShardApi): Promise<void> {
    const { name, shard: from, rewinds } = lane;
    const snapshot = await from.laneSnapshot({ lane: name }, PLAIN);
    if (!this.#lanes.includes(lane) || lane.rewinding || lane.rewinds !== rewinds) return;
    const { lanes, surgery } = onlyLanes(this.#experiment, [name]);
    const [spec = lane.spec] = lanes;
    lane.shard = to;
    try {
      await to.add({ lane: spec, surgery, snapshot, ...this.#fileOf(spec) });
    } catch (error) {
      lane.shard = from;
      throw error;
    }
    await from.remove({ lane: name });
  }

  #fileOf({ start }: LaneSpec): { readonly file?: Uint8Array } {
    const file = start === undefined ? undefined : this.#files.get(start.hash);
    return file === undefined ? {} : { file };
  }

  #inOrder<T>(found: readonly T[], nameOf: (each: T) => string): readonly T[] {
    const order = new Map(this.#lanes.map(({ name }, index) => [name, index]));
    return found.toSorted((a, b) => (order.get(nameOf(a)) ?? 0) - (order.get(nameOf(b)) ?? 0));
  }
}

/** The lane under a name that is not among `taken`: another one may have joined since its own was chosen. */
function withFreeName(wanted: NewLane, taken: readonly string[]): NewLane {
  const { lane, surgery } = wanted;
  if (!taken.includes(lane.name)) return wanted;
  const name = uniqueName(lane.net, taken);
  return { ...wanted, lane: { ...lane, name }, surgery: surgery.map((change) => ({ ...change, lane: name })) };
}

/** Has a shard's measurement wait for its turns, and go on. */
function measuring<Result>(
  shard: ShardApi,
  { turn, onPart }: MeasurementHooks<Result>,
): Call<MeasurementProgress<Result>> {
  const controller = new AbortController();
  const onProgress = (told: MeasurementProgress<Result>) => {
    if (told.type === 'part') return onPart(told.part);
    // Where the shard cannot be told, the measurement's own call says why.
    turn()
      .then(
        () => shard.proceed(),
        () => controller.abort(),
      )
      .catch(() => {});
  };
  return { ...PLAIN, signal: controller.signal, onProgress };
}
