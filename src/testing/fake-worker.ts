import type { Experiment } from '../core/experiment/experiment.ts';
import { parseExperiment } from '../core/experiment/parse/parse.ts';
import type { MeasuredSpeed } from '../core/results/device-speed.ts';
import type { LesionResult } from '../core/results/lesion.ts';
import type { DataSummary, ImageAnswers, LanePoints, RaceReport, Report } from '../core/results/report.ts';
import type { ProbeResult } from '../features/insight/probes/probes.ts';
import { createLab, type Lab, type WorkerHearer } from '../features/lab/lab.ts';
import type { WorkerEnd } from '../workers/liveness.ts';
import { type Call, type Connection, RemoteError } from '../workers/rpc.ts';
import { WorkerError } from '../workers/supervisor.ts';
import type { TrainingApi } from '../workers/training/api.ts';
import { local } from './local-worker.ts';

interface Command {
  readonly ask: string;
  readonly experiment?: Experiment;
}

type Answer = ProbeResult | LesionResult | ImageAnswers | MeasuredSpeed | Uint8Array<ArrayBuffer> | undefined;

interface Asked {
  readonly question: { readonly about: string };
  readonly signal: AbortSignal;
  onProgress(part: Answer): void;
  found(answer: Answer): void;
  failed(name: string, message: string): void;
}

/** A worker that does nothing by itself: a test says what it tells and how it answers. */
export class FakeWorker {
  readonly lab: Lab;
  /** The questions that wait for an answer, oldest first. */
  readonly questions: Asked[] = [];
  /** What every file of weights tells of gains. */
  savedGains: readonly number[] | null = null;
  readonly #unanswered: { readonly command: Command; readonly settle: (failure: Error | null) => void }[] = [];
  #emit: (report: Report) => void = () => {};
  #onEnd: WorkerHearer['onEnd'] = () => {};
  #connection: Connection<TrainingApi>;

  constructor() {
    this.#connection = this.#start();
    this.lab = createLab(({ onEvent, onEnd }) => {
      this.#emit = onEvent;
      this.#onEnd = onEnd;
      return { call: (method, ...args) => this.#connection.call(method, ...args) };
    });
  }

  get state() {
    return this.lab.store.getState();
  }

  /** The commands that wait for an answer, oldest first. */
  get asked(): readonly Command[] {
    return this.#unanswered.map(({ command }) => command);
  }

  emit(report: Report): void {
    this.#emit(report);
  }

  /** Tells these, then answers the oldest command. */
  done(...reports: readonly Report[]): void {
    for (const report of reports) this.#emit(report);
    this.#unanswered.shift()?.settle(null);
  }

  failed(name: string, message: string): void {
    this.#unanswered.shift()?.settle(new RemoteError({ name, message }));
  }

  /** The worker ends, and what waits is rejected; the next call is heard by another one. */
  end(how: WorkerEnd['how'] = 'ended', reason = ''): void {
    const error = new WorkerError('training worker', { how, reason }, 'try again');
    const gone = this.#connection;
    this.#unanswered.length = 0;
    this.questions.length = 0;
    this.#connection = this.#start();
    this.#onEnd({ how, reason }, error);
    gone.close(error);
  }

  /** Resolves when all that followed from what was told has happened. */
  idle(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve));
  }

  /** Has the nets of `TWO`, which is open, make two steps, and starts the race over, with a copy that brings them back. */
  async resetAfterTraining(): Promise<void> {
    this.#emit(
      progressReport(
        2,
        TWO.lanes.map(({ name }) => points(name, 0, 2)),
      ),
    );
    const snapshot = new Map(
      TWO.lanes.map(({ name, net }) => [name, { net, steps: 2, stale: false, divergedAt: null, values: new Map() }]),
    );
    const reset = this.lab.reset();
    this.#emit({ type: 'copied', experiment: TWO, snapshot });
    this.done(openedReport(TWO));
    await reset;
  }

  /** Has the lab open this experiment, and tells that it stands. */
  async open(experiment: Experiment = TWO): Promise<void> {
    const opened = this.lab.open(experiment);
    this.done(openedReport(experiment));
    await opened;
  }

  #start(): Connection<TrainingApi> {
    const command =
      (ask: keyof TrainingApi) =>
      (request: object = {}) =>
        new Promise<void>((resolve, reject) => {
          const settle = (failure: Error | null) => (failure === null ? resolve() : reject(failure));
          this.#unanswered.push({ command: { ask, ...request }, settle });
        });
    const question =
      <Result extends Answer, Part extends Answer = never>(about: keyof TrainingApi) =>
      (request: object, { signal, onProgress }: Call<Part>) =>
        new Promise<Result>((resolve, reject) => {
          const found = (answer: Result) => resolve(answer);
          const failed = (name: string, message: string) => reject(new RemoteError({ name, message }));
          this.questions.push({ question: { about, ...request }, signal, onProgress, found, failed });
        });
    return local<TrainingApi>(() => ({
      ...{ open: command('open'), train: command('train'), pause: command('pause'), slowRound: command('slowRound') },
      ...{
        setMaxRoundsPerSecond: command('setMaxRoundsPerSecond'),
        setDutyCycle: command('setDutyCycle'),
        holdBatch: command('holdBatch'),
        setGains: command('setGains'),
        addLane: command('addLane'),
        provide: command('provide'),
        withdraw: command('withdraw'),
        savedGains: async () => this.savedGains,
      },
      ...{ removeLane: command('removeLane'), branch: command('branch'), rewind: command('rewind') },
      measureSpeed: question<undefined, MeasuredSpeed>('measureSpeed'),
      lesion: question<LesionResult, LesionResult>('lesion'),
      probe: question<ProbeResult, ProbeResult>('probe'),
      weights: question<Uint8Array<ArrayBuffer>>('weights'),
      classify: question<ImageAnswers>('classify'),
    }));
  }
}

/** Two small nets. */
export const TWO = parseExperiment({
  lanes: [{ net: { family: 'plain', depth: 8 } }, { net: { family: 'residual', depth: 8 } }],
  until: 100,
});

/** The summary of a data set without images. */
export const NO_DATA: DataSummary = {
  trainCount: 0,
  testCount: 0,
  classes: [],
  majority: { answer: 'Noto', error: 70 },
  shown: [],
};

/** The report that a race was opened. */
export function openedReport(experiment: Experiment): Report {
  return { type: 'opened', experiment, data: NO_DATA };
}

/** A report of what these lanes measured, and of nothing else unless it is given. */
export function progressReport(step: number, points: readonly LanePoints[], more: Partial<RaceReport> = {}): Report {
  const race: RaceReport = { step, points, tests: [], predictions: [], diverged: [], ...more };
  return { type: 'progress', race, roundsPerSecond: 4 };
}

/** Steps of one lane whose errors and losses can be told from each other. */
export function points(lane: string, from: number, count: number): LanePoints {
  const steps = Array.from({ length: count }, (_, index) => from + index);
  return { lane, from, errors: steps.map((step) => step % 100), losses: steps.map((step) => step / 4) };
}

/** The report of a changed experiment, every lane at step `step`. */
export function changedReport(experiment: Experiment, step: number): Report {
  return { type: 'changed', experiment, begun: new Map(experiment.lanes.map(({ name }) => [name, step])) };
}
