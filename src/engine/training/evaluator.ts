import {
  addN,
  mul,
  type Scalar,
  slice,
  softmax,
  type Tensor2D,
  type Tensor4D,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import { MEASURED } from '../../core/data/measured.ts';
import type { Batch } from '../../data/batches/batches.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import { inScope } from '../insight/measurement.ts';
import type { Statistics } from '../ops/operation.ts';
import { wrongShare } from '../ops/tensors/loss.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import { Readback } from '../weights/readback.ts';
import {
  batchChunks,
  type DeviceBatch,
  disposeBatch,
  EVALUATION_CHUNK,
  TRAINING_CHUNK,
  upload,
  withCalibrationBatches,
} from './device-batch.ts';
import type { Lane } from './lane.ts';
import type { Model } from './model.ts';
import type { ReportBuilder } from './report-builder.ts';

/** Evaluates the lanes of a race: predictions, test error and training error on fixed images. */
export class Evaluator {
  readonly #data: RaceData;
  readonly #test: EvaluationSet;
  readonly #shown: Tensor4D;

  constructor(data: RaceData) {
    const { test, shown, size, classes } = data;
    this.#data = data;
    this.#test = new EvaluationSet(test, EVALUATION_CHUNK, size, classes);
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
  evaluate(lane: Lane, readback: Readback, draft: () => ReportBuilder, isWanted: () => boolean): void {
    const { model, steps, spec } = lane;
    if (lane.stale) this.#recalibrate(lane);
    const logits = model.logits(this.#shown, 'running');
    // The last update may have made weights non-finite, which only the next loss will show.
    readback.add(softmax(logits), (values) => {
      if (values.every(Number.isFinite) && isWanted())
        draft().predictions(spec.name, steps, values, this.#data.classes);
    });
    logits.dispose();
    readback.add(this.#test.wrongShare(model, 'running'), ([share = Number.NaN]) => {
      if (Number.isFinite(share) && isWanted()) draft().test({ lane: spec.name, step: steps, error: 100 * share });
    });
  }

  /**
   * Queues each lane's answers to the first 8 images of the training batch of a step, without changing the lane. They go
   * to the report that `draft` returns when they are read back, if `isWanted` is then still true of their lane.
   */
  answerBatch(
    lanes: readonly Lane[],
    step: number,
    readback: Readback,
    draft: () => ReportBuilder,
    isWanted: (lane: Lane) => boolean,
  ): void {
    const { size, classes } = this.#data;
    const batch = this.#data.batch(step);
    const images = tensor4d(batch.images, [batch.labels.length, size, size, 3]);
    const count = Math.min(MEASURED.shown, batch.labels.length);
    const first: Tensor4D = slice(images, 0, count);
    for (const lane of lanes) {
      const { model, spec } = lane;
      // Where running statistics do not fit the net, it is the statistics of the whole batch, as in its training step.
      const answers = tidy(() => {
        const logits: Tensor2D = lane.fits ? model.logits(first, 'running') : model.logits(images, 'batch');
        return softmax(slice(logits, 0, count));
      });
      readback.add(answers, (values) => {
        if (values.every(Number.isFinite) && isWanted(lane)) draft().answers(spec.name, values, classes);
      });
    }
    first.dispose();
    images.dispose();
  }

  /**
   * Each lane's error in percent on the fixed training images, with batch statistics, by lane name; NaN for one that
   * diverged.
   */
  trainingErrors(lanes: readonly Lane[]): Promise<ReadonlyMap<string, number>> {
    return this.errors(lanes, this.#data.training, 'batch', TRAINING_CHUNK);
  }

  /** Each lane's error in percent on these images, which are evaluated in equal chunks of `most` at most. */
  errors(
    lanes: readonly Lane[],
    images: Batch,
    statistics: Statistics,
    most: number,
  ): Promise<ReadonlyMap<string, number>> {
    return inScope(async (scope) => {
      const { size, classes } = this.#data;
      const evaluation = scope.own(new EvaluationSet(images, most, size, classes));
      const errors = new Map<string, number>();
      const readback = scope.own(new Readback());
      for (const { model, spec } of lanes) {
        readback.add(evaluation.wrongShare(model, statistics), ([share = Number.NaN]) =>
          errors.set(spec.name, 100 * share),
        );
      }
      await readback.flush();
      return errors;
    });
  }

  dispose(): void {
    this.#test.dispose();
    this.#shown.dispose();
  }

  /** After surgery the running statistics belong to another function; replaces them by those of the next batches. */
  #recalibrate(lane: Lane): void {
    withCalibrationBatches(this.#data, lane.steps, (batches) => lane.model.recalibrate(batches));
    lane.stale = false;
  }
}

/** A fixed set of images on the device, in equal chunks, on which the error of nets is measured. */
class EvaluationSet {
  readonly #chunks: readonly DeviceBatch[];

  /** `most` is the maximum number of images in a forward pass; `batchChunks` may leave a few out. */
  constructor(batch: Batch, most: number, size: number, classes: number) {
    this.#chunks = disposeOnError(() => batchChunks(batch, most).map((part) => upload(part, size, classes)));
  }

  /** The share of wrong answers in 0 .. 1, a scalar on the device; NaN where a logit is not finite. */
  wrongShare(model: Model, statistics: Statistics): Scalar {
    return tidy(() => {
      const shares = this.#chunks.map(({ images, labels }) =>
        wrongShare(model.logits(images, statistics), labels.indices),
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
