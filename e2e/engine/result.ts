import * as v from 'valibot';

const trajectory = v.object({ losses: v.array(v.number()), logits: v.array(v.number()) });

/** What the page tells of one backend, as JSON: a number that is none comes as null, which this refuses. */
export const resultSchema = v.object({
  adapter: v.string(),
  /** What the browser says in the worker once the engine has started. */
  cores: v.number(),
  checks: v.array(v.object({ what: v.string(), difference: v.number(), tolerance: v.number() })),
  /** What a step of ResNet-20 takes where it is recorded. */
  cost: v.nullable(v.object({ dispatches: v.number(), bytes: v.number() })),
  /** How many parameters move in a step, while a projection rests, and after. */
  moved: v.array(v.number()),
  /** Our kernels that the device computes wrongly, and those that the self-test finds when one is spoilt. */
  fallbacks: v.array(v.string()),
  spoilt: v.nullable(v.object({ found: v.array(v.string()), isGone: v.boolean() })),
  trajectories: v.record(v.string(), trajectory),
  diverged: v.array(v.object({ lane: v.string(), step: v.number() })),
  /** Whether a race told the same again, to the last bit. */
  repeats: v.boolean(),
  /** What the device said by itself went wrong. */
  broken: v.array(v.string()),
  /** What the checks did not give back. */
  left: v.object({ tensors: v.number(), buffers: v.number() }),
  seconds: v.number(),
});
export type Result = v.InferOutput<typeof resultSchema>;
