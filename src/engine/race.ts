import { softmax, tensor4d } from '@tensorflow/tfjs-core';
import type { RaceData } from '../data/race-data.ts';
import { branchOff, grown } from '../spec/branch-off.ts';
import type { DeviceInfo } from '../spec/device.ts';
import { type Experiment, type GainChange, gainsAt, type LaneSpec, uniqueName } from '../spec/experiment.ts';
import type { NetSpec } from '../spec/net.ts';
import { eraAt, haveSameShape } from '../spec/origin.ts';
import { depthProblem } from '../spec/parse.ts';
import { rateAt } from '../spec/recipe.ts';
import type { RaceReport } from '../spec/report.ts';
import type { SlowRound } from '../spec/slow-round.ts';
import type { LaneSnapshot, RaceSnapshot } from '../spec/snapshot.ts';
import { inOrder, withInitialGain, withSurgery } from '../spec/surgery.ts';
import { firstNotFinite, type Round } from './diagnose.ts';
import { disposeBatch, upload } from './evaluation.ts';
import { Exam } from './exam.ts';
import { weightsFile } from './exchange/weights-file.ts';
import type { Insight } from './insight/insight.ts';
import { insightOf } from './insight/of-runner.ts';
import { Readback } from './readback.ts';
import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';
import { RunnerFactory, type WeightFiles } from './runner-factory.ts';
import { slowRound } from './slow-round.ts';
import type { StepWatch } from './step-watch.ts';

const TEST_EVERY = 25;

/** A lane from which none can be branched off now. */
export class BranchError extends Error {
  override readonly name = 'BranchError';
}

/** Lanes in lockstep: every lane sees the same batches in the same order. */
export class Race {
  readonly #data: RaceData;
  readonly #runnerFactory: RunnerFactory;
  readonly #readback = new Readback();
  readonly #exam: Exam;
  #experiment: Experiment;
  #runners: readonly Runner[] = [];
  #draft = new ReportDraft();
  /** Lanes that are being replaced by larger ones; settled at the next report. */
  #growths: Promise<void>[] = [];

  /**
   * A race at step 0, or with a snapshot where that was taken; a lane that is not in it is at step 0, with weights of
   * its own or from one of the files. Throws a `MemoryError` where a lane does not fit the device, a `WeightsError` where
   * a file is not there or of another net.
   */
  constructor(
    experiment: Experiment,
    data: RaceData,
    device: DeviceInfo,
    snapshot: RaceSnapshot = new Map(),
    files: WeightFiles = new Map(),
  ) {
    this.#experiment = { ...experiment, lanes: [] };
    this.#data = data;
    this.#runnerFactory = new RunnerFactory(data, experiment.recipe, device, files);
    for (const lane of experiment.lanes) this.#runnerFactory.checkMemory(lane);
    this.#exam = new Exam(data);
    try {
      for (const lane of experiment.lanes) this.#add(lane, snapshot.get(lane.name));
    } catch (error) {
      this.dispose();
      throw error;
    }
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

  /** The lanes that train. */
  #racing(): readonly Runner[] {
    return this.#runners.filter(({ racing }) => racing);
  }

