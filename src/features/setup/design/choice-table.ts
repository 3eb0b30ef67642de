import {
  type BlockChoices,
  CHOICE_LIMITS,
  USUAL_BIAS,
  USUAL_GROUPS,
  USUAL_GROWTH,
  USUAL_RATE,
  USUAL_SHARE,
} from '../../../core/net/choices.ts';
import { type ChoiceOption, type ChoiceRow, type Citation, optionOf } from './choice-row.ts';

const HE: Citation = { first: 'He', year: 2015 };
const HE_2016: Citation = { first: 'He', year: 2016 };

/** All choices, in the order of the dialog. */
export const CHOICES: readonly ChoiceRow[] = [
  {
    id: 'start',
    name: 'design.start',
    options: [
      { name: 'design.startHe', about: 'design.startHeAbout', source: HE, choices: {} },
      {
        name: 'design.startIdentity',
        about: 'design.startIdentityAbout',
        source: { first: 'Zagoruyko', second: 'Komodakis', year: 2017 },
        choices: { start: { type: 'identity', share: USUAL_SHARE } },
        number: {
          range: CHOICE_LIMITS.share,
          of: ({ start }) => (start?.type === 'identity' ? start.share : undefined),
          choices: (share) => ({ start: { type: 'identity', share } }),
        },
      },
      {
        name: 'design.startOrthogonal',
        about: 'design.startOrthogonalAbout',
        source: { first: 'Saxe', year: 2013 },
        choices: { start: { type: 'orthogonal' } },
      },
      {
        name: 'design.startDelta',
        about: 'design.startDeltaAbout',
        source: { first: 'Xiao', year: 2018 },
        choices: { start: { type: 'delta-orthogonal' } },
      },
      {
        name: 'design.startFixup',
        about: 'design.startFixupAbout',
        source: { first: 'Zhang', year: 2019 },
        choices: { start: { type: 'fixup' } },
      },
    ],
  },
  {
    id: 'norm',
    name: 'design.norm',
    options: [
      { name: 'design.normBatch', about: 'design.normBatchAbout', source: HE, choices: {} },
      {
        name: 'design.normNone',
        about: 'design.normNoneAbout',
        source: { first: 'Zhang', year: 2019 },
        choices: { norm: { type: 'none' } },
      },
      {
        name: 'design.normGroup',
        about: 'design.normGroupAbout',
        source: { first: 'Wu', second: 'He', year: 2018 },
        choices: { norm: { type: 'group', groups: USUAL_GROUPS } },
        number: {
          range: { ...CHOICE_LIMITS.groups, whole: true },
          of: ({ norm }) => (norm?.type === 'group' ? norm.groups : undefined),
          choices: (groups) => ({ norm: { type: 'group', groups } }),
        },
      },
    ],
  },
  {
    id: 'shift',
    name: 'design.shift',
    options: [
      { name: 'design.shiftZero', about: 'design.shiftZeroAbout', source: HE, choices: {} },
      {
        name: 'design.shiftMoved',
        about: 'design.shiftMovedAbout',
        source: { first: 'Yang', year: 2019 },
        choices: { shift: 2 },
        number: { range: CHOICE_LIMITS.shift, of: ({ shift }) => shift, choices: (shift) => ({ shift }) },
      },
    ],
  },
  {
    id: 'lastScale',
    name: 'design.lastScale',
    options: [
      { name: 'design.lastScaleOne', about: 'design.lastScaleOneAbout', source: HE, choices: {} },
      {
        name: 'design.lastScaleZero',
        about: 'design.lastScaleZeroAbout',
        source: { first: 'Goyal', year: 2017 },
        choices: { lastScale: 0 },
      },
    ],
  },
  {
    id: 'order',
    name: 'design.order',
    options: [
      { name: 'design.orderOriginal', about: 'design.orderOriginalAbout', source: HE, choices: {} },
      {
        name: 'design.orderPre',
        about: 'design.orderPreAbout',
        source: HE_2016,
        choices: { order: 'pre-activation' },
      },
      {
        name: 'design.orderReluBefore',
        about: 'design.orderReluBeforeAbout',
        source: HE_2016,
        choices: { order: 'relu-before-sum' },
      },
      {
        name: 'design.orderNormAfter',
        about: 'design.orderNormAfterAbout',
        source: HE_2016,
        choices: { order: 'norm-after-sum' },
      },
      {
        name: 'design.orderReluOnly',
        about: 'design.orderReluOnlyAbout',
        source: HE_2016,
        choices: { order: 'relu-only-pre-activation' },
      },
    ],
  },
  {
    id: 'slope',
    name: 'design.slope',
    options: [
      { name: 'design.slopeZero', about: 'design.slopeZeroAbout', source: HE, choices: {} },
      {
        name: 'design.slopeLeaky',
        about: 'design.slopeLeakyAbout',
        source: { first: 'Zhang', year: 2022 },
        choices: { slope: 0.5 },
        number: { range: CHOICE_LIMITS.slope, of: ({ slope }) => slope, choices: (slope) => ({ slope }) },
      },
    ],
  },
  {
    id: 'shortcut',
    name: 'design.shortcut',
    options: [
      { name: 'design.shortcutAdd', about: 'design.shortcutAddAbout', source: HE, choices: {} },
      {
        name: 'design.shortcutScalar',
        about: 'design.shortcutScalarAbout',
        source: { first: 'De', second: 'Smith', year: 2020 },
        choices: { shortcut: { type: 'scalar', start: 0 } },
        number: {
          range: CHOICE_LIMITS.scalar,
          of: ({ shortcut }) => (shortcut?.type === 'scalar' ? shortcut.start : undefined),
          choices: (start) => ({ shortcut: { type: 'scalar', start } }),
        },
      },
      {
        name: 'design.shortcutHighway',
        about: 'design.shortcutHighwayAbout',
        source: { first: 'Srivastava', year: 2015 },
        choices: { shortcut: { type: 'highway', bias: USUAL_BIAS } },
        number: {
          range: CHOICE_LIMITS.bias,
          of: ({ shortcut }) => (shortcut?.type === 'highway' ? shortcut.bias : undefined),
          choices: (bias) => ({ shortcut: { type: 'highway', bias } }),
        },
      },
      {
        name: 'design.shortcutDropout',
        about: 'design.shortcutDropoutAbout',
        source: HE_2016,
        choices: { shortcut: { type: 'dropout', rate: USUAL_RATE } },
        number: {
          range: CHOICE_LIMITS.rate,
          of: ({ shortcut }) => (shortcut?.type === 'dropout' ? shortcut.rate : undefined),
          choices: (rate) => ({ shortcut: { type: 'dropout', rate } }),
        },
      },
      {
        name: 'design.shortcutConcat',
        about: 'design.shortcutConcatAbout',
        source: { first: 'Huang', year: 2017, compare: true },
        choices: { shortcut: { type: 'concat' } },
      },
      {
        name: 'design.shortcutDense',
        about: 'design.shortcutDenseAbout',
        source: { first: 'Huang', year: 2017 },
        choices: { shortcut: { type: 'dense', growth: USUAL_GROWTH } },
        number: {
          range: { ...CHOICE_LIMITS.growth, whole: true },
          of: ({ shortcut }) => (shortcut?.type === 'dense' ? shortcut.growth : undefined),
          choices: (growth) => ({ shortcut: { type: 'dense', growth } }),
        },
      },
    ],
  },
  {
    id: 'drop',
    name: 'design.drop',
    options: [
      { name: 'design.dropNone', about: 'design.dropNoneAbout', source: HE, choices: {} },
      {
        name: 'design.dropSome',
        about: 'design.dropSomeAbout',
        source: { first: 'Huang', year: 2016 },
        choices: { drop: 0.5 },
        number: { range: CHOICE_LIMITS.drop, of: ({ drop }) => drop, choices: (drop) => ({ drop }) },
      },
    ],
  },
  {
    id: 'span',
    name: 'design.span',
    options: [
      { name: 'design.spanTwo', about: 'design.spanTwoAbout', source: HE, choices: {} },
      { name: 'design.spanOne', about: 'design.spanOneAbout', source: HE, choices: { span: 1 } },
      { name: 'design.spanThree', about: 'design.spanThreeAbout', source: HE, choices: { span: 3 } },
    ],
  },
  {
    id: 'rep',
    name: 'design.rep',
    options: [
      { name: 'design.repNone', about: 'design.repNoneAbout', source: HE, choices: {} },
      {
        name: 'design.repBranches',
        about: 'design.repBranchesAbout',
        source: { first: 'Ding', year: 2021 },
        choices: { rep: true },
      },
    ],
  },
];

/** The options of a net that are not what the paper does. */
export function unusualOptions(choices: BlockChoices = {}): readonly ChoiceOption[] {
  return CHOICES.filter(({ id }) => choices[id] !== undefined).flatMap((choice) => optionOf(choice, choices) ?? []);
}
