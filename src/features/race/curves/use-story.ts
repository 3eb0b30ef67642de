import { meanAt } from '../../../charts/series/means.ts';
import { seedCount } from '../../../charts/series/seeds.ts';
import type { Series } from '../../../charts/series/series.ts';
import { useLabState } from '../../use-stores.ts';
import { STORY_WINDOW, type StoryPart } from '../story/claims.ts';
import { story, storyFootnote } from '../story/story.ts';
import { storyRace } from '../story/story-race.ts';

/** What the race shows so far, in a sentence, and what it is to be compared with. */
export interface RaceStory {
  readonly parts: readonly StoryPart[];
  readonly footnote: string;
}

export function useStory(series: readonly Series[]): RaceStory {
  const experiment = useLabState((state) => state.experiment);
  const majority = useLabState((state) => state.data?.majority ?? null);
  const race = storyRace(
    experiment,
    series.map((one) => ({
      name: one.name,
      steps: one.steps,
      diverged: one.diverged !== undefined,
      errorAt: (step) => meanAt(one, STORY_WINDOW, step),
    })),
  );
  const footnote =
    majority === null ? '' : storyFootnote(majority.answer, majority.error, race.step, seedCount(series));
  return { parts: story(race), footnote };
}
