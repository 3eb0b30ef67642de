import * as v from 'valibot';
import { LESION_KINDS, LESION_STATISTICS, type LesionKind } from '../../src/core/results/lesion.ts';
import { AT_ONCE } from '../../src/engine/insight/measurement.ts';
import type { Race } from '../../src/engine/training/race.ts';
import { PROBE_NAMES, PROBES, type ProbeName } from '../../src/features/insight/probes/probes.ts';

const measure = v.nullable(v.number());
const errorsSchema = v.record(v.picklist(LESION_STATISTICS), measure);

const studied = {
  lane: v.string(),
  step: v.number(),
  kind: v.picklist(LESION_KINDS),
  before: errorsSchema,
};
const oneLesion = v.looseObject({ block: v.number() });

const lesionSchema = v.object({
  ...studied,
  study: v.literal('sweep'),
  bars: v.array(v.object({ lesion: oneLesion, errors: errorsSchema })),
});

const randomSchema = v.object({
  ...studied,
  study: v.literal('random'),
  curve: v.array(
    v.object({
      count: v.number(),
      trials: v.array(v.object({ lesions: v.array(oneLesion), errors: errorsSchema })),
    }),
  ),
});

/** A probe's whole result; of what is in it, the table shows these. */
const probeSchema = v.looseObject({
  name: v.picklist(PROBE_NAMES),
  lane: v.string(),
  step: v.number(),
  ratio: v.optional(measure),
  mean: v.optional(measure),
});

/** Schema of the measurements inside the lanes in the lab's JSON file. */
export const insightSchema = v.object({
  lesions: v.array(lesionSchema),
  random: v.array(randomSchema),
  probes: v.array(probeSchema),
});
/** Lesions and probes of all lanes of one run, as in the lab's JSON file. */
export type InsightRun = v.InferOutput<typeof insightSchema>;

/** The measurements inside the lanes: lesions at the end, probes before the first step and at the end. */
export interface Wanted {
  readonly lesions: readonly LesionKind[];
  /** The most of these lesions to apply at once to random blocks; 0 for none. */
  readonly random: number;
  readonly probes: readonly ProbeName[];
}

/** Probes every lane as it stands. A net without sums has no feature maps, as on the page. */
export async function probeAll(race: Race, { probes }: Wanted): Promise<InsightRun['probes']> {
  const found: unknown[] = [];
  for (const { name: lane, net } of race.experiment.lanes) {
    for (const name of probes) {
      if (name === 'features' && net.gains.length === 0) continue;
      found.push(await race.insight(lane).probe(PROBES[name].defaults, AT_ONCE));
    }
  }
  return v.parse(insightSchema.entries.probes, asJson(found));
}

/** Sweeps every lane as it stands. */
export async function lesionAll(race: Race, { lesions }: Wanted): Promise<InsightRun['lesions']> {
  const found: unknown[] = [];
  for (const { name: lane } of race.experiment.lanes) {
    for (const kind of lesions) {
      const request = { study: 'sweep', kind, statistics: LESION_STATISTICS } as const;
      found.push(await race.insight(lane).lesion(request, AT_ONCE));
    }
  }
  return v.parse(insightSchema.entries.lesions, asJson(found));
}

/** Trials of each number of random lesions at once. */
const TRIALS = 4;

/** Damages several blocks at once, at random, of every lane as it stands. */
export async function lesionRandomly(race: Race, { lesions, random }: Wanted): Promise<InsightRun['random']> {
  const found: unknown[] = [];
  for (const { name: lane } of race.experiment.lanes) {
    for (const kind of random > 0 ? lesions : []) {
      const study = { study: 'random', kind, statistics: ['batch'], most: random, trials: TRIALS, seed: 1 } as const;
      found.push(await race.insight(lane).lesion(study, AT_ONCE));
    }
  }
  return v.parse(insightSchema.entries.random, asJson(found));
}

/** Replaces typed arrays by lists, and NaN and infinities by null. */
function asJson(value: unknown): unknown {
  const plain = (_: string, each: unknown) => (each instanceof Float32Array ? [...each] : each);
  return JSON.parse(JSON.stringify(value, plain));
}
