import type { RunDevice } from './device.ts';
import type { Experiment, GainChange } from './experiment.ts';
import type { TestPoint } from './report.ts';
import type { RaceSnapshot } from './snapshot.ts';

/** A race as it is kept: what it was, and what was measured. */
export interface KeptRun {
  readonly id: string;
  /** The name that the user gave it, or null. */
  readonly name: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly experiment: Experiment;
  readonly device: RunDevice | null;
  /** Steps that the lanes in front have finished. */
  readonly step: number;
  readonly curves: readonly KeptCurve[];
}

export interface KeptCurve {
  readonly lane: string;
  /** Error in percent of each step's batch, first step first. */
  readonly errors: Float32Array;
  /** Mean cross-entropy of each step's batch. */
  readonly losses: Float32Array;
  readonly tests: readonly TestPoint[];
  readonly divergedAt: number | null;
}

/** The seeds that an experiment is repeated over: `count` of them, from `first` on. */
export interface SeedPlan {
  readonly first: number;
  readonly count: number;
}

/** Where a tab stood when it last kept its race: enough to go on from there. */
export interface Standing {
  /** Id of the tab; while that is open, no other tab may go on from it. */
  readonly tab: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly until: number;
  readonly run: KeptRun;
  /** The seeds over which it is being repeated. */
  readonly repeat?: SeedPlan;
  /** The surgery that the experiment had when it was opened, which Reset keeps; left out, none. */
  readonly plan?: readonly GainChange[];
  readonly snapshot: RaceSnapshot;
}

/** A standing without what is large. */
export type StandingSummary = Pick<Standing, 'tab' | 'savedAt'> & Pick<KeptRun, 'experiment' | 'step'>;
