import * as v from 'valibot';

const trajectory = v.object({ losses: v.array(v.number()), logits: v.array(v.number()) });

/** What the page tells of one backend, as JSON: a number that is none comes as null, which this refuses. */
export const resultSchema = v.object({
  adapter: v.string(),
  checks: v.array(v.object({ what: v.string(), difference: v.number(), tolerance: v.number() })),
  trajectories: v.record(v.string(), trajectory),
  /** What the device said by itself went wrong. */
  broken: v.array(v.string()),
  tensorsLeft: v.number(),
  seconds: v.number(),
});
export type Result = v.InferOutput<typeof resultSchema>;
