import { addN, mul, type Scalar, softmax, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Batch } from '../../data/batches/batches.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import type { Statistics } from '../ops/operation.ts';
import { wrongShare } from '../ops/tensors/loss.ts';
import { Readback } from '../weights/readback.ts';
import {
  chunksOf,
  type DeviceBatch,
  disposeBatch,
  EVALUATION_CHUNK,
  TRAINING_CHUNK,
  upload,
  withCalibrationBatches,
} from './device-batch.ts';
import type { Runner } from './lane.ts';
import type { Lane } from './model.ts';
import type { ReportDraft } from './report-builder.ts';

/** Evaluates the lanes of a race: predictions, test error and training error on fixed images. */
export class Exam {
  readonly #data: RaceData;
  readonly #test: Evaluation;
  readonly #shown: Tensor4D;

  constructor(data: RaceData) {
    const { test, shown, size, classes } = data;
    this.#data = data;
    this.#test = new Evaluation(test, EVALUATION_CHUNK, size, classes);
    this.#shown = tensor4d(shown.images, [shown.labels.length, size, size, 3]);
  }

  /** One batch [N, size, size, 3] of each shape that lanes are evaluated on. */
  get images(): readonly Tensor4D[] {
    return [this.#shown, ...this.#test.images.slice(0, 1)];
  }

  /**
   * Queues predictions and test error with the running statistics. When read back, they go to the report that `draft`
   * then returns, if `isWanted` is then still true. Recalibrates stale statistics first.
   */
  take(runner: Runner, readback: Readback, draft: () => ReportDraft, isWanted: () => boolean): void {
    const { lane, steps, spec } = runner;
    if (runner.stale) this.#recalibrate(runner);
    // The last update may have made weights non-finite, which only the next loss will show.
    let finite = true;
    const logits = lane.logits(this.#shown, 'running');
    readback.add(softmax(logits), (values) => {
      finite = values.every(Number.isFinite);
      if (finite && isWanted()) draft().predictions(spec.name, steps, values, this.#data.classes);
    });
    logits.dispose();
    readback.add(this.#test.wrongShare(lane, 'running'), ([share = Number.NaN]) => {
      if (finite && isWanted()) draft().test({ lane: spec.name, step: steps, error: 100 * share });
    });
  }

  /** Each lane's error in percent on the fixed training images, with batch statistics, by lane name. */
  async trainingErrors(runners: readonly Runner[]): Promise<ReadonlyMap<string, number>> {
    const { training, size, classes } = this.#data;
    const evaluation = new Evaluation(training, TRAINING_CHUNK, size, classes);
    const errors = new Map<string, number>();
    const readback = new Readback();
    for (const { lane, spec } of runners) {
      readback.add(evaluation.wrongShare(lane, 'batch'), ([share = Number.NaN]) => errors.set(spec.name, 100 * share));
    }
    await readback.flush();
    evaluation.dispose();
    return errors;
  }

  dispose(): void {
    this.#test.dispose();
    this.#shown.dispose();
  }

  /** After surgery the running statistics belong to another function; replaces them by those of the next batches. */
  #recalibrate(runner: Runner): void {
    withCalibrationBatches(this.#data, runner.steps, (batches) => runner.lane.recalibrate(batches));
    runner.stale = false;
  }
}

/** A fixed set of images on the device, in equal chunks, on which the error of nets is measured. */
export class Evaluation {
  readonly #chunks: readonly DeviceBatch[];

  /** `most` is the maximum number of images in a forward pass; images that do not fill a last chunk are left out. */
  constructor(batch: Batch, most: number, size: number, classes: number) {
    this.#chunks = chunksOf(batch, most).map((part) => upload(part, size, classes));
  }

  /** The share of wrong answers in 0 .. 1, a scalar on the device. */
  wrongShare(lane: Lane, statistics: Statistics): Scalar {
    return tidy(() => {
      const shares = this.#chunks.map(({ images, labels }) =>
        wrongShare(lane.logits(images, statistics), labels.indices),
      );
      return mul(addN(shares), 1 / shares.length);
    });
  }

  get images(): readonly Tensor4D[] {
    return this.#chunks.map(({ images }) => images);
  }

  dispose(): void {
    this.#chunks.forEach(disposeBatch);
  }
}
