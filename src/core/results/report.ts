import type { Phrase, Sentence } from '../../language/sentence.ts';
import type { Picture } from '../data/images.ts';
import type { BackendChoice, BackendName, DeviceInfo } from '../experiment/device.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { SlowRound } from './slow-round.ts';
import type { RaceSnapshot } from './snapshot.ts';

/**
 * The measurements of a race, as plain data. Errors are in percent of wrong answers, losses are mean cross-entropies in
 * nats.
 */
export interface RaceReport {
  /** Steps that the foremost lane has finished. */
  readonly step: number;
  readonly points: readonly LanePoints[];
  readonly tests: readonly TestPoint[];
  readonly predictions: readonly LanePredictions[];
  readonly diverged: readonly Divergence[];
  /** Only in reports of which it was asked. */
  readonly batch?: BatchAnswers;
}

/** The lanes' answers to the first pictures of a training batch, with the weights of the report. */
export interface BatchAnswers {
  /** The step that trains on it, from 0. */
  readonly step: number;
  /** Class probabilities, [pictures][classes], by lane name; lanes that have diverged are left out. */
  readonly answers: ReadonlyMap<string, readonly (readonly number[])[]>;
}

/** A lane's training batches after its first `from` steps, one value a step, measured with batch statistics. */
export interface LanePoints {
  readonly lane: string;
  readonly from: number;
  readonly losses: readonly number[];
  readonly errors: readonly number[];
}

/** A lane's error on the fixed test images after `step` steps, measured with running statistics. */
export interface TestPoint {
  readonly lane: string;
  readonly step: number;
  readonly error: number;
}

/** A lane's answers to the test images that are shown, after `step` steps: each class's probability. */
export interface LanePredictions {
  readonly lane: string;
  readonly step: number;
  readonly probabilities: readonly (readonly number[])[];
}

/** The lane's loss stopped being a finite number in this step, and the lane stopped there. */
export interface Divergence {
  readonly lane: string;
  readonly step: number;
}

/** The lanes' predictions for one image. */
export interface ImageAnswers {
  /** The image as the nets see it, at the data's size. */
  readonly seen: Picture;
  /** Class probabilities, by lane name. */
  readonly answers: ReadonlyMap<string, readonly number[]>;
}

/** The first pictures of a training batch, at full size, before they are cropped and flipped. */
export interface ShownBatch {
  readonly step: number;
  /** With the index of the right class. */
  readonly shown: DataSummary['shown'];
}

/** A summary of a data set for the page. */
export interface DataSummary {
  readonly trainCount: number;
  readonly testCount: number;
  readonly classes: readonly { readonly name: string; readonly count: number; readonly samples: readonly Picture[] }[];
  /** Always answering `answer`, the largest class, is wrong this often, in percent. */
  readonly majority: { readonly answer: string; readonly error: number };
  /** The test images whose predictions are reported, with the index of the right class. */
  readonly shown: readonly { readonly picture: Picture; readonly label: number }[];
}

/** An error as it is posted between page and worker: its class's name and message, and what the page says in its language. */
export interface SerializedError {
  readonly name: string;
  readonly message: string;
  readonly sentence?: Sentence;
}

/** Events of the training worker, in order. */
export type Report =
  | { readonly type: 'device'; readonly device: DeviceInfo }
  | Distributed
  | { readonly type: 'loading'; readonly what: LoadingWhat; readonly fraction: number }
  /** A race was opened, at step 0 or at the step of its snapshot. */
  | {
      readonly type: 'opened';
      readonly experiment: Experiment;
      readonly data: DataSummary;
      /** The first pictures of the batch that is trained on next, or was last, and its step. */
      readonly batch?: ShownBatch;
    }
  /** Training has begun or ended. */
  | { readonly type: 'training'; readonly training: boolean }
  | {
      readonly type: 'progress';
      readonly race: RaceReport;
      readonly roundsPerSecond: number | null;
      /** The pictures of the batch, where the report has answers to it. */
      readonly shown?: DataSummary['shown'];
    }
  /** A round in slow motion, after its `progress`. */
  | { readonly type: 'slowRound'; readonly round: SlowRound }
  /** The experiment after surgery or a change of lanes, and the number of steps that each lane has begun. */
  | { readonly type: 'changed'; readonly experiment: Experiment; readonly begun: ReadonlyMap<string, number> }
  /** The first layer of a diverged lane whose output was not finite, or "loss" if all were finite. */
  | { readonly type: 'diagnosed'; readonly lane: string; readonly layer: string }
  /**
   * A snapshot of the race, some steps old, for autosave. Sent every few seconds, when training ends, and in a pause after
   * a change of the lanes in it.
   */
  | { readonly type: 'copied'; readonly experiment: Experiment; readonly snapshot: RaceSnapshot }
  /** The steps of each lane's checkpoints, to which it can be rewound; 0 is not among them. */
  | { readonly type: 'kept'; readonly steps: ReadonlyMap<string, readonly number[]> }
  | Recovered
  /** An error outside of any call, after which the race is closed. */
  | { readonly type: 'broken'; readonly failure: SerializedError };

/** The lanes of the race are trained by this number of workers; at first by one. */
export interface Distributed {
  readonly type: 'distributed';
  readonly workers: number;
  /** Threads of each worker. */
  readonly threads: number;
}

/**
 * The device was lost, and the race has been recovered from a snapshot. Only the curves up to each lane's step in that
 * snapshot still count.
 */
export interface Recovered {
  readonly type: 'recovered';
  readonly loss: Loss;
  /** Backend in effect from now on (may differ from the one requested). */
  readonly backend: BackendChoice;
  readonly experiment: Experiment;
  readonly steps: ReadonlyMap<string, number>;
}

/** A lost device and why, in the browser's words, which may be empty, or as a sentence. */
export interface Loss {
  readonly backend: BackendName;
  readonly reason: Phrase;
}

/** What is being loaded before a race opens. */
export type LoadingWhat = 'device' | 'data' | 'kernels';
