import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SlowRound } from '../../core/results/slow-round.ts';
import { BROWSER, type Clock } from '../insight/probe-scheduler.ts';
import { type Handled, handledBy } from '../lab/handled.ts';
import type { Lab } from '../lab/lab.ts';
import { type Moment, momentsOf, type Phase } from './slow-moments.ts';

/** Speeds of the playback, in moments per second. */
export const SLOW_PACES = [0.5, 1, 2, 4, 8] as const;
export type SlowPace = (typeof SLOW_PACES)[number];

/** For how many moments the playback stays: a loss and an update have one moment each, with more to read. */
const HOLD: Readonly<Record<Phase, number>> = { forward: 1, loss: 4, backward: 1, update: 1 };

/** State of the slow-motion playback of one round. */
export interface SlowMotionState {
  /** The recorded round, or null. */
  readonly round: SlowRound | null;
  readonly moments: readonly Moment[];
  /** The moment that is shown, counted from 0. */
  readonly at: number;
  readonly playing: boolean;
  readonly pace: SlowPace;
  /** Whether the engine is recording a round. */
  readonly making: boolean;
}

export interface SlowMotion {
  readonly store: StoreApi<SlowMotionState>;
  /** Records one round and shows its first moment. */
  make(options: { readonly play: boolean }): Handled;
  /** Starts the playback, from the beginning if it is at the end. */
  play(): void;
  pause(): void;
  /** Shows this moment and stays there. */
  seek(at: number): void;
  setPace(pace: SlowPace): void;
  close(): void;
}

const NOTHING = { round: null, moments: [], at: 0, playing: false } as const;

export function createSlowMotion(
  lab: Pick<Lab, 'store' | 'slowRound' | 'showFailure'>,
  clock: Clock = BROWSER,
): SlowMotion {
  const store = createStore<SlowMotionState>(() => ({ ...NOTHING, pace: 2, making: false }));
  const { getState, setState } = store;
  /** Incremented on every start and stop; a timer of an older value is ignored. */
  let turn = 0;
  /** Incremented by every recording, and when the panel is closed; a recording of an older value is not shown. */
  let recording = 0;

  const tick = (own: number) => {
    const { moments: all, at: shown, pace } = getState();
    const phase = all[shown]?.phase ?? 'forward';
    clock.later((1000 * HOLD[phase]) / pace, () => {
      if (own !== turn) return;
      const { at, moments } = getState();
      const isLast = at >= moments.length - 1;
      setState(isLast ? { playing: false } : { at: at + 1 });
      if (!isLast) tick(own);
    });
  };
  const stop = () => {
    turn += 1;
    setState({ playing: false });
  };
  const play = () => {
    const { at, moments, round } = getState();
    if (round === null) return;
    turn += 1;
    setState({ playing: true, at: at >= moments.length - 1 ? 0 : at });
    tick(turn);
  };
  const close = () => {
    turn += 1;
    recording += 1;
    setState({ ...NOTHING, making: false });
  };
  // Of another race, or of one that was set back.
  lab.store.subscribe((now, before) => {
    if (now.slowRound === null && before.slowRound !== null) close();
  });

  return handledBy<SlowMotion>(lab.showFailure, {
    store,
    make: async (options) => {
      if (getState().making) return;
      stop();
      recording += 1;
      const own = recording;
      setState({ making: true });
      try {
        await lab.slowRound();
        const round = lab.store.getState().slowRound;
        if (own !== recording || round === null) return;
        // The round before may have been played meanwhile.
        stop();
        setState({ round, moments: momentsOf(round), at: 0 });
        if (options.play) play();
      } finally {
        if (own === recording) setState({ making: false });
      }
    },
    play,
    pause: stop,
    seek: (at) => {
      stop();
      setState({ at: Math.max(0, Math.min(getState().moments.length - 1, at)) });
    },
    setPace: (pace) => {
      setState({ pace });
      if (!getState().playing) return;
      turn += 1;
      tick(turn);
    },
    close,
  });
}
