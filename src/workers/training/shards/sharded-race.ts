import type { Picture } from '../../../core/data/images.ts';
import type { BranchKind } from '../../../core/experiment/branch-off.ts';
import { type Experiment, type LaneSpec, uniqueName } from '../../../core/experiment/experiment.ts';
import { withGains, withLane, withoutLane, withoutLaterSurgery } from '../../../core/experiment/lane-changes.ts';
import { LIMITS } from '../../../core/experiment/limits.ts';
import type { BlockGain } from '../../../core/experiment/surgery.ts';
import type { NetSpec } from '../../../core/net/net.ts';
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
import type { ShardProbe } from './api.ts';
import { LaneProgress } from './lane-progress.ts';
import { LaneTable } from './lane-table.ts';
import { measuring, PLAIN } from './measuring.ts';
import { Shard } from './shard.ts';
import type { ShardWorkers } from './shard-workers.ts';

/** A race of this many nets could not be opened again. */
class TooManyNetsError extends SaidError {
  override readonly name = 'TooManyNetsError';

  constructor(lanes: number) {
    super(sentence('experiment.lanes', { lanes, most: LIMITS.lanes.max }));
  }
}

/**
 * A race whose lanes are distributed over shards: the coordinator's own, where every lane begins, and those of workers on
 * other cores. Lanes do not depend on each other, so the curves do not depend on the distribution.
 */
export class ShardedRace {
  readonly #data: RaceData;
  readonly #own: Shard;
  readonly #workers: ShardWorkers | null;
  readonly #lanes: LaneTable;
  #experiment: Experiment;
  /** Rounds of other shards that are not reported yet. */
  #rounds: Promise<void>[] = [];
  /** Rewinds since the last report was asked for: what it tells of later steps does not count. */
  #rewound: { readonly lane: string; readonly step: number }[] = [];
  /** The last branch that was asked for; branches are made one after another. */
  #branching: Promise<unknown> = Promise.resolve();

