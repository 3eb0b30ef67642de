import type {
  Lesion,
  LesionBar,
  LesionErrors,
  LesionRequest,
  LesionResult,
  LesionStatistics,
  LesionTrial,
} from '../../../core/results/lesion.ts';
import { forward } from '../../graph/forward.ts';
import type { Statistics } from '../../ops/operation.ts';
import { wrongShare } from '../../ops/tensors/loss.ts';
import {
  batchChunks,
  CALIBRATION_BATCHES,
  type DeviceBatch,
  disposeBatch,
  TRAINING_CHUNK,
  upload,
} from '../../training/device-batch.ts';
import { disposeOnError } from '../../weights/dispose-on-error.ts';
import { Readback } from '../../weights/readback.ts';
import type { ReadableWeights } from '../../weights/tensor-map.ts';
import { Calibration } from '../calibration.ts';
import { inScope, type MeasurementHooks, type Scope } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { lesioned } from './lesioned.ts';
import { checkLesion, LesionChooser, lesionsOf } from './lesions.ts';

/** Measures a net's error under the lesions of a study. Throws if a lesion does not apply to the net. */
export function studyLesions(
  subject: Subject,
  request: LesionRequest,
  hooks: MeasurementHooks<LesionResult>,
): Promise<LesionResult> {
  return inScope(async (scope) => {
    const { lane, step, weights } = subject;
    const meter = new ErrorMeter(subject, request.statistics, scope);
    const measure = (lesions: readonly Lesion[]) =>
      inScope(async (own) => {
        const damaged = lesions.reduce<ReadableWeights>(
          (base, lesion) => lesioned(subject, base, lesion, own),
          weights,
        );
        return meter.measure(damaged, hooks);
      });
    const before = await measure([]);
    switch (request.study) {
      case 'sweep': {
        const bars: LesionBar[] = [];
        const { study, kind } = request;
        const lesions = lesionsOf(subject, kind);
        const of = lesions.length;
        const result = (): LesionResult => ({ study, lane, step, before, kind, bars: [...bars], of });
        for (const lesion of lesions) {
          bars.push({ lesion, errors: await measure([lesion]) });
          hooks.onPart(result());
        }
        return result();
      }
      case 'random': {
        const { study, kind, most, trials, seed } = request;
        const chooser = new LesionChooser(subject, kind, seed);
        const curve: { readonly count: number; readonly trials: readonly LesionTrial[] }[] = [];
        const of = chooser.most(most);
        const result = (): LesionResult => ({ study, lane, step, before, kind, curve: [...curve], of });
        for (let count = 1; count <= of; count++) {
          const tried: LesionTrial[] = [];
          for (let trial = 0; trial < trials; trial++) {
            const lesions = chooser.choose(count);
            tried.push({ lesions, errors: await measure(lesions) });
          }
          curve.push({ count, trials: tried });
          hooks.onPart(result());
        }
        return result();
      }
      case 'together': {
        const { study, lesions } = request;
        for (const lesion of lesions) checkLesion(subject, lesion);
        return { study, lane, step, before, lesions, errors: await measure(lesions) };
      }
      default:
        return request satisfies never;
    }
  });
}

/** Measures a net's errors on the fixed training images; holds these and the calibration batches on the device. */
class ErrorMeter {
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
    this.#chunks = batchChunks(data.training, TRAINING_CHUNK).map((part) => own(upload(part, data.size, data.classes)));
    const steps = Array.from({ length: CALIBRATION_BATCHES }, (_, nth) => step + nth);
    const wanted = statistics.includes('recalibrated') ? steps : [];
    this.#calibrating = wanted.map((nth) => own(upload(data.batch(nth), data.size, data.classes)));
  }

  /** Errors in percent of the net with these weights, by kind of statistics. */
  measure(weights: ReadableWeights, { turn }: Pick<MeasurementHooks<never>, 'turn'>): Promise<LesionErrors> {
    const { program } = this.#subject;
    return inScope(async (scope) => {
      const readback = scope.own(new Readback());
      const shares = new Map<LesionStatistics, number>();
      const measure = async (which: LesionStatistics, read: ReadableWeights, statistics: Statistics) => {
        for (const { images, labels } of this.#chunks) {
          disposeOnError(() => {
            const trace = forward(program, read, images, statistics, false);
            readback.add(wrongShare(trace.values.get(program.output, 2), labels.indices), ([share = Number.NaN]) => {
              shares.set(which, (shares.get(which) ?? 0) + share / this.#chunks.length);
            });
            trace.values.dispose();
            trace.statistics.dispose();
          });
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
