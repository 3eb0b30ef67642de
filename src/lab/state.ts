import type { BackendChoice, DeviceInfo } from '../spec/device.ts';
import type { Experiment, GainChange } from '../spec/experiment.ts';
import { DEFAULT_PRESET, PRESETS, type PresetName } from '../spec/presets.ts';
import type { DataSummary, LanePredictions } from '../spec/report.ts';
import type { SlowRound } from '../spec/slow-round.ts';
import type { RaceSnapshot } from '../spec/snapshot.ts';
import type { Failure } from '../worker/failure.ts';
import type { WorkerEnd } from '../worker/liveness.ts';
import type { LoadingWhat, Loss } from '../worker/training-api.ts';
import type { Curve } from './curve.ts';

/** Everything that the page shows. It changes by reports of the worker, not by clicks. */
export interface LabState {
  /** The experiment as the worker has it: with all surgery so far. */
  readonly experiment: Experiment;
  /** The preset that the experiment is, seed and surgery aside; null where it is none. */
  readonly preset: PresetName | null;
  /**
   * The surgery that the experiment had when it was opened. `experiment` is as it is now; as it was opened it has this
   * surgery and no other, and that is what a race which starts over is.
   */
  readonly plan: readonly GainChange[];
  /** The race that stood here until this one took its place, as long as nothing was done since. */
  readonly undo: ReplacedRace | null;
  /** The earlier race that this one is, since it was brought back; null where it is none. */
  readonly continues: number | null;
  /** What was asked for; `device` is what came of it. */
  readonly backend: BackendChoice;
  readonly device: DeviceInfo | null;
  readonly data: DataSummary | null;
  /** Whether a race is open and can be trained. */
  readonly open: boolean;
  readonly loading: { readonly what: LoadingWhat; readonly fraction: number } | null;
  readonly training: boolean;
  /** Training pauses by itself here. */
  readonly until: number;
  /** Steps that the lanes in front have finished. */
  readonly step: number;
  readonly roundsPerSecond: number | null;
  /** The most rounds a second; null for as fast as it goes. */
  readonly pace: number | null;
  /** By the lane's name; every lane has one. */
  readonly curves: ReadonlyMap<string, Curve>;
  readonly predictions: ReadonlyMap<string, LanePredictions>;
  /** Gains that were asked for and that no report has confirmed yet. */
  readonly pending: readonly PendingGain[];
  /** The steps that each lane can be rewound to, beside 0; by its name, ascending. */
  readonly kept: ReadonlyMap<string, readonly number[]>;
  /** The round of this race that was last made in slow motion. */
  readonly slowRound: SlowRound | null;
  /** Counts the races that were opened. */
  readonly race: number;
  /** The last copy of the race that was told, to be kept. */
  readonly copy: { readonly experiment: Experiment; readonly snapshot: RaceSnapshot } | null;
  /** What was asked for and cannot be opened until its data set is given. */
  readonly missing: Experiment | null;
  /** What went wrong last, until it is read. */
  readonly notice: Failure | null;
  /** The device or worker that was lost last, and where the race went on, until it is read. */
  readonly recovery: Recovery | null;
}

/** A race as it stood when another took its place: enough to bring it back to the bit. */
export interface ReplacedRace
  extends Pick<LabState, 'experiment' | 'plan' | 'backend' | 'until' | 'step' | 'curves' | 'predictions' | 'race'> {
  readonly snapshot: RaceSnapshot;
}

/** From what the race recovered, and at which step it goes on. */
export type Recovery =
  | { readonly from: 'device'; readonly loss: Loss; readonly step: number; readonly device: DeviceInfo }
  | {
      readonly from: 'worker';
      readonly end: WorkerEnd;
      readonly step: number;
      /** Steps that had been made and are made again. */
      readonly lost: number;
      /** Whether it was being trained. */
      readonly training: boolean;
    };

export interface PendingGain {
  readonly lane: string;
  readonly block: number;
  readonly gain: number;
}

export const initialState: LabState = {
  experiment: { ...PRESETS[DEFAULT_PRESET], lanes: [] },
  preset: null,
  plan: [],
  undo: null,
  continues: null,
  backend: 'auto',
  device: null,
  data: null,
  open: false,
  loading: { what: 'device', fraction: 0 },
  training: false,
  until: PRESETS[DEFAULT_PRESET].until,
  step: 0,
  roundsPerSecond: null,
  pace: null,
  curves: new Map(),
  predictions: new Map(),
  pending: [],
  kept: new Map(),
  slowRound: null,
  race: 0,
  copy: null,
  missing: null,
  notice: null,
  recovery: null,
};
