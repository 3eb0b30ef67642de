import * as v from 'valibot';
import { LESION_KINDS, LESION_STATISTICS, type LesionRequest } from './lesion.ts';
import { ExperimentError, LIMITS } from './parse.ts';
import { complaintOf, placeOf } from './parse-values.ts';
import { LANDSCAPE_OVER, PROBE_DEFAULTS, PROBE_NAMES, type ProbeName, type ProbeRequest } from './probe.ts';
import { quote } from './quote.ts';

/** What a question may ask for at most: minutes on a slow machine. */
const INSIGHT_LIMITS = {
  batches: { min: 2, max: 16 },
  lines: { min: 1, max: 16 },
  points: { min: 8, max: 1024 },
  samples: { min: 1, max: 4096 },
  grid: { min: 3, max: 65 },
  reach: { min: 1e-3, max: 10 },
  images: { min: 1, max: 1000 },
  trials: { min: 1, max: 100 },
  pictureSize: { min: 1, max: 256 },
} as const;

interface Limit {
  readonly min: number;
  readonly max: number;
}

function number({ min, max }: Limit, isWhole = true) {
  const kind = isWhole ? 'whole number' : 'number';
  return v.pipe(
    v.number(({ input }) => `${quote(input)} is not a ${kind} from ${min} to ${max}`),
    v.check(
      (value) => value >= min && value <= max && (!isWhole || Number.isInteger(value)),
      ({ input }) => `${quote(input)} is not a ${kind} from ${min} to ${max}`,
    ),
  );
}

function oneOf<const Options extends readonly string[]>(options: Options) {
  return v.picklist(options, ({ input }) => `${quote(input)} is not one of ${options.join(', ')}`);
}

const block = number({ min: 1, max: LIMITS.depth.max });
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
    trials: v.optional(number(INSIGHT_LIMITS.trials), 5),
    seed: v.optional(number(LIMITS.seed), 1),
  }),
  v.strictObject({ study: v.literal('together'), lesions: v.array(lesion), statistics }),
]);

const picture = v.pipe(
  v.strictObject({
    name: v.optional(v.string(), 'image'),
    size: number(INSIGHT_LIMITS.pictureSize),
    rgb: v.custom<Uint8Array>((input) => input instanceof Uint8Array, 'the bytes are no Uint8Array'),
  }),
  v.check(
    ({ size, rgb }) => rgb.length === size * size * 3,
    ({ input: { size, rgb } }) => `${rgb.length} bytes are not those of ${size} × ${size} pixels of RGB`,
  ),
);
const probedImage = v.lazy((input) =>
  typeof input === 'object' && input !== null ? picture : number({ min: 0, max: 1e6 }),
);

const { correlation, shattering, paths, features, landscape } = PROBE_DEFAULTS;

const probeRequest = v.variant('name', [
  v.strictObject({ name: v.literal('gradients') }),
  v.strictObject({ name: v.literal('responses') }),
  v.strictObject({ name: v.literal('branches') }),
  v.strictObject({
    name: v.literal('correlation'),
    batches: v.optional(number(INSIGHT_LIMITS.batches), correlation.batches),
  }),
  v.strictObject({
    name: v.literal('shattering'),
    lines: v.optional(number(INSIGHT_LIMITS.lines), shattering.lines),
    points: v.optional(number(INSIGHT_LIMITS.points), shattering.points),
    seed: v.optional(number(LIMITS.seed), shattering.seed),
  }),
  v.strictObject({
    name: v.literal('paths'),
    samples: v.optional(number(INSIGHT_LIMITS.samples), paths.samples),
    seed: v.optional(number(LIMITS.seed), paths.seed),
  }),
  v.strictObject({
    name: v.literal('features'),
    image: v.optional(probedImage, features.image),
    block: v.optional(block, features.block),
  }),
  v.strictObject({
    name: v.literal('landscape'),
    over: v.optional(oneOf(LANDSCAPE_OVER), landscape.over),
    points: v.optional(
      v.pipe(
        number(INSIGHT_LIMITS.grid),
        v.check(
          (value) => value % 2 === 1,
          ({ input }) => `${input} is not odd, and has no middle`,
        ),
      ),
      landscape.points,
    ),
    reach: v.optional(number(INSIGHT_LIMITS.reach, false), landscape.reach),
    images: v.optional(number(INSIGHT_LIMITS.images), landscape.images),
    seed: v.optional(number(LIMITS.seed), landscape.seed),
  }),
]);

/** The probe of this name with what the options leave out at its default. Throws an `ExperimentError`. */
export function parseProbe(name: unknown, options: unknown = {}): ProbeRequest {
  const known: ProbeName = parse('probe', oneOf(PROBE_NAMES), name);
  const given = parse('probe', v.record(v.string(), v.unknown()), options);
  return parse(`probe ${known}`, probeRequest, { ...given, name: known });
}

/** A study of lesions with what it leaves out at its default. Throws an `ExperimentError`. */
export function parseLesions(input: unknown): LesionRequest {
  return parse('lesion', lesionRequest, input);
}

function parse<Schema extends v.GenericSchema>(what: string, schema: Schema, input: unknown): v.InferOutput<Schema> {
  const result = checked(what, schema, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = placeOf(issue);
  throw new ExperimentError(`${what}${place === null ? '' : `.${place}`}: ${complaintOf(issue)}`);
}

/** A script may hand over an object whose getters throw, or a Proxy. */
function checked<Schema extends v.GenericSchema>(what: string, schema: Schema, input: unknown) {
  try {
    return v.safeParse(schema, input, { abortEarly: true });
  } catch (cause) {
    throw new ExperimentError(`${what}: what was given cannot be read`, { cause });
  }
}
