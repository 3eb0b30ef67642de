import type { Picture } from '../../core/data/images.ts';
import type { BranchKind } from '../../core/experiment/branch-off.ts';
import type { BackendChoice } from '../../core/experiment/device.ts';
import type { Experiment, LaneSpec } from '../../core/experiment/experiment.ts';
import type { BlockGain } from '../../core/experiment/surgery.ts';
import type { MeasuredSpeed, SpeedTask } from '../../core/results/device-speed.ts';
import type { LesionQuestion, LesionResult } from '../../core/results/lesion.ts';
import type { ImageAnswers } from '../../core/results/report.ts';
import type { RaceSnapshot, WeightsFormat } from '../../core/results/snapshot.ts';
import type { ProbeRequest, ProbeResult } from '../../features/insight/probes/probes.ts';
import type { Call } from '../rpc.ts';

/** The API of the training worker. A method that rejects leaves the race as it was. */
export interface TrainingApi {
  /** Loads an experiment's data and opens its race at step 0; lanes in the snapshot `from` continue at its step. */
  open(request: {
    readonly experiment: Experiment;
    readonly backend: BackendChoice;
    readonly from?: RaceSnapshot;
  }): Promise<void>;
  /**
   * Trains until every lane has finished `until` steps, or until `pause`; resolves when it stops. Where it trains already,
   * only moves its end.
   */
  train(request: { readonly until: number }): Promise<void>;
  pause(): Promise<void>;
  /** Pauses training, runs one round and reports the norms of every instruction in a `slowRound`. */
  slowRound(): Promise<void>;
  /** Limits the rounds per second; null for no limit. */
  setMaxRoundsPerSecond(request: { readonly maxRoundsPerSecond: number | null }): Promise<void>;
  /** Trains in this share of the time, above 0 and at most 1: less while another tab precedes this one. */
  setDutyCycle(request: { readonly dutyCycle: number }): Promise<void>;
  /** Asks the nets about the batch of one step until null asks about that of the last one again. */
  holdBatch(request: { readonly step: number | null }): Promise<void>;
  /** Sets gains from the step after `from` finished ones; without `from`, from the lane's next step. */
  setGains(request: {
    readonly lane: string;
    readonly gains: readonly BlockGain[];
    readonly from?: number;
  }): Promise<void>;
  /**
   * Adds a lane, under another name where its own is taken meanwhile. If the race has begun, it trains alone on the batches
   * that it missed until it has caught up.
   */
  addLane(request: { readonly lane: LaneSpec }): Promise<void>;
  removeLane(request: { readonly lane: string }): Promise<void>;
  /** Adds a branch of a lane: a copy, or one that goes on with a net that computes the same function. */
  branch(request: { readonly lane: string; readonly kind: BranchKind }): Promise<void>;
  /** Rewinds a lane to its last checkpoint at or before `step`, or to step 0. */
  rewind(request: { readonly lane: string; readonly step: number }): Promise<void>;
  /** Transfers a file of weights, or a packed data set that the browser does not store. Kept until it is withdrawn. */
  provide(request: { readonly hash: string; readonly bytes: Uint8Array<ArrayBuffer> }): Promise<void>;
  /** The gains of the net that a provided file of weights was saved from, block by block; null where it tells none. */
  savedGains(request: { readonly hash: string }): Promise<readonly number[] | null>;
  /** Frees a file that was provided; nothing happens where none was. */
  withdraw(request: { readonly hash: string }): Promise<void>;
  /** Pauses training and measures the device, task by task. Rejects if it is withdrawn. */
  measureSpeed(request: { readonly tasks: readonly SpeedTask[] }, call: Call<MeasuredSpeed>): Promise<void>;
  lesion(request: LesionQuestion, call: Call<LesionResult>): Promise<LesionResult>;
  probe(request: ProbeQuestion, call: Call<ProbeResult>): Promise<ProbeResult>;
  /** A lane's weights, with running statistics that fit its function, as a file. */
  weights(
    request: { readonly lane: string; readonly format: WeightsFormat },
    call: Call,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Every lane's class probabilities for an image. */
  classify(request: { readonly picture: Picture }, call: Call): Promise<ImageAnswers>;
}

export interface ProbeQuestion {
  readonly lane: string;
  readonly request: ProbeRequest;
  /** Probes the lane as it was at step 0. */
  readonly atStart?: boolean;
}