  /** Whether what was measured of it is still wanted when it comes. */
  #isWanted(runner: Runner): boolean {
    return runner.racing && this.#runners.includes(runner);
  }

  /** Adds a lane at step 0. The next rounds are its alone, on the batches that it missed. */
  addLane(spec: LaneSpec): void {
    this.#runnerFactory.checkMemory(spec);
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
   * Changes the gains of a lane's shortcuts from its next step on, or after `from` steps, and writes it down in the
   * experiment: as surgery, or before the first step as the gains that it starts with.
   */
  setGains(name: string, gains: readonly { readonly block: number; readonly gain: number }[], from = 0): void {
    const runner = this.#runner(name);
    const { steps } = runner;
    const step = Math.max(steps, from);
    for (const { block, gain } of gains) {
      const change: GainChange = { step, lane: name, block, gain };
      this.#experiment = step === 0 ? withInitialGain(this.#experiment, change) : withSurgery(this.#experiment, change);
    }
    if (!runner.growing) runner.setGains(gainsAt(this.#experiment, name, steps));
  }

  /**
   * A lane that has been this one until now, and goes on by itself: as the same net, or as `net`, which is a deeper one.
   * Gives its name. Both have the same curve until then, and if nothing is changed ever after.
   */
  async branch(name: string, net?: NetSpec): Promise<string> {
    const parent = this.#runner(name);
    if (!parent.racing) throw new BranchError(`net ${name}: it diverged in step ${parent.divergedAt}; rewind it first`);
    const { steps } = parent;
    const next = net ?? { ...parent.net, gains: gainsAt(this.#experiment, name, steps) };
    const { surgery, lanes } = this.#experiment;
    const lane = lanes.find((each) => each.name === name) ?? parent.spec;
    this.#runnerFactory.checkMemory({ name, net: next });
    const snapshot = await this.#runnerFactory.snapshotAs(parent, next);
    const taken = this.#experiment.lanes.map((each) => each.name);
    const branched = branchOff({ lane, net: next, step: steps, surgery }, uniqueName(next, taken));
    this.#experiment = { ...this.#experiment, surgery: inOrder([...this.#experiment.surgery, ...branched.surgery]) };
    this.#add(branched.lane, snapshot);
    return branched.lane.name;
  }

  /** The lane with one more block at the end of each stage, which compute nothing yet: the same function, deeper. */
  async grow(name: string): Promise<string> {
    const { net, steps } = this.#runner(name);
    const deeper = grown(net, gainsAt(this.#experiment, name, steps));
    if (deeper === null) throw new BranchError(`net ${name}: with option C no shortcut is an identity; choose A or B`);
    const problem = depthProblem(deeper.depth, deeper.block);
    if (problem !== null) throw new BranchError(`net ${name}: ${problem}`);
    return this.branch(name, deeper);
  }

  /** The lane as the snapshot has it, or at step 0. What was done to it after that is undone. */
  rewind(name: string, snapshot: LaneSnapshot | null): void {
    const runner = this.#runner(name);
    const steps = snapshot?.steps ?? 0;
    const surgery = this.#experiment.surgery.filter(({ lane, step }) => lane !== name || step <= steps);
    this.#experiment = { ...this.#experiment, surgery };
    this.#draft.forget(name, steps);
    this.#replace(runner, this.#make(runner.spec, snapshot ?? undefined));
  }

  /**
   * One step of every lane that is behind, or of all where none is. It is only begun: `report` waits for it. `watch`
   * gives each lane's step somebody who sees it from the inside.
   */
  round(watch?: (runner: Runner) => StepWatch): void {
    const step = this.finished;
    if (!Number.isFinite(step)) return;
    const { batch, rates } = this.#roundAt(step);
    for (const runner of this.#racing()) {
      if (runner.steps !== step || runner.growing || this.#mustGrow(runner)) continue;
      runner.begin(gainsAt(this.#experiment, runner.spec.name, step));
      const metrics = runner.lane.step(batch, rates, watch?.(runner));
      runner.steps += 1;
      const { name } = runner.spec;
      this.#readback.add(metrics, ([loss = Number.NaN, wrong = Number.NaN]) => {
        if (!this.#isWanted(runner)) return;
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
        () => this.#isWanted(runner),
      );
    }
    disposeBatch(batch);
  }

  /** A round like any other, of which every instruction is written down. */
  slowRound(): Promise<SlowRound> {
    return slowRound((watch) => this.round(watch), this.#data);
  }

  /** What every lane trains on in a step, and how. */
  #roundAt(step: number): Pick<Round, 'batch' | 'rates'> {
    const { recipe } = this.#experiment;
    const batch = { ...upload(this.#data.batch(step), this.#data.size, this.#data.classes), step };
    return { batch, rates: { rate: rateAt(recipe, step), momentum: recipe.momentum, decay: recipe.weightDecay } };
  }

  /** In which layer a lane that diverged stopped being finite; `from` is a snapshot of it before, null for step 0. */
  async diagnose(name: string, from: LaneSnapshot | null): Promise<string | null> {
    const { spec, net, divergedAt } = this.#runner(name);
    const again = divergedAt === null ? null : this.#make(spec, from ?? undefined);
    if (divergedAt === null || again === null || !haveSameShape(again.net, net)) return null;
    const gains = (step: number) => gainsAt(this.#experiment, name, step);
    return firstNotFinite(again, divergedAt - 1, (step) => ({ ...this.#roundAt(step), gains: gains(step) }));
  }

  /** Everything that was measured since the last report, once it is there. */
  async report(): Promise<RaceReport> {
    await Promise.all(this.#growths.splice(0));
    await this.#readback.flush();
    const draft = this.#draft;
    this.#draft = new ReportDraft();
    return draft.finish(this.step);
  }

  /** Each lane's error in percent on the fixed training images, with batch statistics. */
  trainingErrors(): Promise<ReadonlyMap<string, number>> {
    return this.#exam.trainingErrors(this.#runners);
  }

  /** Prepares each lane, so that the device has compiled all that training needs before the first round. */
  async warmUp(onProgress: (fraction: number) => void): Promise<void> {
    const batch = upload(this.#data.batch(0), this.#data.size, this.#data.classes);
    const lanes = this.#runners.length;
    for (const [index, { lane }] of this.#runners.entries()) {
      onProgress(index / lanes);
      await lane.prepare(batch, this.#exam.images, (fraction) => onProgress((index + fraction) / lanes));
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
    const copies = begun.map(async (runner) => [runner.spec.name, await runner.snapshot()] as const);
    return new Map(await Promise.all(copies));
  }

  /** What each lane takes an image of RGB bytes [32, 32, 3] for, by running statistics: each class's probability. */
  async classify(rgb: Uint8Array): Promise<ReadonlyMap<string, readonly number[]>> {
    const { size } = this.#data;
    const image = tensor4d(this.#data.prepared(rgb), [1, size, size, 3]);
    const answers = new Map<string, readonly number[]>();
    const readback = new Readback();
    for (const { lane, spec } of this.#runners) {
      const logits = lane.logits(image, 'running');
      readback.add(softmax(logits), (values) => answers.set(spec.name, [...values]));
      logits.dispose();
    }
    image.dispose();
    await readback.flush();
    return answers;
  }

  /** A lane's weights and running statistics as it stands, as a file of the safetensors format. */
  async weights(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const { net, steps, lane } = this.#runner(name);
    const { values } = await this.#runner(name).snapshot();
    const { data } = this.#experiment;
    return weightsFile(
      { net: { ...net, gains: lane.gains }, step: steps, data, classes: this.#data.classes },
      this.#data.size,
      values,
    );
  }

  /** A copy of a lane as it stands, to be asked one thing; it may be asked while training goes on. */
  insight(name: string): Insight {
    return insightOf(this.#runner(name), this.#data, this.#experiment.recipe.seed);
  }

  /** The same of the lane as it was at step 0; its first weights are made again. */
  insightAtStart(name: string): Insight {
    const first = this.#make(this.#runner(name).spec);
    first.setGains(gainsAt(this.#experiment, name, 0));
    const insight = insightOf(first, this.#data, this.#experiment.recipe.seed);
    first.lane.dispose();
    return insight;
  }

  dispose(): void {
    for (const { lane } of this.#runners) lane.dispose();
    this.#readback.dispose();
    this.#exam.dispose();
  }

  #add(spec: LaneSpec, snapshot?: LaneSnapshot): void {
    this.#experiment = { ...this.#experiment, lanes: [...this.#experiment.lanes, spec] };
    this.#runners = [...this.#runners, this.#make(spec, snapshot)];
  }

  #make(spec: LaneSpec, snapshot?: LaneSnapshot): Runner {
    return this.#runnerFactory.make(spec, (step) => gainsAt(this.#experiment, spec.name, step), snapshot);
  }

  #replace(old: Runner, next: Runner): void {
    this.#runners = this.#runners.map((runner) => (runner === old ? next : runner));
    old.lane.dispose();
  }

  /** Whether a lane that is trained again comes to the step in which it was grown; then that is begun. */
  #mustGrow(runner: Runner): boolean {
    const { net } = eraAt(runner.spec, runner.steps);
    if (haveSameShape(runner.net, net)) return false;
    runner.growing = true;
    const growth = this.#runnerFactory.snapshotAs(runner, net).then((snapshot) => {
      if (this.#runners.includes(runner)) this.#replace(runner, this.#make(runner.spec, snapshot));
    });
    this.#growths.push(growth);
    // The next report tells.
    growth.catch(() => {});
    return true;
  }

  #runner(name: string): Runner {
    const runner = this.#runners.find(({ spec }) => spec.name === name);
    if (runner === undefined) throw new Error(`net ${name}: not in this race`);
    return runner;
  }
}
