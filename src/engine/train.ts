import type { RaceReport } from '../spec/report.ts';
import type { Race } from './race.ts';

/** Who trains may change these at any time; they are looked at between rounds. */
export interface Control {
  paused: boolean;
  /** At most so many rounds a second; null for as fast as it goes. */
  pace: number | null;
}

export interface Progress {
  readonly race: RaceReport;
  /** Since the last progress; null where no time has passed. */
  readonly roundsPerSecond: number | null;
}

const MILLISECONDS_BETWEEN_REPORTS = 100;

/** A copy of the race can only be made after a report, and it must never be old. */
const MOST_ROUNDS_A_REPORT = 25;

/**
 * Trains until every lane has finished `until` steps, or it is paused, and tells what was measured about ten times a
 * second. How many rounds go into one report is learned from how long the last ones took: rounds are only begun here
 * and may run far behind on a GPU, and Pause must not wait for more of them than one report holds.
 */
export async function* train(race: Race, until: number, control: Control): AsyncGenerator<Progress> {
  let roundsPerReport = 1;
  let sinceReport = 0;
  let reportedAt = performance.now();
  const report = async (): Promise<Progress> => {
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

  while (!control.paused && race.finished < until) {
    const begun = performance.now();
    race.round();
    sinceReport += 1;
    const isLate = begun - reportedAt >= MILLISECONDS_BETWEEN_REPORTS;
    if (isLate || sinceReport >= roundsPerReport) yield await report();
    await nextTask();
    while (control.pace !== null && !control.paused && performance.now() - begun < 1000 / control.pace) await aMoment();
  }
  if (sinceReport > 0) yield await report();
}

/** Short, so that a pace that is changed or a Pause is heard at once. */
function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

/** Lets messages that have come in be heard. */
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
