import type { Picture } from '../../core/data/images.ts';
import type { BranchKind } from '../../core/experiment/branch-off.ts';
import type { DeviceInfo } from '../../core/experiment/device.ts';
import { type Experiment, gainsAt } from '../../core/experiment/experiment.ts';
import { haveSameShape, phaseAt } from '../../core/experiment/lineage.ts';
import type { ImageAnswers, RaceReport } from '../../core/results/report.ts';
import type { SlowRound } from '../../core/results/slow-round.ts';
import type { LaneSnapshot, RaceSnapshot, WeightsFormat } from '../../core/results/snapshot.ts';
import type { Batch } from '../../data/batches/batches.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import type { StepObserver } from '../graph/forward.ts';
import { type Insight, insightOf } from '../insight/insight.ts';
import { AT_ONCE, type MeasurementHooks } from '../insight/measurement.ts';
import { laneOnnxFile } from '../onnx/onnx-file.ts';
import { weightsFile } from '../state-dict/state-dict.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import { disposeBatch, upload } from './device-batch.ts';
import { Evaluator } from './evaluator.ts';
import { ImageClassifier } from './image-classifier.ts';
import { firstNotFinite, type Lane } from './lane.ts';
import type { WeightBytesByHash } from './lane-factory.ts';
import { type Branch, type NewLane, RaceLanes } from './race-lanes.ts';
import { type LanesAtStep, Rounds } from './rounds.ts';
import { slowRound } from './step-trace.ts';

