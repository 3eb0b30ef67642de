import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyNet } from '../../../testing/any-net.ts';
import type { BlockChoices } from '../../net/choices.ts';
import { makeNet } from '../../net/net.ts';
import { branchOff } from '../branch-off.ts';
import { nameLanes, uniqueName } from '../experiment.ts';
import { PRESET_NAMES, PRESETS } from '../presets.ts';
import { ExperimentError, experimentOrPreset, parseExperiment } from './parse.ts';
import { withoutDefaults } from './without-defaults.ts';

const p8 = { net: { family: 'plain', depth: 8 } };

test.each(PRESET_NAMES)('the preset %s is an experiment that comes back from JSON as it was', (name) => {
  expect(parseExperiment(JSON.parse(JSON.stringify(PRESETS[name])))).toEqual(PRESETS[name]);
});

test('what is left out is at its default', () => {
  expect(parseExperiment({ lanes: [p8, p8] })).toEqual({
    ...PRESETS.degradation,
    lanes: [
      { name: 'plain-8', net: PRESETS.degradation.lanes[0]?.net },
      { name: 'plain-8 (2)', net: PRESETS.degradation.lanes[0]?.net },
    ],
  });
});

test('choices that say what the paper does are left out, and an identity has the usual share of He', () => {
  const netOf = (choices: object) => parseExperiment({ lanes: [{ net: { ...p8.net, choices } }] }).lanes[0];
  expect(netOf({ shift: 0 })).toEqual({ name: 'plain-8', net: makeNet('plain', 8) });
  const start = { type: 'identity', share: 0.1 } as const;
  expect(netOf({ start: { type: 'identity' }, shift: 2 })).toEqual({
    name: 'plain-8, identity start, norm shift 2',
    net: makeNet('plain', 8, { choices: { start, shift: 2 } }),
  });
});

test.each<[BlockChoices, string]>([
  [
    { start: { type: 'identity', share: 0.5 }, lastScale: 0, shift: -1 },
    'ResNet-20, identity start + 0.5 He, last scale 0, norm shift -1',
  ],
  [{ norm: { type: 'none' }, start: { type: 'fixup' } }, 'ResNet-20, Fixup start, no norm'],
  [{ order: 'pre-activation', slope: 0.5 }, 'ResNet-20, pre-activation, slope 0.5'],
  [{ order: 'relu-before-sum', span: 1 }, 'ResNet-20, ReLU before sum, spans of 1'],
  [{ shortcut: { type: 'scalar', start: 0 } }, 'ResNet-20, learned scale 0'],
  [{ shortcut: { type: 'dropout', rate: 0.5 } }, 'ResNet-20, shortcut dropout 0.5'],
  [{ shortcut: { type: 'dense', growth: 4 }, shift: 1 }, 'ResNet-20, norm shift 1, dense 4'],
  [{ order: 'norm-after-sum', span: 3 }, 'ResNet-20, norm after sum, spans of 3'],
  [{ shortcut: { type: 'highway', bias: -2 } }, 'ResNet-20, highway -2'],
  [{ norm: { type: 'group', groups: 4 }, drop: 0.5 }, 'ResNet-20, group norm 4, drop 0.5'],
  [{ rep: true, slope: 0.1 }, 'ResNet-20, slope 0.1, RepVGG branches'],
])('choices are in a short link as they are: %o', (choices, name) => {
  const experiment = { ...PRESETS.twins, lanes: nameLanes([makeNet('residual', 20, { choices })]) };
  expect(experiment.lanes[0]?.name).toBe(name);
  expect(parseExperiment(JSON.parse(JSON.stringify(withoutDefaults(experiment))))).toEqual(experiment);
});

test('every net that the lab can make is parsed under the name that the lab gives it, also as a branch of a branch', () => {
  fc.assert(
    fc.property(anyNet, (net) => {
      const lanes = [...nameLanes([net, net])];
      let surgery = lanes.flatMap(({ name }) =>
        net.gains.length > 0 ? [{ step: 1, lane: name, block: 1, gain: 0.5 }] : [],
      );
      for (const step of [5, 6]) {
        const name = uniqueName(
          net,
          lanes.map((each) => each.name),
        );
        const branch = branchOff({ lane: lanes.at(-1) ?? expect.unreachable(), net, step, surgery }, name);
        lanes.push(branch.lane);
        surgery = [...surgery, ...branch.surgery];
      }
      const experiment = { ...PRESETS.tiny, lanes, surgery };
      expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
    }),
  );
});