  /** `race` trains all lanes of the experiment, at the steps of the snapshot; `workers` may take some of them over. */
  constructor(
    race: Race,
    { data, snapshot, files }: { data: RaceData; snapshot: RaceSnapshot; files: WeightBytesByHash },
    workers: ShardWorkers | null = null,
  ) {
    this.#data = data;
    this.#workers = workers;
    this.#experiment = race.experiment;
    this.#own = new Shard(race);
    this.#lanes = new LaneTable(
      race.experiment.lanes.map((lane) => new LaneProgress(lane, this.#own, snapshot.get(lane.name), data)),
      { own: this.#own, workers, files },
    );
  }

  /** The experiment with all changes since the start. */
  get experiment(): Experiment {
    return this.#experiment;
  }

  /** Steps that the foremost lane has begun. */
  get step(): number {
    return Math.max(0, ...this.#lanes.all.map(({ steps }) => steps));
  }

  /** Steps that every lane has begun, except those that diverged; Infinity where all have. */
  get leastSteps(): number {
    return this.#lanes.leastSteps;
  }

  /** Steps that each lane has begun, by lane name. */
  get begun(): ReadonlyMap<string, number> {
    return new Map(this.#lanes.all.map(({ name, steps }) => [name, steps]));
  }

  /** The present net of a lane; before it was grown, a smaller one than in the experiment. */
  netOf(name: string): NetSpec {
    return this.#lanes.of(name).net;
  }

  /** Begins one step of every lane that is behind the others, or of all lanes if none is. */
  async round(): Promise<void> {
    const { own, others } = this.#lanes.beginStep();
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
    for (const shard of this.#lanes.shards) {
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
      Promise.all(this.#lanes.shards.map((shard) => shard.report())),
      Promise.all(rounds),
    ]);
    const merged = new ReportBuilder();
    for (const report of reports) merged.add(report);
    this.#forgetRewound(merged);
    for (const { lane: name, step } of merged.finish(this.step).diverged) {
      const lane = this.#lanes.find(name);
      if (lane !== undefined) lane.divergedAt = step;
    }
    await this.#lanes.distribute(() => this.#experiment);
    // A lane may have been rewound while others moved.
    this.#forgetRewound(merged);
    const report = merged.finish(this.step);
    // The page copies the beginning of a branch's curve from its parent's, which must have come by then.
    return { ...report, points: this.#lanes.inOrder(report.points, ({ lane }) => lane) };
  }

  /** Runs one ordinary round and records the norms of every instruction's values, gradients and updates. */
  async slowRound(): Promise<SlowRound> {
    const { own, others } = this.#lanes.beginStep();
    const rounds = [...others].map(([shard, at]) => shard.slowRound(at));
    if (own !== null) rounds.push(this.#own.slowRound(own));
    const told = await Promise.all(rounds);
    const steps = told.flatMap((round) => round.steps);
    const images = told.find((round) => round.images.length > 0)?.images ?? [];
    return { images, steps: this.#lanes.inOrder(steps, ({ lane }) => lane) };
  }

  /**
   * Adds a lane at step 0, under another name where its own is taken. The next rounds train only this lane, on the batches
   * that it missed.
   */
  async addLane(lane: LaneSpec): Promise<void> {
    await this.#add({ lane, surgery: [] });
  }

  async removeLane(name: string): Promise<void> {
    const lane = this.#lanes.of(name);
    this.#lanes.remove(lane);
    this.#experiment = withoutLane(this.#experiment, name);
    await lane.shard.remove({ lane: name });
  }

  /** As `Race.setGains`. */
  async setGains(name: string, gains: readonly BlockGain[], from = 0): Promise<void> {
    const lane = this.#lanes.of(name);
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
      const { snapshot, ...branch } = await this.#lanes.of(name).shard.branched({ lane: name, kind });
      // A shard in a worker takes the values over.
      const copies = [...snapshot.values].map(([key, values]) => [key, values.slice()] as const);
      const added = await this.#add({ ...branch, snapshot: { ...snapshot, values: new Map(copies) } });
      return { name: added, snapshot };
    });
    this.#branching = branching.catch(() => {});
    return branching;
  }

  /** Restores a lane from a snapshot, or to step 0 for null. Surgery that was done after that step is removed from the experiment. */
  async rewind(name: string, snapshot: LaneSnapshot | null): Promise<void> {
    const lane = this.#lanes.of(name);
    const begun = lane.steps;
    lane.rewinding = true;
    // It may refuse, and then nothing is changed.
    await lane.shard.rewind({ lane: name, snapshot }).finally(() => {
      lane.rewinding = false;
    });
    lane.rewind(snapshot);
    this.#rewound.push({ lane: name, step: lane.steps });
    this.#experiment = withoutLaterSurgery(this.#experiment, name, lane.steps, begun);
  }

  /** As `Race.diagnose`, while training goes on. `from` is an earlier snapshot of it, null for step 0. */
  async diagnose(
    name: string,
    step: number,
    from: LaneSnapshot | null,
    hooks: MeasurementHooks<never>,
  ): Promise<string | null> {
    const { shard } = this.#lanes.of(name);
    return shard.diagnose({ lane: name, step, from }, measuring(shard, hooks));
  }

  /** A copy of every lane at its present step. Call it between rounds, after a report. */
  async snapshot(): Promise<RaceSnapshot> {
    const snapshots = await Promise.all(this.#lanes.shards.map((shard) => shard.snapshot(undefined, PLAIN)));
    return new Map(
      this.#lanes.inOrder(
        snapshots.flatMap((each) => [...each]),
        ([name]) => name,
      ),
    );
  }

  /** Each lane's class probabilities for an image; the lanes are not changed. */
  async classify(picture: Picture): Promise<ImageAnswers> {
    const [own, ...others] = await Promise.all(this.#lanes.shards.map((shard) => shard.classify({ picture })));
    if (own === undefined) throw new Error('race: it has no shard');
    const answers = [own, ...others].flatMap((each) => [...each.answers]);
    return { seen: own.seen, answers: new Map(this.#lanes.inOrder(answers, ([name]) => name)) };
  }

  /** As `Race.weights`. */
  async weights(name: string, format: WeightsFormat): Promise<Uint8Array<ArrayBuffer>> {
    return this.#lanes.of(name).shard.weights({ lane: name, format }, PLAIN);
  }

  /** Studies lesions on a copy of a lane at its present step, while training goes on. */
  async lesion(lane: string, request: LesionRequest, hooks: MeasurementHooks<LesionResult>): Promise<LesionResult> {
    const { shard } = this.#lanes.of(lane);
    return shard.lesion({ lane, request }, measuring(shard, hooks));
  }

  /** Probes a copy of a lane at its present step, or at step 0, while training goes on. */
  async probe(probe: ShardProbe, hooks: MeasurementHooks<ProbeResult>): Promise<ProbeResult> {
    const { shard } = this.#lanes.of(probe.lane);
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

  /**
   * Adds a lane to the shard that then has the least work, and resolves with its name. Every lane that joins comes through
   * here, so that the experiment stays one that can be opened. Rejects with a `TooManyNetsError` where there is no room.
   */
  async #add(wanted: NewLane): Promise<string> {
    const others = this.#lanes.names;
    if (others.length >= LIMITS.lanes.max) throw new TooManyNetsError(others.length + 1);
    const lane = withFreeName(wanted, others);
    const progress = new LaneProgress(lane.lane, this.#own, lane.snapshot, this.#data);
    this.#lanes.reserve(progress);
    try {
      await progress.shard.add({ ...lane, ...this.#lanes.fileOf(lane.lane) });
    } catch (error) {
      this.#lanes.release(progress);
      throw error;
    }
    this.#lanes.include(progress);
    this.#experiment = withLane(this.#experiment, lane.lane, lane.surgery);
    return progress.name;
  }
}

/** The lane under a name that is not among `taken`: another one may have joined since its own was chosen. */
function withFreeName(wanted: NewLane, taken: readonly string[]): NewLane {
  const { lane, surgery } = wanted;
  if (!taken.includes(lane.name)) return wanted;
  const name = uniqueName(lane.net, taken);
  return { ...wanted, lane: { ...lane, name }, surgery: surgery.map((change) => ({ ...change, lane: name })) };
}
