import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { canonicalJson } from '../../src/core/experiment/comparison.ts';
import type { Experiment } from '../../src/core/experiment/experiment.ts';
import { parseExperiment } from '../../src/core/experiment/parse/parse.ts';
import { PROBE_NAMES } from '../../src/features/insight/probes/probes.ts';
import { LabError } from '../lab/error.ts';

/** The folder of the definitions; the records are in `records` there. */
export const EVIDENCE = fileURLToPath(new URL('../../evidence/', import.meta.url));

const definitionSchema = v.strictObject({
  /** As the page has it; the nets in the order in which they are trained. */
  experiment: v.pipe(v.unknown(), v.transform(parseExperiment)),
  /** The experiment's seeds; all nets are trained with the first, then with the second. */
  seeds: v.pipe(v.array(v.number()), v.minLength(1)),
  /** SHA-256 of the images and labels, as in a record; another set is refused. */
  sha256: v.string(),
  /** The steps after which trb and the error on all test images are measured, besides the last. */
  measureAt: v.array(v.number()),
  /** Probes of the trained nets. */
  probes: v.optional(v.array(v.picklist(PROBE_NAMES)), []),
});

/** What `evidence/NAME.json` describes. */
export type Definition = v.InferOutput<typeof definitionSchema>;

/** Reads `evidence/NAME.json`. Throws a `LabError` where there is none or it is malformed. */
export async function readDefinition(name: string): Promise<Definition> {
  try {
    return v.parse(definitionSchema, JSON.parse(await readFile(`${EVIDENCE}${name}.json`, 'utf8')));
  } catch (error) {
    throw new LabError(`evidence/${name}.json: ${error instanceof Error ? error.message : error}`);
  }
}

/** The experiment of one net with one seed. */
export interface NetTask {
  readonly lane: string;
  readonly seed: number;
  /** Holds this net alone: nets of a race do not influence each other. */
  readonly experiment: Experiment;
}

/** The nets to train, in order. */
export function tasksOf({ experiment, seeds }: Pick<Definition, 'experiment' | 'seeds'>): readonly NetTask[] {
  return seeds.flatMap((seed) =>
    experiment.lanes.map((lane) => ({
      lane: lane.name,
      seed,
      experiment: { ...experiment, recipe: { ...experiment.recipe, seed }, lanes: [lane] },
    })),
  );
}

/**
 * Identifies what determines a net's curve: data, recipe with seed, net and surgery; not its length, nor the order in which
 * fields were written. Definitions that share a net share its state.
 */
export function keyOf({ lane, seed, experiment }: NetTask, sha256: string): string {
  const { recipe, lanes, surgery } = experiment;
  const determining = [sha256, recipe, lanes, ...(surgery.length > 0 ? [surgery] : [])];
  const hash = createHash('sha256').update(canonicalJson(determining));
  return `${lane.replaceAll(/[^\w.-]+/g, '_')}-seed-${seed}-${hash.digest('hex').slice(0, 12)}`;
}
