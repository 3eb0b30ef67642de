import * as v from 'valibot';
import { say } from '../../../language/say.ts';
import { type Phrase, SaidError, sayIt, sentence } from '../../../language/sentence.ts';
import { IMAGE_SIZES, PICTURE_SIZES, sizesOf, USUAL_SIZES } from '../../data/images.ts';
import { quote, someOf } from '../../quote.ts';
import { EMOJI_VERSION, type Experiment, type LaneSpec, sourceSize, uniqueName } from '../experiment.ts';
import { LIMITS } from '../limits.ts';
import { canDeriveFrom, phaseAt } from '../lineage.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from '../presets.ts';
import { DEFAULT_RECIPE, MEANS } from '../recipe.ts';
import { sortedByStep } from '../surgery.ts';
import { netSchema } from './parse-net.ts';
import {
  complaintOf,
  flag,
  integer,
  laneName,
  list,
  number,
  oneOf,
  placeOf,
  plainJson,
  record,
  text,
} from './parse-values.ts';

/** An experiment from outside that cannot be run. The message names the field, its value and the limit. */
export class ExperimentError extends SaidError {
  override readonly name = 'ExperimentError';
}

/** The error that the value of a field is none of those that it can have. */
export function notOneOf(field: string, value: unknown, options: Phrase): ExperimentError {
  const problem = sentence('experiment.value.oneOf', { value: quote(value), options });
  return new ExperimentError(sentence('experiment.named', { what: field, problem }));
}

const recipeSchema = record({
  batch: v.optional(integer(LIMITS.batch), DEFAULT_RECIPE.batch),
  learningRate: v.optional(number(LIMITS.learningRate), DEFAULT_RECIPE.learningRate),
  warmUp: v.optional(v.nullable(record({ steps: integer(LIMITS.steps), rate: number(LIMITS.learningRate) })), null),
  drops: v.optional(list(record({ step: integer(LIMITS.steps), by: number(LIMITS.dropBy) })), []),
  momentum: v.optional(number(LIMITS.momentum), DEFAULT_RECIPE.momentum),
  weightDecay: v.optional(number(LIMITS.weightDecay), DEFAULT_RECIPE.weightDecay),
  // Left out where it is off, as in links of before there was a choice.
  equalSteps: v.exactOptional(
    v.pipe(
      flag,
      v.transform((on) => (on ? true : undefined)),
    ),
  ),
  augment: v.optional(flag, DEFAULT_RECIPE.augment),
  mean: v.optional(oneOf(MEANS), DEFAULT_RECIPE.mean),
  seed: v.optional(integer(LIMITS.seed), DEFAULT_RECIPE.seed),
});

const usualSize = oneOf(USUAL_SIZES);

const contentHash = v.pipe(
  v.string(({ input }) => say('experiment.value.text', { value: quote(input) })),
  v.regex(/^[0-9a-f]{64}$/, ({ input }) => say('experiment.value.hash', { value: quote(input) })),
);

const dataSchema = v.pipe(
  v.variant(
    'source',
    [
      record({
        source: v.literal('emoji'),
        task: v.optional(oneOf(['designer', 'group']), 'designer'),
        size: v.optional(usualSize, 16),
        // Links and runs of before there were versions have none.
        version: v.exactOptional(oneOf([EMOJI_VERSION])),
      }),
      record({ source: v.literal('cifar10'), size: v.optional(usualSize, 16) }),
      record({
        ...{ source: v.literal('own'), name: text, hash: contentHash },
        size: v.optional(oneOf(IMAGE_SIZES), 16),
        made: v.exactOptional(oneOf(PICTURE_SIZES)),
      }),
    ],
    ({ input }) => say('experiment.value.oneOf', { value: quote(input), options: 'emoji, cifar10, own' }),
  ),
  v.check(
    (data) => sizesOf(sourceSize(data)).includes(data.size),
    ({ input }) => say('experiment.size', { size: input.size, sizes: sizesOf(sourceSize(input)).join(', ') }),
  ),
);

