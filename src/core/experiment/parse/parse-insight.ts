import * as v from 'valibot';
import { sentence } from '../../../language/sentence.ts';
import { LESION_KINDS, LESION_STATISTICS, type LesionRequest } from '../../results/lesion.ts';
import { LIMITS } from '../limits.ts';
import { ExperimentError } from './parse.ts';
import { complaintOf, integer, oneOf, placeOf } from './parse-values.ts';

const block = integer({ min: 1, max: LIMITS.depth.max });
const statistics = v.optional(v.array(oneOf(LESION_STATISTICS)), ['batch']);
const kind = oneOf(LESION_KINDS);

const lesion = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['branch', 'shortcut', 'reset']), block }),
  v.strictObject({ kind: v.literal('swap'), block, other: block }),
]);

const lesionRequest = v.variant('study', [
  v.strictObject({ study: v.literal('sweep'), kind, statistics }),
  v.strictObject({
    study: v.literal('random'),
    kind,
    statistics,
    most: v.optional(block, 10),
    trials: v.optional(integer({ min: 1, max: 100 }), 5),
    seed: v.optional(integer(LIMITS.seed), 1),
  }),
  v.strictObject({ study: v.literal('together'), lesions: v.array(lesion), statistics }),
]);

/** Parses a lesion study and fills in its defaults. Throws an `ExperimentError`. */
export function parseLesions(input: unknown): LesionRequest {
  return parseQuestion('lesion', lesionRequest, input);
}

/** Parses a question by a schema. Throws an `ExperimentError` that names `what` and the field. */
export function parseQuestion<Schema extends v.GenericSchema>(
  what: string,
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  const result = checked(what, schema, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = placeOf(issue);
  const problem = complaintOf(issue);
  throw new ExperimentError(
    place === null
      ? sentence('experiment.named', { what, problem })
      : sentence('experiment.namedAt', { what, place, problem }),
  );
}

/** A script may hand over an object whose getters throw, or a Proxy. */
function checked<Schema extends v.GenericSchema>(what: string, schema: Schema, input: unknown) {
  try {
    return v.safeParse(schema, input, { abortEarly: true });
  } catch (cause) {
    throw new ExperimentError(sentence('experiment.unreadable', { what }), { cause });
  }
}
