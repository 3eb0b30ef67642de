import type { ImageSize } from '../data/images.ts';
import { makeNet, type NetSpec } from '../net/net.ts';
import { makeImageNetNet, makeVgg } from '../net/zoo.ts';
import { type DataSpec, EMOJI_VERSION, type Experiment, nameLanes } from './experiment.ts';
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
] as const;

/** The name of a preset. */
export type PresetName = (typeof PRESET_NAMES)[number];

const DESIGNER_16: DataSpec = { source: 'emoji', task: 'designer', size: 16, version: EMOJI_VERSION };

function experiment(nets: readonly NetSpec[], until: number, data: DataSpec = DESIGNER_16): Experiment {
  return { data, recipe: DEFAULT_RECIPE, lanes: nameLanes(nets), surgery: [], until };
}

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
};

/** The preset that opens when the address names none. */
export const DEFAULT_PRESET: PresetName = 'degradation';

/** The depths that the paper trains on CIFAR-10 (He et al. 2015, section 4.2 and table 6). */
export const PAPER_DEPTHS = [20, 32, 44, 56, 110] as const;
/** A depth of the paper's CIFAR-10 nets. */
export type PaperDepth = (typeof PAPER_DEPTHS)[number];

/** Training steps of the paper's CIFAR-10 nets (section 4.2: 64k iterations). */
export const PAPER_STEPS = 64_000;

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