test('a lineage that the engine cannot replay is refused: what lies between dense stages is wider in a deeper net', () => {
  const eras = [{ net: makeNet('residual', 8), until: 5 }];
  const deeper = { name: 'b', net: makeNet('residual', 14), origin: { lane: 'a', eras } };
  expect(parseExperiment({ lanes: [deeper] }).lanes).toEqual([deeper]);
  const choices: BlockChoices = { shortcut: { type: 'dense', growth: 4 } };
  const dense = {
    ...{ name: 'b', net: makeNet('residual', 11, { choices }) },
    origin: { lane: 'a', eras: [{ net: makeNet('residual', 8, { choices }), until: 5 }] },
  };
  expect(() => parseExperiment({ lanes: [dense] })).toThrow('"b" cannot come from its origin');
});

describe('bad input is told by its field and limit', () => {
  test.each<[string, unknown, string]>([
    ['an unknown preset', 'nope', 'preset: "nope" is not one of degradation, deep'],
    ['no object', 7, 'experiment: 7 is not an object'],
    ['no lanes', {}, 'experiment.lanes: '],
    [
      'a depth between',
      { lanes: [p8, { net: { family: 'plain', depth: 9 } }] },
      'experiment.lanes.1.net.depth: 9 is not 6n + 2; the nearest that is, up to 1202: 8 or 14',
    ],
    [
      'a depth too great',
      { lanes: [{ net: { family: 'plain', depth: 1208 } }] },
      'experiment.lanes.0.net.depth: 1208 is not',
    ],
    [
      'a bottleneck depth',
      { lanes: [{ net: { family: 'plain', depth: 8, block: 'bottleneck' } }] },
      '8 is not 9n + 2; the nearest that is, up to 1199: 11',
    ],
    [
      'a plain net whose branches start at 0',
      { lanes: [{ net: { family: 'plain', depth: 8, choices: { lastScale: 0 } } }] },
      'experiment.lanes.0.net.choices: a branch that starts at 0 needs a shortcut beside it, and a plain net has none',
    ],
    [
      'a depth that the span does not divide',
      { lanes: [{ net: { family: 'residual', depth: 32, choices: { span: 3 } } }] },
      '32 is not 9n + 2; the nearest that is, up to 1199: 29 or 38',
    ],
    ...(
      [
        [{ norm: { type: 'none' }, shift: 1 }, 'there is no shift'],
        [{ norm: { type: 'none' }, lastScale: 0 }, 'no scale that could start at 0'],
        [{ norm: { type: 'none' }, order: 'norm-after-sum' }, 'there is no norm to put after the sum'],
        [{ order: 'pre-activation', lastScale: 0 }, 'no norm ends the branch'],
        [{ order: 'relu-before-sum', lastScale: 0 }, 'passes no gradient'],
        [
          { shortcut: { type: 'concat' }, order: 'pre-activation' },
          'an order applies only to blocks that end in a sum',
        ],
        [{ shortcut: { type: 'dense' }, span: 1 }, 'layers of their own'],
        [{ shortcut: { type: 'highway' }, order: 'pre-activation' }, 'a highway gate ends its blocks itself'],
        [{ shortcut: { type: 'highway' }, drop: 0.5 }, 'only a branch that is added'],
        [{ shortcut: { type: 'highway', bias: 9 } }, 'bias: 9 is not a number from -8 to 8'],
        [{ norm: { type: 'group', groups: 3 } }, '3 groups do not divide 8 channels'],
        [{ norm: { type: 'group', groups: 0 } }, 'groups: 0 is not a whole number from 1 to 64'],
        [{ shortcut: { type: 'concat' }, drop: 0.5 }, 'only a branch that is added'],
        [{ drop: 1 }, 'drop: 1 is not a number from 0 to 0.9'],
        [{ rep: true, norm: { type: 'group' } }, 'RepVGG’s branches stand beside 3×3 convolutions'],
        [{ rep: true, order: 'pre-activation' }, 'RepVGG’s branches stand beside 3×3 convolutions'],
        [{ rep: true, lastScale: 0 }, 'RepVGG’s branches stand beside 3×3 convolutions'],
        [{ rep: true, shortcut: { type: 'dense' } }, 'RepVGG’s branches stand beside 3×3 convolutions'],
        [{ rep: 1 }, 'rep: 1 is not'],
        [{ shortcut: { type: 'scalar' }, lastScale: 0 }, 'would both stay there'],
        [{ start: { type: 'fixup' } }, 'choose “None” under Normalisation'],
        [
          { start: { type: 'fixup' }, norm: { type: 'none' }, span: 1 },
          'with one layer under a shortcut there is only one',
        ],
      ] as const
    ).map(([choices, problem]): [string, object, string] => [
      JSON.stringify(choices),
      { lanes: [{ net: { family: 'residual', depth: 8, choices } }] },
      problem,
    ]),
    [
      'groups that divide the width, but not what dense connections make of it',
      {
        lanes: [
          {
            net: {
              family: 'residual',
              depth: 11,
              choices: { norm: { type: 'group', groups: 4 }, shortcut: { type: 'dense', growth: 4 } },
            },
          },
        ],
      },
      '4 groups do not divide 10 channels',
    ],
    [
      'RepVGG branches in a bottleneck',
      { lanes: [{ net: { family: 'plain', depth: 11, block: 'bottleneck', choices: { rep: true } } }] },
      'RepVGG’s branches stand beside 3×3 convolutions',
    ],
    [
      'an unknown start',
      { lanes: [{ net: { family: 'plain', depth: 8, choices: { start: { type: 'zero' } } } }] },
      '"zero" is not one of identity, orthogonal, delta-orthogonal',
    ],
    [
      'a shift out of range',
      { lanes: [{ net: { family: 'plain', depth: 8, choices: { shift: 5 } } }] },
      'experiment.lanes.0.net.choices.shift: 5 is not a number from -4 to 4',
    ],
    [
      'a choice of a net of another design',
      { lanes: [{ net: { design: 'vgg', depth: 16, choices: {} } }] },
      'is not a field of it',
    ],
    [
      'too few gains',
      { lanes: [{ net: { family: 'residual', depth: 8, gains: [1] } }] },
      'experiment.lanes.0.net.gains: 1 gain for 3 blocks',
    ],
    [
      'a gain out of range',
      { lanes: [{ net: { family: 'residual', depth: 8, gains: [1, 3, 1] } }] },
      'experiment.lanes.0.net.gains.1: 3 is not a number from 0 to 2',
    ],
    [
      'a rate of NaN',
      { lanes: [p8], recipe: { learningRate: Number.NaN } },
      'experiment.recipe.learningRate: NaN is not a number from 0.000001 to 10',
    ],
    [
      'an infinite batch',
      { lanes: [p8], recipe: { batch: Number.POSITIVE_INFINITY } },
      'experiment.recipe.batch: Infinity is not a whole number from 1 to 1024',
    ],
    ['a misspelt field', { lanes: [p8], recipe: { learningrate: 1 } }, 'experiment.recipe.learningrate: '],
    [
      'an unknown source',
      { lanes: [p8], data: { source: 'mnist' } },
      'experiment.data.source: "mnist" is not one of emoji, cifar10',
    ],
    [
      'a size that emoji do not have',
      { lanes: [p8], data: { source: 'emoji', size: 48 } },
      'experiment.data.size: 48 is not one of 8, 16, 32',
    ],
    [
      'a size that images of a person cannot be made',
      { lanes: [p8], data: { source: 'own', name: 'pets', hash: 'a'.repeat(64), size: 32, made: 48 } },
      'experiment.data: size 32 is not one of 8, 16, 48',
    ],
    [
      'an odd size',
      { lanes: [p8], data: { source: 'emoji', size: 17 } },
      'experiment.data.size: 17 is not one of 8, 16, 32',
    ],
    [
      'a name twice',
      {
        lanes: [
          { ...p8, name: 'a' },
          { ...p8, name: 'a' },
        ],
      },
      'lanes: two are named "a"',
    ],
    [
      'surgery on no lane',
      { lanes: [p8], surgery: [{ step: 1, lane: 'x', block: 1, gain: 0 }] },
      'surgery: block 1 of "x" does not exist; the nets are plain-8',
    ],
    [
      'a name that no net could have',
      { lanes: [{ ...p8, name: 'a'.repeat(321) }] },
      'experiment.lanes.0.name: must have 1 to 320 characters',
    ],
    ['too many nets', { lanes: Array(25).fill(p8) }, 'experiment.lanes: 25 nets are more than 24'],
  ])('%s', (_, input, message) => {
    expect(() => experimentOrPreset(input)).toThrow(ExperimentError);
    expect(() => experimentOrPreset(input)).toThrow(message);
  });
});
