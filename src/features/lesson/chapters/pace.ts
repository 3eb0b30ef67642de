import { type DataSpec, EMOJI_VERSION, type Experiment, nameLanes } from '../../../core/experiment/experiment.ts';
import { DEFAULT_RECIPE } from '../../../core/experiment/recipe.ts';
import { makeNet } from '../../../core/net/net.ts';

/** The length of the chapters: short ones have smaller pictures and fewer steps, for devices that compute slowly. */
export type Pace = 'full' | 'short';

const PICTURES: Readonly<Record<Pace, DataSpec>> = {
  full: { source: 'emoji', task: 'designer', size: 16, version: EMOJI_VERSION },
  short: { source: 'emoji', task: 'designer', size: 8, version: EMOJI_VERSION },
};

/** A race of these nets, such as `['plain', 8]`, on the question of the first experiment. */
export function raceOf(
  pace: Pace,
  nets: readonly (readonly ['plain' | 'residual', number])[],
  until: number,
): Experiment {
  const lanes = nameLanes(nets.map(([family, depth]) => makeNet(family, depth)));
  return { data: PICTURES[pace], recipe: DEFAULT_RECIPE, lanes, surgery: [], until };
}
