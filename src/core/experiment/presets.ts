import type { ImageSize } from '../data/images.ts';
import { type BlockChoices, USUAL_BIAS, USUAL_GROWTH, USUAL_SHARE } from '../net/choices.ts';
import { makeNet, type NetSpec } from '../net/net.ts';
import { makeImageNetNet, makeVgg } from '../net/zoo.ts';
import { type DataSpec, EMOJI_VERSION, type Experiment, nameLanes, tellingName } from './experiment.ts';
import { DEFAULT_RECIPE } from './recipe.ts';

/** Names of the presets, as used by links and the terminal. */
export const PRESET_NAMES = [
  'degradation',
  'deep',
  'twins',
  'sweep',
  'tiny',
  'options',
  'bottleneck',
  'family',
  'cures',
  'preactivation',
  'no-norm',
  'weaker-wires',
  'figure-4',
  'spans',
] as const;

/** The name of a preset. */
export type PresetName = (typeof PRESET_NAMES)[number];

const DESIGNER_16: DataSpec = { source: 'emoji', task: 'designer', size: 16, version: EMOJI_VERSION };

function experiment(nets: readonly NetSpec[], until: number, data: DataSpec = DESIGNER_16): Experiment {
  return { data, recipe: DEFAULT_RECIPE, lanes: nameLanes(nets, tellingName), surgery: [], until };
}

/** A ResNet-32 whose shortcuts all have this gain. */
function weakened(gain: number): NetSpec {
  const net = makeNet('residual', 32);
  return { ...net, gains: net.gains.map(() => gain) };
}

const NO_NORM: BlockChoices = { norm: { type: 'none' } };
const SKIP_INIT: BlockChoices = { ...NO_NORM, shortcut: { type: 'scalar', start: 0 } };
const FIXUP: BlockChoices = { ...NO_NORM, start: { type: 'fixup' }, shortcut: { type: 'scalar', start: 1 } };

const SWEEP_DEPTHS = [8, 14, 20, 32, 44, 56];

