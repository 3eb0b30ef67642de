import { makeImageNetNet, makeVgg } from '../net/family.ts';
import { makeNet, type NetSpec } from '../net/net.ts';
import { type DataSpec, type Experiment, nameLanes } from './experiment.ts';
import { DEFAULT_RECIPE } from './recipe.ts';

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

export type PresetName = (typeof PRESET_NAMES)[number];

const DESIGNER_16: DataSpec = { source: 'emoji', task: 'designer', size: 16 };

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

export const DEFAULT_PRESET: PresetName = 'degradation';
