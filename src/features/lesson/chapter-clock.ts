import type { LabState } from '../lab/state.ts';
import type { Pace } from './chapters/pace.ts';
import type { LessonState } from './lesson-state.ts';

/** Seconds of training and measuring in one chapter from which a device gets the short chapters. */
const SLOW_SECONDS = 60;
/** A full chapter takes about this many times as long as a short one. */
const FULL_TO_SHORT = 5;

/** Short chapters where one took long on this device, or where it computes without acceleration. */
export function paceOf({ seconds }: Pick<LessonState, 'seconds'>, { device }: Pick<LabState, 'device'>): Pace {
  return device?.backend === 'cpu' || [...seconds.values()].some((spent) => spent > SLOW_SECONDS) ? 'short' : 'full';
}

/** Times the training and measuring of a chapter; a short chapter counts as the full one that it stands for. */
export function createChapterClock() {
  const watch = createStopwatch();
  let paceNow: Pace = 'full';
  return {
    /** Counts from now on, or no longer. */
    run: watch.run,
    begin: (pace: Pace) => {
      paceNow = pace;
      watch.reset();
    },
    seconds: () => watch.seconds() * (paceNow === 'short' ? FULL_TO_SHORT : 1),
  };
}

/** Adds up the time in which it runs. */
function createStopwatch() {
  let sum = 0;
  let since: number | null = null;
  return {
    run: (running: boolean) => {
      if (running === (since !== null)) return;
      if (since !== null) sum += performance.now() - since;
      since = running ? performance.now() : null;
    },
    reset: () => {
      sum = 0;
      if (since !== null) since = performance.now();
    },
    seconds: () => (sum + (since === null ? 0 : performance.now() - since)) / 1000,
  };
}