const originSchema = record({
  lane: laneName,
  eras: v.pipe(
    list(record({ net: netSchema, until: integer(LIMITS.steps) })),
    v.check(
      (eras) => eras.length > 0,
      () => say('experiment.originNone'),
    ),
    v.check(
      (eras) => eras.every(({ until }, index) => until > (eras[index - 1]?.until ?? 0)),
      ({ input }) => say('experiment.originOrder', { steps: sayIt(someOf(input.map(({ until }) => String(until)))) }),
    ),
  ),
});

const experimentSchema = v.pipe(
  record({
    data: v.optional(dataSchema, { source: 'emoji', version: EMOJI_VERSION }),
    recipe: v.optional(recipeSchema, {}),
    lanes: v.pipe(
      list(
        record({
          name: v.optional(laneName),
          net: netSchema,
          origin: v.optional(originSchema),
          start: v.optional(record({ file: text, hash: contentHash })),
        }),
      ),
      v.check(
        (lanes) => lanes.length <= LIMITS.lanes.max,
        ({ input }) => say('experiment.lanes', { lanes: input.length, most: LIMITS.lanes.max }),
      ),
    ),
    surgery: v.optional(
      list(
        record({
          step: integer({ ...LIMITS.steps, min: 0 }),
          lane: laneName,
          block: integer({ min: 1, max: LIMITS.depth.max }),
          gain: number(LIMITS.gain),
        }),
      ),
      [],
    ),
    until: v.optional(integer(LIMITS.steps), 150),
  }),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): Experiment => {
    const names = value.lanes.flatMap(({ name }) => (name === undefined ? [] : [name]));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      addIssue({ message: say('experiment.sameName', { name: quote(twice) }) });
      return NEVER;
    }
    const taken = [...names];
    const lanes = value.lanes.map(({ name, net, origin, start }): LaneSpec => {
      const own = name ?? uniqueName(net, taken);
      if (name === undefined) taken.push(own);
      return { name: own, net, ...(origin && { origin }), ...(start && { start }) };
    });
    for (const { name, net, origin } of lanes) {
      const nets = [...(origin?.eras ?? []).map((era) => era.net), net];
      if (nets.every((each, index) => canDeriveFrom(each, nets[index - 1] ?? each))) continue;
      addIssue({ message: say('experiment.originLane', { net: quote(name) }) });
      return NEVER;
    }
    for (const { lane, block, step } of value.surgery) {
      const target = lanes.find(({ name }) => name === lane);
      if (target === undefined || block > phaseAt(target, step).net.gains.length) {
        const nets = sayIt(someOf(lanes.map(({ name }) => name)));
        addIssue({ message: say('experiment.surgery', { block, net: quote(lane), nets }) });
        return NEVER;
      }
    }
    return { ...value, lanes, surgery: sortedByStep(value.surgery) };
  }),
);

/** Parses JSON from outside as an experiment and fills in its defaults. Throws an `ExperimentError`. */
export function parseExperiment(input: unknown): Experiment {
  const plain = plainJson(
    input,
    (problem, cause) => new ExperimentError(sentence('experiment.whole', { problem }), { cause }),
  );
  const result = v.safeParse(experimentSchema, plain, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = placeOf(issue);
  const problem = complaintOf(issue);
  throw new ExperimentError(
    place === null ? sentence('experiment.is', { problem }) : sentence('experiment.at', { place, problem }),
  );
}

/** The preset of this name. Throws an `ExperimentError` that lists all presets. */
export function findPreset(name: string): PresetName {
  const found = PRESET_NAMES.find((preset) => preset === name);
  if (found === undefined) {
    throw notOneOf('preset', name, PRESET_NAMES.join(', '));
  }
  return found;
}

/** An experiment, or the name of a preset. Throws an `ExperimentError`. */
export function experimentOrPreset(input: unknown): Experiment {
  return typeof input === 'string' ? PRESETS[findPreset(input)] : parseExperiment(input);
}
