import type { DeviceInfo } from '../../core/experiment/device.ts';
import { type Experiment, gainsAt, type LaneSpec } from '../../core/experiment/experiment.ts';
import { haveSameShape } from '../../core/experiment/origin.ts';
import { rateAt } from '../../core/experiment/recipe.ts';
import type { ImageAnswers, Picture, RaceReport } from '../../core/results/report.ts';
import type { SlowRound } from '../../core/results/slow-round.ts';
import type { LaneSnapshot, RaceSnapshot } from '../../core/results/snapshot.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import type { StepWatch } from '../graph/forward.ts';
import type { Insight } from '../insight/insight.ts';
import { insightOf } from '../insight/insight.ts';
import { weightsFile } from '../state-dict/state-dict.ts';
import { Readback } from '../weights/readback.ts';
import { disposeBatch, upload } from './device-batch.ts';
import { Exam } from './evaluator.ts';
import { ImageExam } from './image-classifier.ts';
import type { Runner } from './lane.ts';
import { firstNotFinite, type Round } from './lane.ts';
import type { WeightFiles } from './lane-factory.ts';
import { Lineup } from './race-lanes.ts';
import { ReportDraft } from './report-builder.ts';
import { slowRound } from './step-trace.ts';

const TEST_EVERY = 25;

/** Trains the lanes of an experiment in lockstep: every lane sees the same batches in the same order. */
export class Race {
  readonly #data: RaceData;
  readonly #lineup: Lineup;
  readonly #readback = new Readback();
  readonly #exam: Exam;
  readonly #imageExam: ImageExam;
  #draft = new ReportDraft();

  /**
   * Starts at step 0, or at the steps of a snapshot; a lane that the snapshot lacks starts at step 0, with random
   * weights or those of one of the files. Throws a `MemoryError` where a lane does not fit the device, a `WeightsError`
   * where a file is missing or belongs to another net.
   */
  constructor(
    experiment: Experiment,
    data: RaceData,
    device: DeviceInfo,
    snapshot: RaceSnapshot = new Map(),
    files: WeightFiles = new Map(),
  ) {
    this.#data = data;
    this.#exam = new Exam(data);
    this.#imageExam = new ImageExam(data);
    try {
      this.#lineup = new Lineup(experiment, data, device, snapshot, files);
    } catch (error) {
      this.#exam.dispose();
      throw error;
    }
  }

  /** The experiment with all changes since the start: lanes added or removed, surgery, initial gains. */
  get experiment(): Experiment {
    return this.#lineup.experiment;
  }

  /** Steps that the foremost lane has finished. */
  get step(): number {
    return this.#lineup.step;
  }

  /** Steps that every lane has finished, except those that diverged; Infinity where all have. */
  get finished(): number {
    return this.#lineup.finished;
  }

  /** Steps that each lane has begun, by lane name. */
  get begun(): ReadonlyMap<string, number> {
    return new Map(this.#lineup.runners.map(({ spec, steps }) => [spec.name, steps]));
  }

  /** Adds a lane at step 0. The next rounds train only this lane, on the batches that it missed. */
  addLane(spec: LaneSpec): void {
    this.#lineup.add(spec);
  }

  removeLane(name: string): void {
    this.#lineup.remove(name);
  }

  /**
   * Changes the gains of a lane's shortcuts from its next step on, or after `from` steps, and records the change in the
   * experiment: as surgery, or before the first step as initial gains.
   */
  setGains(name: string, gains: readonly { readonly block: number; readonly gain: number }[], from = 0): void {
    this.#lineup.setGains(name, gains, from);
  }

  /**
   * Adds a copy of a lane, with its weights, velocities and curve, and resolves with the copy's name. The two train
   * identically until one is changed. Rejects with a `BranchError` if the lane diverged.
   */
  branch(name: string): Promise<string> {
    return this.#lineup.branch(name);
  }

  /**
   * Branches off a deeper net with one more block at the end of each stage. The new blocks' branches give 0, so the net
   * computes the same function. Rejects with a `BranchError` if the net cannot be grown.
   */
  grow(name: string): Promise<string> {
    return this.#lineup.grow(name);
  }

  /** Restores a lane from a snapshot, or to step 0 for null. Surgery after that step is removed from the experiment. */
  rewind(name: string, snapshot: LaneSnapshot | null): void {
    this.#draft.forget(name, snapshot?.steps ?? 0);
    this.#lineup.rewind(name, snapshot);
  }

  /**
   * Begins one step of every lane that is behind the others, or of all lanes if none is; `report` waits for the
   * results. `watch` creates an observer for each lane's step.
   */
  round(watch?: (runner: Runner) => StepWatch): void {
    const step = this.finished;
    if (!Number.isFinite(step)) return;
    const { batch, rates } = this.#roundAt(step);
    for (const runner of this.#lineup.racing) {
      if (runner.steps !== step || runner.growing || this.#lineup.mustGrow(runner)) continue;
      runner.begin(gainsAt(this.experiment, runner.spec.name, step));
      const metrics = runner.lane.step(batch, rates, watch?.(runner));
      runner.steps += 1;
      const { name } = runner.spec;
      this.#readback.add(metrics, ([loss = Number.NaN, wrong = Number.NaN]) => {
        if (!this.#lineup.isWanted(runner)) return;
        if (!Number.isFinite(loss)) {
          runner.divergedAt = step + 1;
          this.#draft.diverged(name, step + 1);
        } else this.#draft.point(name, step, loss, 100 * wrong);
      });
      if (runner.steps % TEST_EVERY !== 0) continue;
      this.#exam.take(
        runner,
        this.#readback,
        () => this.#draft,
        () => this.#lineup.isWanted(runner),
      );
    }
    disposeBatch(batch);
  }

