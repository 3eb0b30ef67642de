import { meanAt } from '../../../charts/series/running-mean.ts';
import { seedCount } from '../../../charts/series/seeds.ts';
import type { Series } from '../../../charts/series/series.ts';
import { useLabState } from '../../use-stores.ts';
import type { LabState } from '../state.ts';
import { type Claim, STORY_WINDOW, type StoryPart } from './claims.ts';
import { storyCaveat, storyClaims, storyParts } from './story.ts';
import { storyRace } from './story-race.ts';

/** What the race shows so far. */
export interface RaceStory {
  /** The sentences in large type. */
  readonly parts: readonly StoryPart[];
  /** What they must be read with, in small type. */
  readonly caveat: readonly StoryPart[];
  /** What the sentences claim, in their order. */
  readonly claims: readonly Claim[];
}

/** The story of a race whose curves, or means over seeds, are `series`. */
export function raceStory(
  { experiment, data }: Pick<LabState, 'experiment' | 'data'>,
  series: readonly Series[],
): RaceStory {
  const race = storyRace(
    experiment,
    series.map((one) => ({
      name: one.name,
      steps: one.steps,
      diverged: one.diverged !== undefined,
      errorAt: (step) => meanAt(one, STORY_WINDOW, step),
    })),
  );
  const claims = storyClaims(race);
  const majority = data?.majority;
  const caveat =
    majority === undefined ? '' : storyCaveat(majority.answer, majority.error, race.step, seedCount(series));
  return { parts: storyParts(claims), caveat: caveat === '' ? [] : [{ text: caveat }], claims };
}

export function useStory(series: readonly Series[]): RaceStory {
  const experiment = useLabState((state) => state.experiment);
  const data = useLabState((state) => state.data);
  return raceStory({ experiment, data }, series);
}

/** Parts as plain text. */
export function textOf(parts: readonly StoryPart[]): string {
  return parts.map(({ text }) => text).join('');
}
