import type { RunDevice } from '../experiment/device.ts';
import type { Experiment, GainChange } from '../experiment/experiment.ts';
import type { TestPoint } from './report.ts';
import type { RaceSnapshot } from './snapshot.ts';

/** How many runs a browser keeps; of more, those with a name and the latest others. */
export const MOST_RUNS = 100;

/** A saved race: its experiment and its curves. */
export interface SavedRun {
  readonly id: string;
  /** The name that the user gave it, or null. */
  readonly name: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly experiment: Experiment;
  readonly device: RunDevice | null;
  /** Steps that the foremost lane has finished. */
  readonly step: number;
  readonly curves: readonly SavedCurve[];
}

/** The learning curve of one lane. */
export interface SavedCurve {
  readonly lane: string;
  /** Error in percent of each step's batch, first step first. */
  readonly errors: Float32Array;
  /** Mean cross-entropy of each step's batch, in nats. */
  readonly losses: Float32Array;
  readonly tests: readonly TestPoint[];
  readonly divergedAt: number | null;
  /** The first layer whose output was not finite; left out where none is known. */
  readonly brokenLayer?: string;
}

/** The seeds that an experiment is repeated over: `count` of them, from `first` on. */
export interface SeedPlan {
  readonly first: number;
  readonly count: number;
}

/** A saved session of a tab: its race with the snapshot to resume it from. */
export interface SavedSession {
  /** Id of the tab; while that is open, no other tab may go on from it. */
  readonly tab: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly until: number;
  readonly run: SavedRun;
  /** The seeds over which it is being repeated. */
  readonly repeat?: SeedPlan;
  /** The surgery that the experiment had when it was opened, which Reset keeps; left out, none. */
  readonly plan?: readonly GainChange[];
  /** Steps that Train adds to the end once that is reached; left out, those of the experiment's end. */
  readonly extension?: number;
  readonly snapshot: RaceSnapshot;
}

/** A saved session without its large parts. */
export type SessionSummary = Pick<SavedSession, 'tab' | 'savedAt'> & Pick<SavedRun, 'experiment' | 'step'>;

/**
 * The Web Lock that each tab holds for as long as it is open, on the name under which it saves its race. A race whose
 * name is not locked was left behind: another tab may resume it, and it may be deleted.
 */
const PREFIX = 'resnet-playground/';

/** The name of a tab's Web Lock. */
export function lockOfTab(tab: string): string {
  return PREFIX + tab;
}

/** The tab that a lock belongs to; null for locks of other kinds. */
export function tabOfLock(lock: string | undefined): string | null {
  return lock?.startsWith(PREFIX) ? lock.slice(PREFIX.length) : null;
}
