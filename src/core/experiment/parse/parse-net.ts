import * as v from 'valibot';
import { say } from '../../../language/say.ts';
import { sayIt } from '../../../language/sentence.ts';
import {
  BLOCK_ORDERS,
  CHOICE_LIMITS,
  USUAL_BIAS,
  USUAL_GROUPS,
  USUAL_GROWTH,
  USUAL_RATE,
  USUAL_SHARE,
  withoutUsual,
} from '../../net/choices.ts';
import {
  type CifarNet,
  defaultShortcutType,
  gainCount,
  IMAGENET_DEPTHS,
  initialGain,
  VGG_DEPTHS,
  type ZooNet,
} from '../../net/net.ts';
import { makeImageNetNet } from '../../net/zoo.ts';
import { quote } from '../../quote.ts';
import { choicesProblem, depthProblem, LIMITS } from '../limits.ts';
import { flag, integer, list, number, oneOf, record } from './parse-values.ts';

/** In what the blocks of a net differ from the paper's; each choice may be left out. */
const choicesSchema = record({
  start: v.exactOptional(
    v.variant(
      'type',
      [
        record({ type: v.literal('identity'), share: v.optional(number(CHOICE_LIMITS.share), USUAL_SHARE) }),
        record({ type: v.literal('orthogonal') }),
        record({ type: v.literal('delta-orthogonal') }),
        record({ type: v.literal('fixup') }),
      ],
      ({ input }) =>
        say('experiment.value.oneOf', {
          ...{ value: quote(input), options: 'identity, orthogonal, delta-orthogonal, fixup' },
        }),
    ),
  ),
  norm: v.exactOptional(
    v.variant(
      'type',
      [
        record({ type: v.literal('none') }),
        record({ type: v.literal('group'), groups: v.optional(integer(CHOICE_LIMITS.groups), USUAL_GROUPS) }),
      ],
      ({ input }) => say('experiment.value.oneOf', { value: quote(input), options: 'none, group' }),
    ),
  ),
  shift: v.exactOptional(number(CHOICE_LIMITS.shift)),
  lastScale: v.exactOptional(oneOf([0])),
  order: v.exactOptional(oneOf(BLOCK_ORDERS)),
  slope: v.exactOptional(number(CHOICE_LIMITS.slope)),
  shortcut: v.exactOptional(
    v.variant(
      'type',
      [
        record({ type: v.literal('scalar'), start: v.optional(number(CHOICE_LIMITS.scalar), 0) }),
        record({ type: v.literal('highway'), bias: v.optional(number(CHOICE_LIMITS.bias), USUAL_BIAS) }),
        record({ type: v.literal('dropout'), rate: v.optional(number(CHOICE_LIMITS.rate), USUAL_RATE) }),
        record({ type: v.literal('concat') }),
        record({ type: v.literal('dense'), growth: v.optional(integer(CHOICE_LIMITS.growth), USUAL_GROWTH) }),
      ],
      ({ input }) =>
        say('experiment.value.oneOf', { value: quote(input), options: 'scalar, highway, dropout, concat, dense' }),
    ),
  ),
  drop: v.exactOptional(number(CHOICE_LIMITS.drop)),
  span: v.exactOptional(oneOf([1, 2, 3])),
  rep: v.exactOptional(flag),
});

const cifarSchema = v.pipe(
  record({
    family: oneOf(['plain', 'residual']),
    depth: integer({ ...LIMITS.depth, min: 1 }),
    width: v.optional(integer(LIMITS.width), 8),
    block: v.optional(oneOf(['basic', 'bottleneck']), 'basic'),
    option: v.optional(oneOf(['A', 'B', 'C']), 'A'),
    choices: v.exactOptional(choicesSchema),
    gains: v.optional(list(number(LIMITS.gain))),
  }),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): CifarNet => {
    const { choices: given = {}, ...rest } = value;
    const choices = withoutUsual(given);
    const net = { ...rest, ...(choices && { choices }) };
    const problem = depthProblem(net.depth, net);
    if (problem !== null) {
      addIssue({
        message: sayIt(problem),
        path: [{ type: 'object', origin: 'value', input: net, key: 'depth', value: net.depth }],
      });
      return NEVER;
    }
    const blocks = gainCount(net);
    const gains = net.gains ?? Array<number>(blocks).fill(initialGain(net.family));
    if (gains.length !== blocks) {
      const message = say('experiment.gains', { gains: gains.length, blocks });
      addIssue({ message, path: [{ type: 'object', origin: 'value', input: net, key: 'gains', value: gains }] });
      return NEVER;
    }
    const refusal = choicesProblem(net);
    if (refusal !== null) {
      const message = sayIt(refusal);
      addIssue({
        message,
        path: [{ type: 'object', origin: 'value', input: net, key: 'choices', value: net.choices }],
      });
      return NEVER;
    }
    return { ...net, gains };
  }),
);

const width = v.optional(integer(LIMITS.width), 8);
const form = v.optional(oneOf(['paper', 'pytorch']), 'paper');
/** The keys of nets without shortcuts that a residual net has, too; a link writes them out. */
const plain = { family: v.optional(oneOf(['plain']), 'plain'), gains: v.optional(v.strictTuple([]), []) };

const familySchema = v.pipe(
  v.variant(
    'design',
    [
      record({
        design: v.literal('imagenet'),
        family: oneOf(['plain', 'residual']),
        depth: oneOf(IMAGENET_DEPTHS),
        width,
        option: v.optional(oneOf(['A', 'B', 'C'])),
        form,
        gains: v.optional(list(number(LIMITS.gain))),
      }),
      record({
        ...{ design: v.literal('vgg'), ...plain, depth: oneOf(VGG_DEPTHS), width },
        norm: v.optional(flag, false),
      }),
      record({ design: v.literal('alexnet'), ...plain, depth: v.optional(oneOf([8]), 8), width, form }),
      record({ design: v.literal('googlenet'), ...plain, depth: v.optional(oneOf([22]), 22), width, form }),
    ],
    ({ input }) => say('experiment.value.oneOf', { value: quote(input), options: 'imagenet, vgg, alexnet, googlenet' }),
  ),
  v.rawTransform(({ dataset: { value: net }, addIssue, NEVER }): ZooNet => {
    if (net.design !== 'imagenet') return net;
    const { family, depth, option = defaultShortcutType(net.family), ...rest } = net;
    const { gains: initial, ...made } = makeImageNetNet(family, depth, { option, width: rest.width, form: rest.form });
    const gains = net.gains ?? initial;
    if (gains.length === initial.length) return { ...made, gains };
    const message = say('experiment.gains', { gains: gains.length, blocks: initial.length });
    addIssue({ message, path: [{ type: 'object', origin: 'value', input: net, key: 'gains', value: gains }] });
    return NEVER;
  }),
);

/** A net of an experiment. Only ImageNet nets have a `design`. */
export const netSchema = v.lazy((input) =>
  typeof input === 'object' && input !== null && 'design' in input ? familySchema : cifarSchema,
);
