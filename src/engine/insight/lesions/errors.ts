import type { LesionErrors, LesionStatistics } from '../../../core/results/lesion.ts';
import { forward } from '../../graph/forward.ts';
import type { Statistics } from '../../ops/operation.ts';
import { wrongShare } from '../../ops/tensors/loss.ts';
import type { DeviceBatch } from '../../training/device-batch.ts';
import { CALIBRATION_BATCHES, chunksOf, disposeBatch, TRAINING_CHUNK, upload } from '../../training/device-batch.ts';
import { Readback } from '../../weights/readback.ts';
import type { ReadableWeights } from '../../weights/tensor-map.ts';
import { Calibration } from '../calibration.ts';
import type { Inquiry } from '../measurement.ts';
import { inScope, type Scope } from '../measurement.ts';
import type { Subject } from '../subject.ts';

/** Measures a net's errors on the fixed training images; holds these and the calibration batches on the device. */
export class ErrorMeter {
  readonly #subject: Subject;
  readonly #statistics: readonly LesionStatistics[];
  readonly #chunks: readonly DeviceBatch[];
  readonly #calibrating: readonly DeviceBatch[];

  constructor(subject: Subject, statistics: readonly LesionStatistics[], scope: Scope) {
    const { data, step } = subject;
    this.#subject = subject;
    this.#statistics = statistics;
    const own = (batch: DeviceBatch) => {
      scope.own({ dispose: () => disposeBatch(batch) });
      return batch;
    };
    this.#chunks = chunksOf(data.training, TRAINING_CHUNK).map((part) => own(upload(part, data.size, data.classes)));
    const steps = Array.from({ length: CALIBRATION_BATCHES }, (_, nth) => step + nth);
    const wanted = statistics.includes('recalibrated') ? steps : [];
    this.#calibrating = wanted.map((nth) => own(upload(data.batch(nth), data.size, data.classes)));
  }

  /** Errors in percent of the net with these weights, by kind of statistics. */
  measure(weights: ReadableWeights, { turn }: Pick<Inquiry<never>, 'turn'>): Promise<LesionErrors> {
    const { program } = this.#subject;
    return inScope(async (scope) => {
      const readback = scope.own(new Readback());
      const shares = new Map<LesionStatistics, number>();
      const measure = async (which: LesionStatistics, read: ReadableWeights, statistics: Statistics) => {
        for (const { images, labels } of this.#chunks) {
          const trace = forward(program, read, images, statistics, false);
          readback.add(wrongShare(trace.values.get(program.output, 2), labels.indices), ([share = Number.NaN]) => {
            shares.set(which, (shares.get(which) ?? 0) + share / this.#chunks.length);
          });
          trace.values.dispose();
          trace.statistics.dispose();
          await turn();
        }
      };
      for (const which of this.#statistics) {
        if (which === 'recalibrated') {
          const calibration = scope.own(new Calibration());
          for (const { images } of this.#calibrating) calibration.add(program, weights, images);
          await turn();
          await measure(which, calibration.in(weights), 'running');
        } else await measure(which, weights, which);
      }
      await readback.flush();
      return Object.fromEntries([...shares].map(([which, share]) => [which, 100 * share]));
    });
  }
}
