import type { Divergence, LanePoints, LanePredictions, RaceReport, TestPoint } from '../../core/results/report.ts';

/** Builds the next report from measurements, in order of arrival. */
export class ReportBuilder {
  readonly #points = new Map<string, { from: number; losses: number[]; errors: number[] }>();
  #tests: TestPoint[] = [];
  #predictions: LanePredictions[] = [];
  #diverged: Divergence[] = [];
  #batch: number | null = null;
  readonly #answers = new Map<string, readonly (readonly number[])[]>();

  /** Adds a lane's loss (nats) and error (percent) on batch `step`, before the update; steps must be in order. */
  point(lane: string, step: number, loss: number, error: number): void {
    const points = this.#points.get(lane) ?? { from: step, losses: [], errors: [] };
    points.losses.push(loss);
    points.errors.push(error);
    this.#points.set(lane, points);
  }

  test(point: TestPoint): void {
    this.#tests.push(point);
  }

  /** Adds a lane's class probabilities, [images, classes] flat. */
  predictions(lane: string, step: number, probabilities: Float32Array, classes: number): void {
    this.#predictions.push({ lane, step, probabilities: rowsOf(probabilities, classes) });
  }

  /** Says which training batch the lanes answer, by its step. */
  batch(step: number): void {
    this.#batch = step;
  }

  /** Adds a lane's class probabilities for the first pictures of that batch, [images, classes] flat. */
  answers(lane: string, probabilities: Float32Array, classes: number): void {
    this.#answers.set(lane, rowsOf(probabilities, classes));
  }

  diverged(lane: string, step: number): void {
    this.#diverged.push({ lane, step });
  }

  /** Drops what was measured of a lane from `step` on, since it is rewound to that step. */
  forget(lane: string, step: number): void {
    const points = this.#points.get(lane);
    if (points !== undefined) {
      const kept = Math.max(0, step - points.from);
      points.losses.length = Math.min(points.losses.length, kept);
      points.errors.length = points.losses.length;
      if (kept === 0) this.#points.delete(lane);
    }
    this.#answers.delete(lane);
    const isKept = (told: { readonly lane: string; readonly step: number }) => told.lane !== lane || told.step <= step;
    this.#tests = this.#tests.filter(isKept);
    this.#predictions = this.#predictions.filter(isKept);
    this.#diverged = this.#diverged.filter(isKept);
  }

  /** Adds another report, whose points follow those that are there. */
  add({ points, tests, predictions, diverged, batch }: RaceReport): void {
    for (const { lane, from, losses, errors } of points) {
      const known = this.#points.get(lane) ?? { from, losses: [], errors: [] };
      known.losses.push(...losses);
      known.errors.push(...errors);
      this.#points.set(lane, known);
    }
    this.#tests.push(...tests);
    this.#predictions.push(...predictions);
    this.#diverged.push(...diverged);
    if (batch === undefined) return;
    this.#batch = batch.step;
    for (const [lane, answers] of batch.answers) this.#answers.set(lane, answers);
  }

  finish(step: number): RaceReport {
    const points: LanePoints[] = [...this.#points].map(([lane, columns]) => ({ lane, ...columns }));
    return {
      ...{ step, points, tests: this.#tests, predictions: this.#predictions, diverged: this.#diverged },
      ...(this.#batch !== null && { batch: { step: this.#batch, answers: this.#answers } }),
    };
  }
}

function rowsOf(flat: Float32Array, length: number): readonly (readonly number[])[] {
  const rows: number[][] = [];
  for (let at = 0; at < flat.length; at += length) rows.push([...flat.subarray(at, at + length)]);
  return rows;
}
