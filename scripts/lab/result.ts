import * as v from 'valibot';
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

export const seedRunSchema = v.object({ seed: v.number(), lanes: v.array(laneRunSchema), insight: insightSchema });

export const deviceSchema = v.object({
  backend: v.string(),
  adapter: v.string(),
  passedOver: v.array(v.object({ backend: v.string(), reason: v.string() })),
});

/** What one net came to. */
export type LaneRun = v.InferOutput<typeof laneRunSchema>;
/** The experiment once, with one seed. */
export type SeedRun = v.InferOutput<typeof seedRunSchema>;
