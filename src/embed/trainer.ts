import { isOver } from '../features/lab/curve.ts';
import type { Lab } from '../features/lab/lab.ts';

/** Trains the race of a widget as its reader and the page around it ask: what was asked for last counts. */
export interface Trainer {
  /** Opens the race where that is not done yet, and trains it. */
  train(): void;
  /** The same, but from step 0 where the race has come to its end. */
  trainAgain(): void;
  /** Pauses training, also that which waits until the race is open. */
  pause(): void;
}

/** `open` opens the race where that is not done yet. */
export function createTrainer(
  lab: Pick<Lab, 'store' | 'attempt' | 'train' | 'pause' | 'reset'>,
  open: () => PromiseLike<void>,
): Trainer {
  const { getState } = lab.store;
  /** What was asked for last. */
  let isToTrain = false;
  const trainFrom = (begin: () => Promise<void>) => {
    isToTrain = true;
    lab.attempt(async () => {
      await begin();
      if (isToTrain && !getState().training) await lab.train();
    });
  };
  return {
    train: () => trainFrom(async () => open()),
    trainAgain: () =>
      trainFrom(async () => {
        await open();
        const { curves, experiment } = getState();
        if (isToTrain && isOver(curves, experiment.until)) await lab.reset();
      }),
    pause: () => {
      isToTrain = false;
      if (getState().open) lab.pause();
    },
  };
}
