import type { ProbeRequest, ProbeResult } from '../probes/probes.ts';
import type { BackendChoice, BackendName, DeviceInfo } from '../spec/device.ts';
import type { Experiment, LaneSpec } from '../spec/experiment.ts';
import type { LesionRequest, LesionResult } from '../spec/lesion.ts';
import type { DataSummary, ImageAnswers, Picture, RaceReport } from '../spec/report.ts';
import type { SlowRound } from '../spec/slow-round.ts';
import type { RaceSnapshot } from '../spec/snapshot.ts';
import type { Failure } from './failure.ts';
import type { Call } from './rpc.ts';

/** What the page asks of the worker that trains. What stood before a method that fails still stands. */
export interface TrainingApi {
  /** Loads what the experiment needs and starts it over, at step 0; a lane that is in `from` goes on from there. */
  open(request: {
    readonly experiment: Experiment;
    readonly backend: BackendChoice;
    readonly from?: RaceSnapshot;
  }): Promise<void>;
  /** Trains until every lane has done `until` steps, or until `pause`; resolves when it stops. */
  train(request: { readonly until: number }): Promise<void>;
  pause(): Promise<void>;
  /** One round, of which every instruction is written down and told; what trains now ends. */
  slowRound(): Promise<void>;
  /** Limits the rounds a second; null for as fast as it goes. */
  pace(request: { readonly roundsPerSecond: number | null }): Promise<void>;
  /** From the step after `from` finished ones; left out, from the lane's next. */
  setGains(request: {
    readonly lane: string;
    readonly gains: readonly BlockGain[];
    readonly from?: number;
  }): Promise<void>;
  /** A lane that joins late trains alone, on the batches that it missed, until it has caught up. */
  addLane(request: { readonly lane: LaneSpec }): Promise<void>;
  removeLane(request: { readonly lane: string }): Promise<void>;
  /** Adds a lane that has been this one until now; grown, it has one more block in each stage from here on. */
  branch(request: { readonly lane: string; readonly grow: boolean }): Promise<void>;
  /** Back to the last checkpoint that is not after `step`, or to step 0. */
  rewind(request: { readonly lane: string; readonly step: number }): Promise<void>;
  /** A file of weights, or a packed data set that the browser does not keep: it is there while the worker lives. */
  lend(request: { readonly hash: string; readonly bytes: Uint8Array<ArrayBuffer> }): Promise<void>;
  lesion(request: LesionQuestion, call: Call<LesionResult>): Promise<LesionResult>;
  probe(request: ProbeQuestion, call: Call<ProbeResult>): Promise<ProbeResult>;
  /** A lane's weights as a file of the safetensors format. */
  weights(request: { readonly lane: string }, call: Call): Promise<Uint8Array<ArrayBuffer>>;
  /** What every lane takes an image for. */
  classify(request: { readonly picture: Picture }, call: Call): Promise<ImageAnswers>;
}

export interface LesionQuestion {
  readonly lane: string;
  readonly request: LesionRequest;
}

export interface ProbeQuestion {
  readonly lane: string;
  readonly request: ProbeRequest;
  /** Of the lane as it was at step 0. */
  readonly atStart?: boolean;
}

export interface BlockGain {
  /** Counted from 1. */
  readonly block: number;
  readonly gain: number;
}

/** What the worker tells the page, in the order in which it happens. */
export type Report =
  | { readonly tell: 'device'; readonly device: DeviceInfo }
  | { readonly tell: 'loading'; readonly what: LoadingWhat; readonly fraction: number }
  /** A race stands at step 0, or where the snapshot was taken that it was opened from. */
  | { readonly tell: 'opened'; readonly experiment: Experiment; readonly data: DataSummary }
  /** Training has begun or ended. */
  | { readonly tell: 'training'; readonly training: boolean }
  | { readonly tell: 'progress'; readonly race: RaceReport; readonly roundsPerSecond: number | null }
  /** A round in slow motion, behind the progress that it is. */
  | { readonly tell: 'slowRound'; readonly round: SlowRound }
  /** The experiment as it is after surgery or a change of lanes, and how many steps each lane has begun. */
  | { readonly tell: 'changed'; readonly experiment: Experiment; readonly begun: ReadonlyMap<string, number> }
  /** The first layer whose output was not finite, "loss" where all were, of a lane that diverged. */
  | { readonly tell: 'diagnosed'; readonly lane: string; readonly layer: string }
  /** A copy of the race as it stood some steps ago, to be kept. Told every few seconds, and when training ends. */
  | { readonly tell: 'copied'; readonly experiment: Experiment; readonly snapshot: RaceSnapshot }
  /** The steps of each lane that it can be rewound to, beside 0. */
  | { readonly tell: 'kept'; readonly steps: ReadonlyMap<string, readonly number[]> }
  | Recovered
  /** Something broke that no command asked for, and the race with it. */
  | { readonly tell: 'broken'; readonly failure: Failure };

/** The device was lost, and the race goes on by itself from a copy. Of each lane only these first steps still count. */
export interface Recovered {
  readonly tell: 'recovered';
  readonly loss: Loss;
  /** Replaces the backend that was asked for. */
  readonly backend: BackendChoice;
  readonly experiment: Experiment;
  readonly steps: ReadonlyMap<string, number>;
}

/** What became of a device, in the browser's words; it may have none. */
export interface Loss {
  readonly backend: BackendName;
  readonly reason: string;
}

export type LoadingWhat = 'device' | 'data' | 'kernels';
