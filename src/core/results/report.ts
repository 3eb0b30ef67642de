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

/** One image to look at: RGB bytes, [size, size, 3]. */
export interface Picture {
  readonly name: string;
  readonly size: number;
  readonly rgb: Uint8Array;
}

/** The lanes' predictions for one image. */
export interface ImageAnswers {
  /** The image as the nets see it, at the data's size. */
  readonly seen: Picture;
  /** Class probabilities, by lane name. */
  readonly answers: ReadonlyMap<string, readonly number[]>;
}

/** A summary of a data set for the page. */
export interface DataSummary {
  readonly trainCount: number;
  readonly testCount: number;
  /** Images that test error is measured on. */
  readonly testUsed: number;
  readonly classes: readonly { readonly name: string; readonly count: number; readonly samples: readonly Picture[] }[];
  /** Always answering `answer`, the largest class, is wrong this often, in percent. */
  readonly majority: { readonly answer: string; readonly error: number };
  /** The test images whose predictions are reported, with the index of the right class. */
  readonly shown: readonly { readonly picture: Picture; readonly label: number }[];
}
