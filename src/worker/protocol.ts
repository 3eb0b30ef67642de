import type { BackendChoice, BackendName, DeviceInfo } from '../spec/device.ts';
import type { Experiment, LaneSpec } from '../spec/experiment.ts';
import type { LesionRequest, LesionResult } from '../spec/lesion.ts';
import type { ProbeRequest, ProbeResult } from '../spec/probe.ts';
import type { DataSummary, ImageAnswers, Picture, RaceReport } from '../spec/report.ts';
import type { SlowRound } from '../spec/slow-round.ts';
import type { RaceSnapshot } from '../spec/snapshot.ts';

/** What the page asks of the worker. Each is answered by `done` or `failed` with its id. */
export type Command =
  /** Loads what the experiment needs and starts it over, at step 0. What runs now stays as it is if that fails. */
  | {
      readonly ask: 'open';
      readonly experiment: Experiment;
      readonly backend: BackendChoice;
      /** Goes on from here and not from step 0; a lane that is not in it is at step 0. */
      readonly from?: RaceSnapshot;
    }
  /** Trains until every lane has done `until` steps, or until `pause`; done when it stops. */
  | { readonly ask: 'train'; readonly until: number }
  | { readonly ask: 'pause' }
  /** One round, of which every instruction is written down and told; what trains now ends. */
  | { readonly ask: 'slowRound' }
  /** At most so many rounds a second; null for as fast as it goes. */
  | { readonly ask: 'pace'; readonly roundsPerSecond: number | null }
  /** From the step after `from` finished ones; left out, from the lane's next. */
  | { readonly ask: 'setGains'; readonly lane: string; readonly gains: readonly BlockGain[]; readonly from?: number }
  /** A lane that joins late trains alone, on the batches that it missed, until it has caught up. */
  | { readonly ask: 'addLane'; readonly lane: LaneSpec }
  | { readonly ask: 'removeLane'; readonly lane: string }
  /** A lane more, which has been this one until now; grown, it has one more block in each stage from here on. */
  | { readonly ask: 'branch'; readonly lane: string; readonly grow: boolean }
  /** Back to the last checkpoint that is not after `step`, or to step 0. */
  | { readonly ask: 'rewind'; readonly lane: string; readonly step: number }
  /** A file of weights, or a packed data set that the browser does not keep: it is there until the tab is closed. */
  | { readonly ask: 'lend'; readonly hash: string; readonly bytes: Uint8Array };

/** What the page asks of a lane's inside. Each is answered by `found` or `failed` with its id, and changes nothing. */
export type Question =
  | InsideQuestion
  /** As a file of the safetensors format. */
  | { readonly about: 'weights'; readonly lane: string }
  /** What every lane takes an image for. */
  | { readonly about: 'image'; readonly picture: Picture };

export type InsideQuestion =
  | { readonly about: 'lesion'; readonly lane: string; readonly request: LesionRequest }
  /** `atStart`: of the lane as it was at step 0. */
  | { readonly about: 'probe'; readonly lane: string; readonly request: ProbeRequest; readonly atStart?: boolean };

/** The answer, or what is there of it so far. */
export type Finding =
  | InsideFinding
  | { readonly about: 'weights'; readonly file: Uint8Array<ArrayBuffer> }
  | { readonly about: 'image'; readonly told: ImageAnswers };

export type InsideFinding =
  | { readonly about: 'lesion'; readonly result: LesionResult }
  | { readonly about: 'probe'; readonly result: ProbeResult };

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
  /**
   * The device was lost, and the race goes on by itself from a copy, on the device that was told last. Of each lane only
   * these first steps still count.
   */
  | {
      readonly tell: 'recovered';
      readonly loss: Loss;
      /** What stands for the device that was asked for from now on. */
      readonly backend: BackendChoice;
      readonly experiment: Experiment;
      readonly steps: ReadonlyMap<string, number>;
    }
  /** Something broke that no command asked for, and the race with it. */
  | { readonly tell: 'broken'; readonly failure: Failure };

/** What became of a device, in the browser's words; it may have none. */
export interface Loss {
  readonly backend: BackendName;
  readonly reason: string;
}

export type LoadingWhat = 'device' | 'data' | 'kernels';

/** An error as it crosses the wall: its class's name and a sentence. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

export type ToWorker =
  | { readonly id: number; readonly command: Command }
  | { readonly id: number; readonly question: Question }
  /** Nobody wants the answer to the question of this id any more. */
  | { readonly id: number; readonly withdraw: true };

export type FromWorker =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'part'; readonly id: number; readonly finding: Finding }
  | { readonly kind: 'found'; readonly id: number; readonly finding: Finding }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };
