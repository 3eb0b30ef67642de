import { softmax, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { RaceData } from '../data/race-data.ts';
import type { DeviceInfo } from '../spec/device.ts';
import { type Experiment, type GainChange, gainsAt, type LaneSpec } from '../spec/experiment.ts';
import { rateAt } from '../spec/recipe.ts';
import type { RaceReport } from '../spec/report.ts';
import { withInitialGain, withSurgery } from '../spec/surgery.ts';
import { disposeBatch, EVALUATION_CHUNK, Evaluation, upload } from './evaluation.ts';
import { Lane } from './lane.ts';
import { checkMemory } from './memory-check.ts';
import { Readback } from './readback.ts';
import { ReportDraft } from './report-draft.ts';
import { type LaneSnapshot, type RaceSnapshot, readValues } from './snapshot.ts';

interface Runner {
  readonly spec: LaneSpec;
  readonly lane: Lane;
  steps: number;
  /** The gains of its last step; null before the first. */
  lastGains: readonly number[] | null;
  /** Whether its gains changed from one step to the next since its running statistics were last known to fit. */
  stale: boolean;
  divergedAt: number | null;
}

const TEST_EVERY = 25;
const TRAINING_CHUNK = 250;
const RECALIBRATION_BATCHES = 8;

/** Lanes in lockstep: every lane sees the same batches in the same order. */
export class Race {
  readonly #data: RaceData;
  readonly #device: DeviceInfo;
  readonly #readback = new Readback();
  readonly #test: Evaluation;
  readonly #shown: Tensor4D;
  #experiment: Experiment;
  #runners: readonly Runner[] = [];
  #draft = new ReportDraft();

  /**
   * A race at step 0, or with a snapshot where that was taken; a lane that is not in it is at step 0. Throws a
   * `MemoryError` where a lane does not fit the device.
   */
  constructor(experiment: Experiment, data: RaceData, device: DeviceInfo, snapshot: RaceSnapshot = new Map()) {
    this.#experiment = { ...experiment, lanes: [] };
    this.#data = data;
    this.#device = device;
    for (const lane of experiment.lanes) this.#checkMemory(lane);
    this.#test = new Evaluation(
      data.test,
      Math.min(EVALUATION_CHUNK, data.test.labels.length),
      data.size,
      data.classes,
    );
    this.#shown = tensor4d(data.shown.images, [data.shown.labels.length, data.size, data.size, 3]);
    for (const lane of experiment.lanes) this.#add(lane, snapshot.get(lane.name));
  }

  /** The experiment with everything that was done to it since. */
  get experiment(): Experiment {
    return this.#experiment;
  }

  /** Steps that the lanes in front have finished. */
  get step(): number {
    return Math.max(0, ...this.#runners.map(({ steps }) => steps));
  }

  /** Steps that every lane has finished, those that diverged left out; infinite where none is left. */
  get finished(): number {
    return Math.min(...this.#racing().map(({ steps }) => steps));
  }

  /** Steps that each lane has begun, by its name. */
  get begun(): ReadonlyMap<string, number> {
    return new Map(this.#runners.map(({ spec, steps }) => [spec.name, steps]));
  }

  /** The lanes that train, and of which what was measured is still wanted when it comes. */
  #racing(): readonly Runner[] {
    return this.#runners.filter(({ divergedAt }) => divergedAt === null);
  }

  /** Adds a lane at step 0. The next rounds are its alone, on the batches that it missed. */
  addLane(spec: LaneSpec): void {
    this.#checkMemory(spec);
    this.#add(spec);
  }

  removeLane(name: string): void {
    this.#runner(name).lane.dispose();
    this.#runners = this.#runners.filter(({ spec }) => spec.name !== name);
    this.#experiment = {
      ...this.#experiment,
      lanes: this.#experiment.lanes.filter((lane) => lane.name !== name),
      surgery: this.#experiment.surgery.filter(({ lane }) => lane !== name),
    };
  }

  /**
   * Changes the gains of a lane's shortcuts from its next step on, and writes it down in the experiment: as surgery,
   * or before the first step as the gains that it starts with.
   */
  setGains(name: string, gains: readonly { readonly block: number; readonly gain: number }[]): void {
    const runner = this.#runner(name);
    for (const { block, gain } of gains) {
      this.#setGain(runner, block, gain);
      const change: GainChange = { step: runner.steps, lane: name, block, gain };
      this.#experiment =
        runner.steps === 0 ? withInitialGain(this.#experiment, change) : withSurgery(this.#experiment, change);
    }
  }

  /** One step of every lane that is behind, or of all where none is. It is only begun: `report` waits for it. */
  round(): void {
    const { recipe } = this.#experiment;
    const step = this.finished;
    if (!Number.isFinite(step)) return;
    const batch = upload(this.#data.batch(step), this.#data.size, this.#data.classes);
    const rates = { rate: rateAt(recipe, step), momentum: recipe.momentum, decay: recipe.weightDecay };
    for (const runner of this.#racing()) {
      if (runner.steps !== step) continue;
      this.#operate(runner, step);
      const metrics = runner.lane.step(batch, rates);
      runner.steps += 1;
      const { name } = runner.spec;
      this.#readback.add(metrics, ([loss = Number.NaN, wrong = Number.NaN]) => {
        if (!this.#racing().includes(runner)) return;
        if (!Number.isFinite(loss)) {
          runner.divergedAt = step + 1;
          this.#draft.diverged(name, step + 1);
        } else this.#draft.point(name, step, loss, 100 * wrong);
      });
      if (runner.steps % TEST_EVERY === 0) this.#evaluate(runner);
    }
    disposeBatch(batch);
  }

  /** Everything that was measured since the last report, once it is there. */
  async report(): Promise<RaceReport> {
    await this.#readback.flush();
    const draft = this.#draft;
    this.#draft = new ReportDraft();
    return draft.finish(this.step);
  }

  /** Each lane's error in percent on the fixed training images, with batch statistics. */
  async trainingErrors(): Promise<ReadonlyMap<string, number>> {
    const { training, size, classes } = this.#data;
    const evaluation = new Evaluation(training, Math.min(TRAINING_CHUNK, training.labels.length), size, classes);
    const errors = new Map<string, number>();
    const readback = new Readback();
    for (const { lane, spec } of this.#runners) {
      readback.add(evaluation.wrongShare(lane, 'batch'), ([share = Number.NaN]) => errors.set(spec.name, 100 * share));
    }
    await readback.flush();
    evaluation.dispose();
    return errors;
  }

  /** Runs each lane once and forgets the result, so that the device has compiled all that training needs. */
  async warmUp(onProgress: (fraction: number) => void): Promise<void> {
    const batch = upload(this.#data.batch(0), this.#data.size, this.#data.classes);
    for (const [index, { lane }] of this.#runners.entries()) {
      onProgress(index / this.#runners.length);
      const { trace, gradients, metrics } = lane.differentiate(batch);
      trace.statistics.dispose();
      gradients.dispose();
      await metrics.data();
      metrics.dispose();
    }
    disposeBatch(batch);
    onProgress(1);
  }

  /**
   * A copy of every lane as it stands, to be asked for between rounds when all that was measured is told. It is read
   * while training goes on.
   */
  async snapshot(): Promise<RaceSnapshot> {
    const begun = this.#runners.filter(({ steps }) => steps > 0);
    const copies = begun.map(async ({ spec, lane, steps, stale, divergedAt }) => {
      const values = await readValues(lane.remembered());
      return [spec.name, { steps, stale, divergedAt, values }] as const;
    });
    return new Map(await Promise.all(copies));
  }

  dispose(): void {
    for (const { lane } of this.#runners) lane.dispose();
    this.#readback.dispose();
    this.#test.dispose();
    this.#shown.dispose();
  }

  #add(spec: LaneSpec, snapshot?: LaneSnapshot): void {
    const { size, classes } = this.#data;
    const lane = new Lane(spec.net, size, classes, this.#experiment.recipe.seed);
    this.#experiment = { ...this.#experiment, lanes: [...this.#experiment.lanes, spec] };
    const runner: Runner = { spec, lane, steps: 0, lastGains: null, stale: false, divergedAt: null };
    this.#runners = [...this.#runners, snapshot === undefined ? runner : this.#restored(runner, snapshot)];
  }

  /** The gains are not in a snapshot: what was done to them until then is in the experiment. */
  #restored(runner: Runner, { values, steps, stale, divergedAt }: LaneSnapshot): Runner {
    const { lane, spec } = runner;
    const gains = (step: number) => gainsAt(this.#experiment, spec.name, step);
    lane.restore(values);
    for (const [index, gain] of gains(steps).entries()) this.#setGain(runner, index + 1, gain);
    return { spec, lane, steps, stale, divergedAt, lastGains: gains(steps - 1) };
  }

  #checkMemory(lane: LaneSpec): void {
    const { size, classes } = this.#data;
    checkMemory(lane, { size, classes, batch: this.#experiment.recipe.batch }, this.#device);
  }

  #runner(name: string): Runner {
    const runner = this.#runners.find(({ spec }) => spec.name === name);
    if (runner === undefined) throw new Error(`net ${name}: not in this race`);
    return runner;
  }

  #setGain({ lane }: Runner, block: number, gain: number): void {
    if (lane.gains[block - 1] !== gain) lane.setGain(block, gain);
  }

  /** The surgery that the experiment has for a lane at this step. */
  #operate(runner: Runner, step: number): void {
    for (const change of this.#experiment.surgery) {
      if (change.lane === runner.spec.name && change.step === step) this.#setGain(runner, change.block, change.gain);
    }
    const { gains } = runner.lane;
    if (runner.lastGains?.some((gain, index) => gain !== gains[index])) runner.stale = true;
    runner.lastGains = [...gains];
  }

  #evaluate(runner: Runner): void {
    const { lane, steps, spec } = runner;
    if (runner.stale) this.#recalibrate(runner);
    // The step before may have broken the weights, which only the next loss will tell.
    let finite = true;
    const logits = lane.logits(this.#shown, 'running');
    this.#readback.add(softmax(logits), (values) => {
      finite = values.every(Number.isFinite);
      if (!finite || !this.#racing().includes(runner)) return;
      this.#draft.predictions(spec.name, steps, values, this.#data.classes);
    });
    logits.dispose();
    this.#readback.add(this.#test.wrongShare(lane, 'running'), ([share = Number.NaN]) => {
      if (!finite || !this.#racing().includes(runner)) return;
      this.#draft.test({ lane: spec.name, step: steps, error: 100 * share });
    });
  }

  /** After surgery the running statistics are those of another net: they are measured anew. */
  #recalibrate(runner: Runner): void {
    const { size, classes } = this.#data;
    const steps = Array.from({ length: RECALIBRATION_BATCHES }, (_, index) => runner.steps + index);
    const batches = steps.map((step) => upload(this.#data.batch(step), size, classes));
    runner.lane.recalibrate(batches.map(({ images }) => images));
    batches.forEach(disposeBatch);
    runner.stale = false;
  }
}
