import { type DataSpec, EMOJI_VERSION, type Experiment, nameLanes } from '../../../core/experiment/experiment.ts';
import { DEFAULT_RECIPE } from '../../../core/experiment/recipe.ts';
import type { BlockChoices } from '../../../core/net/choices.ts';
import { makeNet } from '../../../core/net/net.ts';
import { parts } from '../../../language/say.ts';
import type { ChapterStep } from '../chapter.ts';

/** The length of the chapters: short ones have smaller pictures and fewer steps, for devices that compute slowly. */
export type Pace = 'full' | 'short';

const PICTURES: Readonly<Record<Pace, DataSpec>> = {
  full: { source: 'emoji', task: 'designer', size: 16, version: EMOJI_VERSION },
  short: { source: 'emoji', task: 'designer', size: 8, version: EMOJI_VERSION },
};

/** A net of a chapter: its family, its depth and what its blocks have otherwise than the paper's, such as `['plain', 8]`. */
type ChapterNet = readonly [family: 'plain' | 'residual', depth: number, choices?: BlockChoices];

/** A race of these nets on the question of the first experiment. */
export function raceOf(pace: Pace, nets: readonly ChapterNet[], until: number): Experiment {
  const lanes = nameLanes(nets.map(([family, depth, choices]) => makeNet(family, depth, choices && { choices })));
  return { data: PICTURES[pace], recipe: DEFAULT_RECIPE, lanes, surgery: [], until };
}

/** What the steps have in common in which the lesson measures by itself. */
export const MEASURING = {
  hint: () => parts('lesson.comparing'),
  by: { type: 'lesson' },
  highlight: [],
} as const;

/** The step of a chapter in which the race trains to its end by the visitor's Train, with the lane of this name highlighted. */
export function trainToEnd(step: number, lane: string | null): ChapterStep {
  return {
    hint: () => parts('lesson.trainNow'),
    by: { type: 'train' },
    deed: { type: 'train', to: step },
    highlight: lane === null ? [] : [{ role: 'region', name: () => lane }],
  };
}
