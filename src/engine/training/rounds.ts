import { gainsAt } from '../../core/experiment/experiment.ts';
import { rateAt } from '../../core/experiment/recipe.ts';
import type { RaceReport } from '../../core/results/report.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import type { StepObserver } from '../graph/forward.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import { Readback } from '../weights/readback.ts';
import { disposeBatch, upload } from './device-batch.ts';
import type { Evaluator } from './evaluator.ts';
import type { Lane, Round } from './lane.ts';
import type { RaceLanes } from './race-lanes.ts';
import { ReportBuilder } from './report-builder.ts';

const TEST_EVERY = 25;

/** Lanes that have finished the same number of steps, and that number. */
export interface LanesAtStep {
  readonly step: number;
  readonly lanes: readonly string[];
}

/**
 * The rounds of a race: each trains lanes on one batch, and what it measures stays on the device until the next report. See
 * `Race` for what each method promises.
 */
export class Rounds {
  readonly #data: RaceData;
  readonly #lanes: RaceLanes;
  readonly #evaluator: Evaluator;
  readonly #readback = new Readback();
  #report = new ReportBuilder();

  constructor(data: RaceData, lanes: RaceLanes, evaluator: Evaluator) {
    this.#data = data;
    this.#lanes = lanes;
    this.#evaluator = evaluator;
  }

  begin(observer?: (lane: Lane) => StepObserver, only?: LanesAtStep): void {
    disposeOnError(() => this.#begin(observer, only));
  }

  #begin(observer?: (lane: Lane) => StepObserver, only?: LanesAtStep): void {
    const step = only?.step ?? this.#lanes.leastSteps;
    if (!Number.isFinite(step)) return;
    const { batch, rates } = this.at(step);
    for (const lane of this.#lanes.racing) {
      if (only !== undefined && !only.lanes.includes(lane.spec.name)) continue;
      if (lane.steps !== step || lane.growing) continue;
      lane.begin(gainsAt(this.#lanes.experiment, lane.spec.name, step));
      const metrics = lane.model.step(batch, rates, observer?.(lane));
      lane.steps += 1;
      const { name } = lane.spec;
      this.#readback.add(metrics, ([loss = Number.NaN, wrong = Number.NaN]) => {
        if (!this.#lanes.isWanted(lane)) return;
        if (!Number.isFinite(loss)) {
          lane.diverge(step + 1);
          this.#report.diverged(name, step + 1);
        } else this.#report.point(name, step, loss, 100 * wrong);
      });
      if (lane.steps % TEST_EVERY === 0) {
        this.#evaluator.evaluate(
          lane,
          this.#readback,
          () => this.#report,
          () => this.#lanes.isWanted(lane),
        );
      }
      this.#lanes.prepare(lane);
    }
    disposeBatch(batch);
  }

  /** The batch and the learning rates of a step, the same for every lane. */
  at(step: number): Pick<Round, 'batch' | 'rates'> {
    const { recipe } = this.#lanes.experiment;
    const batch = { ...upload(this.#data.batch(step), this.#data.size, this.#data.classes), step };
    const { momentum, weightDecay: decay, equalSteps } = recipe;
    return { batch, rates: { rate: rateAt(recipe, step), momentum, decay, equalSteps } };
  }

  answerBatch(step: number | 'last'): void {
    const of = step === 'last' ? Math.max(0, this.#lanes.step - 1) : step;
    const lanes = this.#lanes.racing.filter(({ growing }) => !growing);
    this.#report.batch(of);
    disposeOnError(() =>
      this.#evaluator.answerBatch(
        lanes,
        of,
        this.#readback,
        () => this.#report,
        (lane) => this.#lanes.isWanted(lane),
      ),
    );
  }

  async report(): Promise<RaceReport> {
    await this.#lanes.settled();
    await this.#readback.flush();
    const draft = this.#report;
    this.#report = new ReportBuilder();
    return draft.finish(this.#lanes.step);
  }

  /** Drops what was measured of a lane after it had made `steps` steps. */
  forget(lane: string, steps: number): void {
    this.#report.forget(lane, steps);
  }

  dispose(): void {
    this.#readback.dispose();
  }
}