/** Trains the lanes of an experiment in lockstep: every lane sees the same batches in the same order. */
export class Race {
  readonly #data: RaceData;
  readonly #lanes: RaceLanes;
  readonly #rounds: Rounds;
  readonly #evaluator: Evaluator;
  readonly #imageClassifier: ImageClassifier;

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
    files: WeightBytesByHash = new Map(),
  ) {
    this.#data = data;
    this.#evaluator = disposeOnError(() => new Evaluator(data));
    this.#imageClassifier = new ImageClassifier(data);
    try {
      this.#lanes = new RaceLanes(experiment, data, device, snapshot, files);
    } catch (error) {
      this.#evaluator.dispose();
      throw error;
    }
    this.#rounds = new Rounds(data, this.#lanes, this.#evaluator);
  }

  /** The experiment with all changes since the start: lanes added or removed, surgery, initial gains. */
  get experiment(): Experiment {
    return this.#lanes.experiment;
  }

  /** Steps that the foremost lane has finished. */
  get step(): number {
    return this.#lanes.step;
  }

  /** Steps that every lane has finished, except those that diverged; Infinity where all have. */
  get leastSteps(): number {
    return this.#lanes.leastSteps;
  }

  /** Steps that each lane has begun, by lane name. */
  get begun(): ReadonlyMap<string, number> {
    return new Map(this.#lanes.all.map(({ spec, steps }) => [spec.name, steps]));
  }

  /**
   * Adds a lane with its surgery, at the step of its snapshot or at step 0. The next rounds train only this lane, on the
   * batches that it missed.
   */
  add(lane: NewLane): void {
    this.#lanes.add(lane);
  }

  removeLane(name: string): void {
    this.#lanes.remove(name);
  }

  /**
   * Changes the gains of a lane's shortcuts from its next step on, or after `from` steps, and records the change in the
   * experiment: as surgery, or before the first step as initial gains.
   */
  setGains(name: string, gains: readonly { readonly block: number; readonly gain: number }[], from = 0): void {
    this.#lanes.setGains(name, gains, from);
  }

  /**
   * A branch of a lane, with its weights, velocities and curve, to be added under a name that no lane here has. A copy
   * trains identically until one of the two is changed. A grown net has one more block at the end of each stage, whose
   * branch gives 0; a folded one a plain layer in the place of each with RepVGG's branches. Both compute the same function
   * at first, the folded one with running statistics. Rejects with a `BranchError` if the lane diverged or its net cannot
   * be grown or folded, was at this very step, or has made none.
   */
  branched(name: string, kind: BranchKind): Promise<Branch> {
    return this.#lanes.branched(name, kind);
  }

  /** Restores a lane from a snapshot, or to step 0 for null. Surgery that was done after that step is removed from the experiment. */
  rewind(name: string, snapshot: LaneSnapshot | null): void {
    this.#lanes.rewind(name, snapshot);
    this.#rounds.forget(name, snapshot?.steps ?? 0);
  }

  /**
   * Begins one step of every lane that is behind the others, or of all lanes if none is; `report` waits for the
   * results. Each lane is then as its next step finds it. `observer` creates an observer for each lane's step; `only`
   * restricts the round to some lanes. Where it throws, what it made is disposed of, and the race is of no further use.
   */
  round(observer?: (lane: Lane) => StepObserver, only?: LanesAtStep): void {
    this.#rounds.begin(observer, only);
  }

  /** Runs one ordinary round and records the norms of every instruction's values, gradients and updates. */
  slowRound(only?: LanesAtStep): Promise<SlowRound> {
    return slowRound((observer) => this.round(observer, only), this.#data);
  }

  /** Resolves when lanes that are being grown have been replaced by their larger nets. */
  settled(): Promise<void> {
    return this.#lanes.settled();
  }

  /**
   * The layer in which a lane first was not finite that diverged in this step. `from` is an earlier snapshot of it, null
   * for step 0. Its steps are made again on a copy, while training goes on; null where it is rewound or removed meanwhile,
   * or was before.
   */
  async diagnose(
    name: string,
    step: number,
    from: LaneSnapshot | null,
    { turn }: Pick<MeasurementHooks<never>, 'turn'> = AT_ONCE,
  ): Promise<string | null> {
    const lane = this.#lanes.of(name);
    const { spec, net } = lane;
    // A net that has just been grown or folded cannot be trained again from before that.
    if (lane.divergedAt !== step || !haveSameShape(from?.net ?? phaseAt(spec, 0).net, net)) return null;
    const again = this.#lanes.make(spec, from ?? undefined);
    const roundAt = (nth: number) => ({ ...this.#rounds.at(nth), gains: gainsAt(this.experiment, name, nth) });
    const layer = await firstNotFinite(again, step - 1, roundAt, turn);
    return this.#lanes.all.includes(lane) ? layer : null;
  }

  /**
   * Has the next report hold every lane's answers to pictures of a training batch: that of the last step, or of `step`.
   * The race stays the same to the last bit.
   */
  answerBatch(step: number | 'last'): void {
    this.#rounds.answerBatch(step);
  }

  /** Everything that was measured since the last report. Waits for the rounds that were begun. */
  report(): Promise<RaceReport> {
    return this.#rounds.report();
  }

  /**
   * Each lane's error in percent on the fixed training images, with batch statistics, by lane name: of the net as its last
   * step was made, before surgery at the present one.
   */
  trainingErrors(): Promise<ReadonlyMap<string, number>> {
    return this.#asOfLastStep((lanes) => this.#evaluator.trainingErrors(lanes));
  }

  /** The same on these images, `chunk` at a time, with running statistics. */
  errorsOn(images: Batch, chunk: number): Promise<ReadonlyMap<string, number>> {
    return this.#asOfLastStep((lanes) => this.#evaluator.errors(lanes, images, 'running', chunk));
  }

  async #asOfLastStep<T>(measure: (lanes: readonly Lane[]) => Promise<T>): Promise<T> {
    const { all } = this.#lanes;
    for (const lane of all) lane.setLastGains();
    try {
      return await measure(all);
    } finally {
      for (const lane of all) this.#lanes.prepare(lane);
    }
  }

  /** Has the device compile the kernels that training needs before the first round; `fraction` is in 0 .. 1. */
  async warmUp(onProgress: (fraction: number) => void): Promise<void> {
    const batch = upload(this.#data.batch(0), this.#data.size, this.#data.classes);
    const lanes = this.#lanes.all.length;
    try {
      for (const [index, { model }] of this.#lanes.all.entries()) {
        onProgress(index / lanes);
        await model.prepare(batch, this.#evaluator.images, (fraction) => onProgress((index + fraction) / lanes));
      }
    } finally {
      disposeBatch(batch);
    }
    onProgress(1);
  }

  /**
   * A copy of every lane at its present step. Call it between rounds, after a report: the values are copied on the
   * device at once and read back while training goes on.
   */
  async snapshot(): Promise<RaceSnapshot> {
    const begun = this.#lanes.all.filter(({ steps }) => steps > 0);
    const copies = begun.map(async (lane) => [lane.spec.name, await lane.snapshot()] as const);
    return new Map(await Promise.all(copies));
  }

  /** A copy of one lane, as in `snapshot`, also at step 0. */
  laneSnapshot(name: string): Promise<LaneSnapshot> {
    return this.#lanes.of(name).snapshot();
  }

  /** Each lane's class probabilities for an image; the lanes are not changed. */
  classify(picture: Picture): Promise<ImageAnswers> {
    return this.#imageClassifier.classify(this.#lanes.all, picture);
  }

  /**
   * A lane's present weights as a file of this format, with running statistics that fit its function, so that the net in
   * the file answers as `classify` does.
   */
  async weights(name: string, format: WeightsFormat = 'safetensors'): Promise<Uint8Array<ArrayBuffer>> {
    const { net: spec, steps: step, model } = this.#lanes.of(name);
    // A copy: training goes on while the values are read.
    const net = { ...spec, gains: [...model.gains] };
    const { values } = await this.#lanes.fittingSnapshot(name);
    const { data } = this.experiment;
    if (format === 'onnx') return laneOnnxFile({ name, net, step }, data, this.#data, values);
    return weightsFile({ net, step, data, classNames: this.#data.classNames }, this.#data.size, values);
  }

  /** A copy of a lane at its present step for one lesion study or probe, which may run while training goes on. */
  insight(name: string): Insight {
    const lane = this.#lanes.of(name);
    return insightOf(lane, this.#data, this.#lanes.initialValues(lane.spec));
  }

  /** The same for the lane at step 0; its initial weights are generated again. */
  insightAtStart(name: string): Insight {
    const { spec } = this.#lanes.of(name);
    return disposeOnError(() => {
      const first = this.#lanes.make(spec);
      const insight = insightOf(first, this.#data, this.#lanes.initialValues(spec));
      first.model.dispose();
      return insight;
    });
  }

  dispose(): void {
    this.#lanes.dispose();
    this.#rounds.dispose();
    this.#evaluator.dispose();
    this.#imageClassifier.dispose();
  }
}