/** The experiments that the page offers, by the name that links and the terminal use. */
export const PRESETS: Readonly<Record<PresetName, Experiment>> = {
  degradation: experiment([makeNet('plain', 8), makeNet('plain', 32), makeNet('residual', 32)], 150),
  deep: experiment([makeNet('plain', 8), makeNet('plain', 56), makeNet('residual', 56)], 300),
  twins: experiment([makeNet('plain', 20), makeNet('residual', 20)], 150),
  sweep: experiment(
    [
      ...SWEEP_DEPTHS.map((depth) => makeNet('plain', depth)),
      ...SWEEP_DEPTHS.map((depth) => makeNet('residual', depth)),
    ],
    300,
  ),
  tiny: experiment([makeNet('plain', 8), makeNet('plain', 32), makeNet('residual', 32)], 100, {
    ...DESIGNER_16,
    size: 8,
  }),
  options: experiment(
    [makeNet('residual', 20), makeNet('residual', 20, { option: 'B' }), makeNet('residual', 20, { option: 'C' })],
    150,
  ),
  bottleneck: experiment(
    [
      makeNet('plain', 29, { block: 'bottleneck' }),
      makeNet('residual', 29, { block: 'bottleneck' }),
      makeNet('residual', 20),
    ],
    150,
  ),
  family: experiment(
    [
      // Normalised as the other two are: without, this learning rate is ten times too high for it.
      makeVgg(19, { width: 8, norm: true }),
      makeImageNetNet('plain', 34, { width: 8 }),
      makeImageNetNet('residual', 34, { width: 8, option: 'A' }),
    ],
    300,
    { ...DESIGNER_16, size: 32 },
  ),
  cures: experiment(
    [
      makeNet('plain', 32),
      makeNet('residual', 32),
      makeNet('plain', 32, { choices: { start: { type: 'identity', share: USUAL_SHARE } } }),
      makeNet('plain', 32, { choices: { slope: 0.5 } }),
      makeNet('residual', 32, { choices: { lastScale: 0 } }),
      makeNet('residual', 32, { choices: { order: 'pre-activation' } }),
      makeNet('residual', 32, { choices: { shortcut: { type: 'highway', bias: USUAL_BIAS } } }),
      makeNet('plain', 32, { choices: NO_NORM }),
      makeNet('residual', 32, { choices: NO_NORM }),
      makeNet('residual', 32, { choices: SKIP_INIT }),
      makeNet('residual', 32, { choices: FIXUP }),
      weakened(0.5),
      makeNet('plain', 32, { choices: { start: { type: 'delta-orthogonal' } } }),
      makeNet('residual', 32, { choices: { shortcut: { type: 'dense', growth: USUAL_GROWTH } } }),
    ],
    300,
  ),
  preactivation: experiment(
    [
      makeNet('residual', 1004, { width: 4 }),
      makeNet('residual', 1004, { width: 4, choices: { order: 'pre-activation' } }),
    ],
    100,
    { ...DESIGNER_16, size: 8 },
  ),
  'no-norm': experiment(
    [
      makeNet('residual', 32),
      makeNet('plain', 32, { choices: NO_NORM }),
      makeNet('residual', 32, { choices: NO_NORM }),
      makeNet('residual', 32, { choices: SKIP_INIT }),
      makeNet('residual', 32, { choices: FIXUP }),
    ],
    300,
  ),
  'weaker-wires': experiment(
    [makeNet('plain', 32), makeNet('residual', 32), weakened(0.7), weakened(0.5), weakened(0.3)],
    300,
  ),
  'figure-4': experiment(
    [
      makeImageNetNet('plain', 18, { width: 8 }),
      makeImageNetNet('plain', 34, { width: 8 }),
      makeImageNetNet('residual', 18, { width: 8, option: 'A' }),
      makeImageNetNet('residual', 34, { width: 8, option: 'A' }),
    ],
    300,
  ),
  spans: experiment(
    [
      makeNet('plain', 38),
      makeNet('residual', 38, { choices: { span: 1 } }),
      makeNet('residual', 38),
      makeNet('residual', 38, { choices: { span: 3 } }),
    ],
    300,
  ),
};

/** The preset that opens when the address names none. */
export const DEFAULT_PRESET: PresetName = 'degradation';

/** The depths that the paper trains on CIFAR-10 (He et al. 2015, section 4.2 and table 6). */
export const PAPER_DEPTHS = [20, 32, 44, 56, 110] as const;
/** A depth of the paper's CIFAR-10 nets. */
export type PaperDepth = (typeof PAPER_DEPTHS)[number];

/** Training steps of the paper's CIFAR-10 nets (section 4.2: 64k iterations). */
const PAPER_STEPS = 64_000;

/**
 * The paper's own experiment at one depth, as its section 4.2 has it: 32×32, width 16, batches of 128, rate 0.1 divided
 * by 10 at 32,000 and 48,000 steps, 64,000 steps, crop and flip. At 110 layers the first 400 steps are at 0.01; the paper
 * waits until the error is below 80%, "about 400 iterations". Images that cannot be made 32×32 have another `size`.
 */
export function paperExperiment(depth: PaperDepth, data: DataSpec, seed: number, size: ImageSize = 32): Experiment {
  return {
    data: { ...data, size },
    recipe: {
      batch: 128,
      learningRate: 0.1,
      warmUp: depth === 110 ? { steps: 400, rate: 0.01 } : null,
      drops: [
        { step: 32_000, by: 10 },
        { step: 48_000, by: 10 },
      ],
      momentum: 0.9,
      weightDecay: 1e-4,
      augment: true,
      mean: 'pixel',
      seed,
    },
    lanes: nameLanes([makeNet('plain', depth, { width: 16 }), makeNet('residual', depth, { width: 16 })]),
    surgery: [],
    until: PAPER_STEPS,
  };
}
