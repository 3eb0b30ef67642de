import { softmax, tensor4d } from '@tensorflow/tfjs-core';
import type { ImageAnswers, Picture } from '../../core/results/report.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import type { Calibration } from '../insight/calibration.ts';
import { Readback } from '../weights/readback.ts';
import { withCalibrationBatches } from './device-batch.ts';
import type { Runner } from './lane.ts';

interface Fitting {
  readonly steps: number;
  readonly gains: readonly number[];
  readonly calibration: Calibration;
}

/**
 * Classifies one image with every lane. Where a lane's running statistics do not fit its function, since it was cut or
 * has just started, statistics of the next batches are used and cached until the lane's next step. The lane itself is
 * not changed.
 */
export class ImageExam {
  readonly #data: RaceData;
  readonly #fittings = new Map<Runner, Fitting>();

  constructor(data: RaceData) {
    this.#data = data;
  }

  /** Class probabilities by lane name, and the image as the nets see it. */
  async take(runners: readonly Runner[], picture: Picture): Promise<ImageAnswers> {
    const { size } = this.#data;
    const { seen, values } = this.#data.prepared(picture);
    const image = tensor4d(values, [1, size, size, 3]);
    const answers = new Map<string, readonly number[]>();
    const readback = new Readback();
    this.#forget((runner) => !runners.includes(runner));
    for (const runner of runners) {
      const logits = runner.lane.logits(image, this.#statisticsFor(runner));
      readback.add(softmax(logits), (read) => answers.set(runner.spec.name, [...read]));
      logits.dispose();
    }
    image.dispose();
    await readback.flush();
    return { seen, answers };
  }

  dispose(): void {
    this.#forget(() => true);
  }

  #statisticsFor(runner: Runner): 'running' | Calibration {
    const { steps, lane, fits } = runner;
    const known = this.#fittings.get(runner);
    if (!fits && known?.steps === steps && known.gains.every((gain, index) => gain === lane.gains[index])) {
      return known.calibration;
    }
    this.#forget((each) => each === runner);
    if (fits) return 'running';
    const calibration = withCalibrationBatches(this.#data, steps, (batches) => lane.calibrate(batches));
    this.#fittings.set(runner, { steps, gains: [...lane.gains], calibration });
    return calibration;
  }

  #forget(which: (runner: Runner) => boolean): void {
    for (const [runner, { calibration }] of this.#fittings) {
      if (!which(runner)) continue;
      calibration.dispose();
      this.#fittings.delete(runner);
    }
  }
}
