import type { BackendChoice, DeviceInfo } from '../../core/experiment/device.ts';
import type { Experiment, GainChange } from '../../core/experiment/experiment.ts';
import { DEFAULT_PRESET, PRESETS, type PresetName } from '../../core/experiment/presets.ts';
import type {
  BatchAnswers,
  DataSummary,
  Distributed,
  LanePredictions,
  LoadingWhat,
  Loss,
  SerializedError,
  ShownBatch,
} from '../../core/results/report.ts';
import type { SlowRound } from '../../core/results/slow-round.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import type { WorkerEnd } from '../../workers/liveness.ts';
import type { Curve } from './curve.ts';

/** The state that the page shows. It changes by the worker's reports, not by clicks. */
export interface LabState {
  /** The worker's present experiment, with all surgery so far; its end, `until`, is the page's. */
  readonly experiment: Experiment;
  /** The preset that the experiment equals, apart from seed, end and surgery; null if it is none. */
  readonly preset: PresetName | null;
  /**
   * The surgery that the experiment had when it was opened. A reset opens `experiment` with this surgery only.
   */
  readonly plan: readonly GainChange[];
  /** The gains of each lane at step 0 when it was opened or added, by its name: at step 0 surgery changes those of `experiment`. */
  readonly built: ReadonlyMap<string, readonly number[]>;
  /** The last race before this one that had steps to lose, which `undo` restores; null once this race was changed. */
  readonly undo: ReplacedRace | null;
  /** Number of the earlier race that this one continues after an undo, or null. */
  readonly continues: number | null;
  /** The requested backend; `device` is the one in use. */
  readonly backend: BackendChoice;
  readonly device: DeviceInfo | null;
  /** The workers among which the race's lanes are distributed; null while one trains them all. */
  readonly distribution: Distributed | null;
  readonly data: DataSummary | null;
  /** Whether a race is open and can be trained. */
  readonly open: boolean;
  /** What is loaded or started; the page itself until the worker reports. */
  readonly loading: { readonly what: LoadingWhat | 'page'; readonly fraction: number } | null;
  readonly training: boolean;
  /** The step at which training waits on its way to the end, once; null for none. */
  readonly waitAt: number | null;
  /** Steps that Train adds to the experiment's end once all nets have reached it: its end as it was opened. */
  readonly extension: number;
  /** Steps that the foremost lane has finished. */
  readonly step: number;
  /** The first steps of this race that are only timed: a copy of no more is not kept. */
  readonly timedSteps: number;
  readonly roundsPerSecond: number | null;
  /** Maximum rounds per second; null for no limit. */
  readonly maxRoundsPerSecond: number | null;
  /** Share of the time in which it trains: below 1 while another tab precedes this one (`tabs.ts`). */
  readonly dutyCycle: number;
  /** Curves by lane name; every lane has one. */
  readonly curves: ReadonlyMap<string, Curve>;
  readonly predictions: ReadonlyMap<string, LanePredictions>;
  /** The first pictures of a training batch, and the nets' last answers to them; null before they are known. */
  readonly batch: (ShownBatch & BatchAnswers) | null;
  /** Whether the pictures of that batch stay while training goes on. */
  readonly holdsBatch: boolean;
  /** Requested gains that no report has confirmed yet. */
  readonly pending: readonly PendingGain[];
  /** Steps of each lane's checkpoints, ascending, by lane name; step 0 is not among them. */
  readonly kept: ReadonlyMap<string, readonly number[]>;
  /** The last round of this race that was run in slow motion, or null. */
  readonly slowRound: SlowRound | null;
  /** Number of races opened so far, which identifies this race. */
  readonly race: number;
  /** The race that is being opened; null if none is. */
  readonly opening: Opening | null;
  /** Names of lanes that the worker was asked to add or remove, and has not yet. */
  readonly joining: readonly string[];
  readonly leaving: readonly string[];
  /** The last snapshot that the worker sent, for autosave, and the experiment with all changes since. */
  readonly copy: { readonly experiment: Experiment; readonly snapshot: RaceSnapshot } | null;
  /** The snapshot that the race goes on from, which the worker does not send back; null where it began at step 0. */
  readonly openedFrom: RaceSnapshot | null;
  /** An experiment that cannot be opened until its data set is provided, or null. */
  readonly missing: Experiment | null;
  /** The last failure, until it is dismissed. */
  readonly notice: SerializedError | null;
  /**
   * Set if the race was opened from an experiment on emoji of an earlier version, or resumed from a session of one; until
   * it is dismissed.
   */
  readonly earlierImages: 'opened' | 'resumed' | null;
  /** The last recovery from a lost device or worker, until it is dismissed. */
  readonly recovery: Recovery | null;
}