  /** Runs one ordinary round and records the norms of every instruction's values, gradients and updates. */
  slowRound(): Promise<SlowRound> {
    return slowRound((watch) => this.round(watch), this.#data);
  }

  /** The batch and the learning rates of a step, the same for every lane. */
  #roundAt(step: number): Pick<Round, 'batch' | 'rates'> {
    const { recipe } = this.experiment;
    const batch = { ...upload(this.#data.batch(step), this.#data.size, this.#data.classes), step };
    return { batch, rates: { rate: rateAt(recipe, step), momentum: recipe.momentum, decay: recipe.weightDecay } };
  }

  /** The layer in which a diverged lane first was not finite. `from` is an earlier snapshot of it, null for step 0. */
  async diagnose(name: string, from: LaneSnapshot | null): Promise<string | null> {
    const { spec, net, divergedAt } = this.#lineup.of(name);
    const again = divergedAt === null ? null : this.#lineup.make(spec, from ?? undefined);
    if (divergedAt === null || again === null || !haveSameShape(again.net, net)) return null;
    const gains = (step: number) => gainsAt(this.experiment, name, step);
    return firstNotFinite(again, divergedAt - 1, (step) => ({ ...this.#roundAt(step), gains: gains(step) }));
  }

  /** Everything that was measured since the last report. Waits for the rounds that were begun. */
  async report(): Promise<RaceReport> {
    await this.#lineup.settled();
    await this.#readback.flush();
    const draft = this.#draft;
    this.#draft = new ReportDraft();
    return draft.finish(this.step);
  }

  /** Each lane's error in percent on the fixed training images, with batch statistics, by lane name. */
  trainingErrors(): Promise<ReadonlyMap<string, number>> {
    return this.#exam.trainingErrors(this.#lineup.runners);
  }

  /** Has the device compile the kernels that training needs before the first round; `fraction` is in 0 .. 1. */
  async warmUp(onProgress: (fraction: number) => void): Promise<void> {
    const batch = upload(this.#data.batch(0), this.#data.size, this.#data.classes);
    const lanes = this.#lineup.runners.length;
    for (const [index, { lane }] of this.#lineup.runners.entries()) {
      onProgress(index / lanes);
      await lane.prepare(batch, this.#exam.images, (fraction) => onProgress((index + fraction) / lanes));
    }
    disposeBatch(batch);
    onProgress(1);
  }

  /**
   * A copy of every lane at its present step. Call it between rounds, after a report: the values are copied on the
   * device at once and read back while training goes on.
   */
  async snapshot(): Promise<RaceSnapshot> {
    const begun = this.#lineup.runners.filter(({ steps }) => steps > 0);
    const copies = begun.map(async (runner) => [runner.spec.name, await runner.snapshot()] as const);
    return new Map(await Promise.all(copies));
  }

  /** Each lane's class probabilities for an image; the lanes are not changed. */
  classify(picture: Picture): Promise<ImageAnswers> {
    return this.#imageExam.take(this.#lineup.runners, picture);
  }

  /** A lane's present weights and running statistics as a safetensors file. */
  async weights(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const { net, steps, lane } = this.#lineup.of(name);
    const { values } = await this.#lineup.of(name).snapshot();
    const { data } = this.experiment;
    return weightsFile(
      { net: { ...net, gains: lane.gains }, step: steps, data, classes: this.#data.classes },
      this.#data.size,
      values,
    );
  }

  /** A copy of a lane at its present step for one lesion study or probe, which may run while training goes on. */
  insight(name: string): Insight {
    return insightOf(this.#lineup.of(name), this.#data, this.experiment.recipe.seed);
  }

  /** The same for the lane at step 0; its initial weights are generated again. */
  insightAtStart(name: string): Insight {
    const first = this.#lineup.make(this.#lineup.of(name).spec);
    first.setGains(gainsAt(this.experiment, name, 0));
    const insight = insightOf(first, this.#data, this.experiment.recipe.seed);
    first.lane.dispose();
    return insight;
  }

  dispose(): void {
    this.#lineup.dispose();
    this.#readback.dispose();
    this.#exam.dispose();
    this.#imageExam.dispose();
  }
}
