import { softmax, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Picture } from '../../core/data/images.ts';
import type { ImageAnswers } from '../../core/results/report.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import type { Calibration } from '../insight/calibration.ts';
import { inScope } from '../insight/measurement.ts';
import { Readback } from '../weights/readback.ts';
import { withCalibrationBatches } from './device-batch.ts';
import type { Lane } from './lane.ts';

interface CachedCalibration {
  readonly steps: number;
  readonly gains: readonly number[];
  readonly calibration: Calibration;
}

/**
 * Classifies one image with every lane. Where a lane's running statistics do not fit its function, since it was cut or
 * has just started, statistics of the next batches are used and cached until the lane's next step. The lane itself is
 * not changed.
 */
export class ImageClassifier {
  readonly #data: RaceData;
  readonly #calibrations = new Map<Lane, CachedCalibration>();

  constructor(data: RaceData) {
    this.#data = data;
  }

  /** Class probabilities by lane name, without nets that diverged, and the image as the nets see it. */
  classify(lanes: readonly Lane[], picture: Picture): Promise<ImageAnswers> {
    return inScope(async (scope) => {
      const { size } = this.#data;
      const { seen, values } = this.#data.prepared(picture);
      const image = scope.own(tensor4d(values, [1, size, size, 3]));
      const answers = new Map<string, readonly number[]>();
      const readback = scope.own(new Readback());
      this.#forget((lane) => !lanes.includes(lane));
      for (const lane of lanes) {
        const statistics = this.#statisticsFor(lane);
        readback.add(
          tidy(() => softmax(lane.model.logits(image, statistics))),
          (read) => {
            // A net that has diverged has no answer.
            if (read.every(Number.isFinite)) answers.set(lane.spec.name, [...read]);
          },
        );
      }
      await readback.flush();
      return { seen, answers };
    });
  }

  dispose(): void {
    this.#forget(() => true);
  }

  #statisticsFor(lane: Lane): 'running' | Calibration {
    const { steps, model, fits } = lane;
    const known = this.#calibrations.get(lane);
    if (!fits && known?.steps === steps && known.gains.every((gain, index) => gain === model.gains[index])) {
      return known.calibration;
    }
    this.#forget((each) => each === lane);
    if (fits) return 'running';
    const calibration = withCalibrationBatches(this.#data, steps, (batches) => model.calibrate(batches));
    this.#calibrations.set(lane, { steps, gains: [...model.gains], calibration });
    return calibration;
  }

  #forget(which: (lane: Lane) => boolean): void {
    for (const [lane, { calibration }] of this.#calibrations) {
      if (!which(lane)) continue;
      calibration.dispose();
      this.#calibrations.delete(lane);
    }
  }
}
