import type { RaceReport } from '../../core/results/report.ts';
import { wait } from '../../core/wait.ts';

/** A race, wherever its lanes are trained. */
export interface Trainable {
  readonly leastSteps: number;
  round(): void | Promise<void>;
  answerBatch(step: number | 'last'): void;
  report(): Promise<RaceReport>;
}

/** Settings that may be changed while `train` runs; it reads them between rounds. */
export interface Control {
  /** The steps that every lane is to finish. */
  until: number;
  paused: boolean;
  /** Maximum rounds per second; null for no limit. */
  maxRoundsPerSecond: number | null;
  /** Share of the time in which it trains, above 0; left out for all of it. Below 1 it rests after each round. */
  dutyCycle?: number;
  /** The training batch that the nets are asked about, by its step; left out where they are not asked. */
  batch?: number | 'last';
}

/** What `train` yields after each report. */
export interface Progress {
  readonly race: RaceReport;
  /** Rate since the last progress; null where no time has passed. */
  readonly roundsPerSecond: number | null;
}

const MILLISECONDS_BETWEEN_REPORTS = 100;

/** Answers to pictures of the batch cost some forward passes of 8 images, so they come this seldom. */
const BETWEEN_ANSWERS = { milliseconds: 500, rounds: 4 } as const;

/** A snapshot can only be taken after a report, so this bounds its age. */
const MOST_ROUNDS_A_REPORT = 25;

/**
 * Trains until every lane has finished its steps, or it is paused, and yields what was measured about ten times a
 * second, at most twice a second and at the end with answers to pictures of the batch. The number of rounds in a
 * report is estimated from how long the last ones took: rounds are only enqueued here and may run far behind on a GPU,
 * and Pause must not wait for more of them than one report holds.
 */
export async function* train(race: Trainable, control: Control): AsyncGenerator<Progress> {
  let roundsPerReport = 1;
  let sinceReport = 0;
  let reportedAt = performance.now();
  let answeredAt = Number.NEGATIVE_INFINITY;
  let sinceAnswers = 0;
  const report = async (isLast: boolean): Promise<Progress> => {
    sinceAnswers += sinceReport;
    const isDue = performance.now() - answeredAt >= BETWEEN_ANSWERS.milliseconds;
    if (control.batch !== undefined && (isLast || (isDue && sinceAnswers >= BETWEEN_ANSWERS.rounds))) {
      race.answerBatch(control.batch);
      answeredAt = performance.now();
      sinceAnswers = 0;
    }
    const told = await race.report();
    const elapsed = performance.now() - reportedAt;
    const perRound = elapsed / Math.max(1, sinceReport);
    const rounds = Math.floor(MILLISECONDS_BETWEEN_REPORTS / Math.max(perRound, 1e-3));
    roundsPerReport = Math.min(Math.max(1, rounds), MOST_ROUNDS_A_REPORT);
    const roundsPerSecond = elapsed > 0 && sinceReport > 0 ? 1000 / perRound : null;
    reportedAt = performance.now();
    sinceReport = 0;
    return { race: told, roundsPerSecond };
  };

  const goesOn = () => !control.paused && race.leastSteps < control.until;
  do {
    while (goesOn()) {
      const begun = performance.now();
      const { until } = control;
      await race.round();
      sinceReport += 1;
      // A report waits for what other workers and the GPU still compute: only then do they rest, too.
      const rests = (control.dutyCycle ?? 1) < 1;
      const isLate = rests || begun - reportedAt >= MILLISECONDS_BETWEEN_REPORTS;
      if (isLate || sinceReport >= roundsPerReport) yield await report(race.leastSteps >= control.until);
      await nextTask();
      const took = performance.now() - begun;
      const shortest = () => Math.max(1000 / (control.maxRoundsPerSecond ?? Infinity), took / (control.dutyCycle ?? 1));
      // A nearer end takes effect at once, as a pause does.
      const isHeard = () => control.paused || control.until < until;
      while (!isHeard() && performance.now() - begun < shortest()) await wait(MOMENT);
    }
    // A pause may come right behind a report without answers. Where all nets have diverged, none is left to answer.
    const isUnanswered = control.batch !== undefined && sinceAnswers > 0 && Number.isFinite(race.leastSteps);
    if (sinceReport > 0 || isUnanswered) yield await report(true);
    // The end may have been moved during the last report.
  } while (goesOn());
}

/** Milliseconds: short, so that Pause or another limit takes effect at once. */
const MOMENT = 10;

/** Yields to the event loop, so that the worker's pending messages are handled. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
