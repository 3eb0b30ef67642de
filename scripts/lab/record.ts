import * as v from 'valibot';
import { SIMDS } from '../../src/core/experiment/device.ts';
import type { RaceReport } from '../../src/core/results/report.ts';
import { insightSchema } from './insight.ts';

/** NaN has no JSON: what cannot be measured, because a net diverged or ran too few steps, is null. */
const measure = v.nullable(v.number());
const points = v.array(v.object({ step: v.number(), error: measure }));

const laneRunSchema = v.object({
  name: v.string(),
  /** Error in percent on the fixed training images at the end, with batch statistics. */
  trb: measure,
  /** Error in percent on the fixed test images when they were last measured, with running statistics. */
  testError: measure,
  divergedAt: v.nullable(v.number()),
  curves: v.object({
    /** Steps that were finished before the batch of the same place in `trainError` and `loss`. */
    step: v.array(v.number()),
    trainError: v.array(v.number()),
    loss: v.array(v.number()),
    testError: points,
    trb: points,
  }),
});

/** Schema of one seed's run in the lab's JSON file. */
export const seedRunSchema = v.object({ seed: v.number(), lanes: v.array(laneRunSchema), insight: insightSchema });

/** Schema of the device that a run was computed on. */
export const deviceSchema = v.object({
  backend: v.string(),
  adapter: v.string(),
  /** Present for wasm only. */
  simd: v.exactOptional(v.picklist(SIMDS)),
  passedOver: v.array(v.object({ backend: v.string(), reason: v.string() })),
});

/** Schema of one net's results. */
export type LaneRun = v.InferOutput<typeof laneRunSchema>;
/** The experiment once, with one seed. */
export type SeedRun = v.InferOutput<typeof seedRunSchema>;

/** A number as JSON has it. */
function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Collects the reports of a race by lane. */
export class Recorder {
  readonly #lanes: ReadonlyMap<string, LaneRun>;

  constructor(names: readonly string[]) {
    this.#lanes = new Map(
      names.map((name) => [
        name,
        {
          name,
          trb: null,
          testError: null,
          divergedAt: null,
          curves: { step: [], trainError: [], loss: [], testError: [], trb: [] },
        },
      ]),
    );
  }

  report({ points, tests, diverged }: RaceReport): void {
    for (const { lane, step } of diverged) this.#lane(lane).divergedAt = step;
    for (const { lane, from, losses, errors } of points) {
      const { curves } = this.#lane(lane);
      for (const [index, loss] of losses.entries()) {
        curves.step.push(from + index);
        curves.loss.push(loss);
        curves.trainError.push(errors[index] ?? Number.NaN);
      }
    }
    for (const { lane, step, error } of tests) this.#lane(lane).curves.testError.push({ step, error: finite(error) });
  }

  /** The lanes' errors on the fixed training images after `step` steps. */
  trainErrorBatchStats(step: number, errors: ReadonlyMap<string, number>): void {
    for (const lane of this.#lanes.values()) lane.curves.trb.push({ step, error: finite(errors.get(lane.name)) });
  }

  finish(): LaneRun[] {
    return [...this.#lanes.values()].map((lane) => {
      // What was last measured of a net that diverged is of a step before that.
      if (lane.divergedAt !== null) return lane;
      const { testError, trb } = lane.curves;
      return { ...lane, trb: trb.at(-1)?.error ?? null, testError: testError.at(-1)?.error ?? null };
    });
  }

  #lane(name: string): LaneRun {
    const lane = this.#lanes.get(name);
    if (lane === undefined) throw new Error(`net ${name}: not in this race`);
    return lane;
  }
}