/** The state of a race when another replaced it, from which it can be restored bit-exactly. */
export interface ReplacedRace
  extends Pick<
    LabState,
    'experiment' | 'plan' | 'built' | 'extension' | 'backend' | 'step' | 'curves' | 'predictions' | 'batch' | 'race'
  > {
  readonly snapshot: RaceSnapshot;
  /** Whether the race that replaced it is an edit of it, as in `Opening`. */
  readonly isEdit: boolean;
}

/** What a race is opened with: an experiment, and the backend that is asked for. */
export interface RaceSetup {
  readonly experiment: Experiment;
  readonly backend: BackendChoice;
}

/** Requests to open a race that the worker has not answered yet; the latest replaces the others. */
export interface Opening {
  readonly requests: number;
  readonly latest: RaceSetup;
  /** The surgery with which a reset opens that one: what else its experiment has was done after it was first opened. */
  readonly plan: readonly GainChange[];
  /** Whether it is the race before with another recipe, data or device, or reset; or the race that Undo brings back. */
  readonly isEdit: boolean;
  /** Whether it is to stand at the steps of a snapshot: it is opened at step 0 first. */
  readonly isResumed: boolean;
  /** The end of training that was typed for it meanwhile, or null. */
  readonly typedUntil: number | null;
}

/** The loss from which the race recovered, and the step at which it continues. */
export type Recovery =
  | { readonly from: 'device'; readonly loss: Loss; readonly step: number; readonly device: DeviceInfo }
  | {
      readonly from: 'worker';
      readonly end: WorkerEnd;
      readonly step: number;
      /** Number of steps that are trained again. */
      readonly lost: number;
      /** Whether it was being trained. */
      readonly training: boolean;
    };

/** The newest snapshot of the race; null where it stands at step 0, or none has come yet. */
export function newestSnapshot({ copy, openedFrom }: Pick<LabState, 'copy' | 'openedFrom'>): RaceSnapshot | null {
  return copy?.snapshot ?? openedFrom;
}

export interface PendingGain {
  readonly lane: string;
  readonly block: number;
  readonly gain: number;
}

export const initialState: LabState = {
  experiment: { ...PRESETS[DEFAULT_PRESET], lanes: [] },
  preset: null,
  plan: [],
  built: new Map(),
  undo: null,
  continues: null,
  backend: 'auto',
  device: null,
  distribution: null,
  data: null,
  open: false,
  loading: { what: 'page', fraction: 0 },
  training: false,
  waitAt: null,
  extension: PRESETS[DEFAULT_PRESET].until,
  step: 0,
  timedSteps: 0,
  roundsPerSecond: null,
  maxRoundsPerSecond: null,
  dutyCycle: 1,
  curves: new Map(),
  predictions: new Map(),
  batch: null,
  holdsBatch: false,
  pending: [],
  kept: new Map(),
  slowRound: null,
  race: 0,
  opening: null,
  joining: [],
  leaving: [],
  copy: null,
  openedFrom: null,
  missing: null,
  notice: null,
  earlierImages: null,
  recovery: null,
};
