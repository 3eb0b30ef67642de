import { disposeBatch, upload } from '../evaluation/evaluation.ts';
import type { ReadableWeights } from '../weights/readable-weights.ts';
import { Calibration } from './calibrate.ts';
import type { Scope } from './scope.ts';
import type { Subject } from './subject.ts';

/**
 * The subject's weights, with running statistics replaced by those of the lane's next batch: the net then is a function
 * of one image, and the one that training sees. The scope owns the statistics.
 */
export function withFixedStatistics({ data, step, program, weights }: Subject, scope: Scope): ReadableWeights {
  const batch = upload(data.batch(step), data.size, data.classes);
  const calibration = scope.own(new Calibration());
  calibration.add(program, weights, batch.images);
  disposeBatch(batch);
  return calibration.in(weights);
}
