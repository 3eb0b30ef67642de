import * as v from 'valibot';
import { AT_ONCE } from '../../src/engine/insight/inquiry.ts';
import type { Race } from '../../src/engine/race.ts';
import { LESION_KINDS, LESION_STATISTICS, type LesionKind } from '../../src/spec/lesion.ts';
import { PROBE_DEFAULTS, PROBE_NAMES, type ProbeName } from '../../src/spec/probe.ts';

const measure = v.nullable(v.number());
const errorsSchema = v.record(v.picklist(LESION_STATISTICS), measure);

const lesionSchema = v.object({
  study: v.literal('sweep'),
  lane: v.string(),
  step: v.number(),
  kind: v.picklist(LESION_KINDS),
  before: errorsSchema,
  bars: v.array(v.object({ lesion: v.looseObject({ block: v.number() }), errors: errorsSchema })),
});

/** A probe's whole result; of what is in it, the table shows these. */
const probeSchema = v.looseObject({
  name: v.picklist(PROBE_NAMES),
  lane: v.string(),
  step: v.number(),
  ratio: v.optional(measure),
  mean: v.optional(measure),
});

/** What was measured inside the lanes, as JSON has it. */
export const insightSchema = v.object({ lesions: v.array(lesionSchema), probes: v.array(probeSchema) });
export type InsightRun = v.InferOutput<typeof insightSchema>;

/** What is to be measured inside the lanes: lesions at the end, probes before the first step and at the end. */
export interface Wanted {
  readonly lesions: readonly LesionKind[];
  readonly probes: readonly ProbeName[];
}

/** Probes every lane as it stands. */
export async function probeAll(race: Race, { probes }: Wanted): Promise<InsightRun['probes']> {
  const found: unknown[] = [];
  for (const { name: lane } of race.experiment.lanes) {
    for (const name of probes) found.push(await race.insight(lane).probe(PROBE_DEFAULTS[name], AT_ONCE));
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

/** With lists for typed arrays, and null for what is no number. */
function asJson(value: unknown): unknown {
  const plain = (_: string, each: unknown) => (each instanceof Float32Array ? [...each] : each);
  return JSON.parse(JSON.stringify(value, plain));
}
