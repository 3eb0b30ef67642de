import type { Experiment } from '../../spec/experiment.ts';
import { parseExperiment } from '../../spec/parse.ts';
import type { DataSummary, LanePoints, RaceReport } from '../../spec/report.ts';
import { type InquireOptions, WorkerFailure } from '../../worker/client.ts';
import type { Command, Finding, Question, Report } from '../../worker/protocol.ts';
import { createLab, type Lab } from '../lab.ts';

/** A worker that does nothing by itself: a test says what it tells and how it answers. */
export class FakeWorker {
  readonly lab: Lab;
  /** The questions that wait for an answer, oldest first. */
  readonly questions: {
    readonly question: Question;
    readonly options: InquireOptions;
    readonly found: (finding: Finding) => void;
    readonly failed: (name: string, message: string) => void;
  }[] = [];
  readonly #unanswered: { readonly command: Command; readonly settle: (failure: WorkerFailure | null) => void }[] = [];
  #tell: (report: Report) => void = () => {};

  constructor() {
    this.lab = createLab((onReport) => {
      this.#tell = onReport;
      return {
        ask: (command) =>
          new Promise((resolve, reject) => {
            const settle = (failure: WorkerFailure | null) => (failure === null ? resolve() : reject(failure));
            this.#unanswered.push({ command, settle });
          }),
        inquire: (question, options = {}) =>
          new Promise((resolve, reject) => {
            const failed = (name: string, message: string) => reject(new WorkerFailure({ name, message }));
            this.questions.push({ question, options, found: resolve, failed });
          }),
      };
    });
  }

  get state() {
    return this.lab.store.getState();
  }

  /** The commands that wait for an answer, oldest first. */
  get asked(): readonly Command[] {
    return this.#unanswered.map(({ command }) => command);
  }

  tell(report: Report): void {
    this.#tell(report);
  }

  /** Tells these, then answers the oldest command. */
  done(...reports: readonly Report[]): void {
    for (const report of reports) this.#tell(report);
    this.#unanswered.shift()?.settle(null);
  }

  failed(name: string, message: string): void {
    this.#unanswered.shift()?.settle(new WorkerFailure({ name, message }));
  }

  /** Resolves when all that followed from what was told has happened. */
  idle(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve));
  }

  /** Has the lab open this experiment, and tells that it stands. */
  async open(experiment: Experiment = TWO): Promise<void> {
    const opened = this.lab.open(experiment);
    this.done(openedReport(experiment));
    await opened;
  }
}

/** Two small nets. */
export const TWO = parseExperiment({
  lanes: [{ net: { family: 'plain', depth: 8 } }, { net: { family: 'residual', depth: 8 } }],
  until: 100,
});

const NO_DATA: DataSummary = {
  trainCount: 0,
  testCount: 0,
  testUsed: 0,
  classes: [],
  majority: { answer: 'Noto', error: 70 },
  shown: [],
};

export function openedReport(experiment: Experiment): Report {
  return { tell: 'opened', experiment, data: NO_DATA };
}

/** A report of what these lanes measured, and of nothing else unless it is given. */
export function progressReport(step: number, points: readonly LanePoints[], more: Partial<RaceReport> = {}): Report {
  const race: RaceReport = { step, points, tests: [], predictions: [], diverged: [], ...more };
  return { tell: 'progress', race, roundsPerSecond: 4 };
}

/** Steps of one lane whose errors and losses can be told from each other. */
export function points(lane: string, from: number, count: number): LanePoints {
  const steps = Array.from({ length: count }, (_, index) => from + index);
  return { lane, from, errors: steps.map((step) => step % 100), losses: steps.map((step) => step / 4) };
}

export function changedReport(experiment: Experiment, step: number): Report {
  return { tell: 'changed', experiment, begun: new Map(experiment.lanes.map(({ name }) => [name, step])) };
}
