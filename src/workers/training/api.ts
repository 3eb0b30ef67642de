import type { BackendChoice, BackendName, DeviceInfo } from '../../core/experiment/device.ts';
import type { Experiment, LaneSpec } from '../../core/experiment/experiment.ts';
import type { LesionRequest, LesionResult } from '../../core/results/lesion.ts';
import type { DataSummary, ImageAnswers, Picture, RaceReport } from '../../core/results/report.ts';
import type { SlowRound } from '../../core/results/slow-round.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import type { ProbeRequest, ProbeResult } from '../../features/insight/probes/probes.ts';
import type { Failure } from '../failure.ts';
import type { Call } from '../rpc.ts';

/** The API of the training worker. A method that rejects leaves the race as it was. */
export interface TrainingApi {
  /** Loads an experiment's data and opens its race at step 0; lanes in the snapshot `from` continue at its step. */
  open(request: {
    readonly experiment: Experiment;
    readonly backend: BackendChoice;
    readonly from?: RaceSnapshot;
  }): Promise<void>;
  /** Trains until every lane has finished `until` steps, or until `pause`; resolves when it stops. */
  train(request: { readonly until: number }): Promise<void>;
  pause(): Promise<void>;
  /** Pauses training, runs one round and reports the norms of every instruction in a `slowRound`. */
  slowRound(): Promise<void>;
  /** Limits the rounds per second; null for no limit. */
  pace(request: { readonly roundsPerSecond: number | null }): Promise<void>;
  /** Sets gains from the step after `from` finished ones; without `from`, from the lane's next step. */
  setGains(request: {
    readonly lane: string;
    readonly gains: readonly BlockGain[];
    readonly from?: number;
  }): Promise<void>;
  /** Adds a lane. If the race has begun, it trains alone on the batches that it missed until it has caught up. */
  addLane(request: { readonly lane: LaneSpec }): Promise<void>;
  removeLane(request: { readonly lane: string }): Promise<void>;
  /** Adds a copy of a lane; with `grow`, with one more block in each stage from here on. */
  branch(request: { readonly lane: string; readonly grow: boolean }): Promise<void>;
  /** Rewinds a lane to its last checkpoint at or before `step`, or to step 0. */
  rewind(request: { readonly lane: string; readonly step: number }): Promise<void>;
  /** Transfers a file of weights, or a packed data set that the browser does not store. Kept while the worker lives. */
  lend(request: { readonly hash: string; readonly bytes: Uint8Array<ArrayBuffer> }): Promise<void>;
  lesion(request: LesionQuestion, call: Call<LesionResult>): Promise<LesionResult>;
  probe(request: ProbeQuestion, call: Call<ProbeResult>): Promise<ProbeResult>;
  /** A lane's weights and running statistics as a safetensors file. */
  weights(request: { readonly lane: string }, call: Call): Promise<Uint8Array<ArrayBuffer>>;
  /** Every lane's class probabilities for an image. */
  classify(request: { readonly picture: Picture }, call: Call): Promise<ImageAnswers>;
}

export interface LesionQuestion {
  readonly lane: string;
  readonly request: LesionRequest;
}

export interface ProbeQuestion {
  readonly lane: string;
  readonly request: ProbeRequest;
  /** Probes the lane as it was at step 0. */
  readonly atStart?: boolean;
}

export interface BlockGain {
  /** Counted from 1. */
  readonly block: number;
  readonly gain: number;
}

/** Events of the training worker, in order. */
export type Report =
  | { readonly tell: 'device'; readonly device: DeviceInfo }
  | { readonly tell: 'loading'; readonly what: LoadingWhat; readonly fraction: number }
  /** A race was opened, at step 0 or at the step of its snapshot. */
  | { readonly tell: 'opened'; readonly experiment: Experiment; readonly data: DataSummary }
  /** Training has begun or ended. */
  | { readonly tell: 'training'; readonly training: boolean }
  | { readonly tell: 'progress'; readonly race: RaceReport; readonly roundsPerSecond: number | null }
  /** A round in slow motion, after its `progress`. */
  | { readonly tell: 'slowRound'; readonly round: SlowRound }
  /** The experiment after surgery or a change of lanes, and the number of steps that each lane has begun. */
  | { readonly tell: 'changed'; readonly experiment: Experiment; readonly begun: ReadonlyMap<string, number> }
  /** The first layer of a diverged lane whose output was not finite, or "loss" if all were finite. */
  | { readonly tell: 'diagnosed'; readonly lane: string; readonly layer: string }
  /** A snapshot of the race, some steps old, for autosave. Sent every few seconds, and when training ends. */
  | { readonly tell: 'copied'; readonly experiment: Experiment; readonly snapshot: RaceSnapshot }
  /** The steps of each lane's checkpoints, to which it can be rewound; 0 is not among them. */
  | { readonly tell: 'kept'; readonly steps: ReadonlyMap<string, readonly number[]> }
  | Recovered
  /** An error outside of any call, after which the race is closed. */
  | { readonly tell: 'broken'; readonly failure: Failure };

/**
 * The device was lost, and the race has been recovered from a snapshot. Only the curves up to each lane's step in that
 * snapshot still count.
 */
export interface Recovered {
  readonly tell: 'recovered';
  readonly loss: Loss;
  /** Backend in effect from now on (may differ from the one requested). */
  readonly backend: BackendChoice;
  readonly experiment: Experiment;
  readonly steps: ReadonlyMap<string, number>;
}

/** A lost device, with the browser's reason, which may be empty. */
export interface Loss {
  readonly backend: BackendName;
  readonly reason: string;
}

export type LoadingWhat = 'device' | 'data' | 'kernels';
