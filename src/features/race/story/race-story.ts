import { meanAt } from '../../../charts/series/running-mean.ts';
import { divergedSeeds, seedCount, seedsAt } from '../../../charts/series/seeds.ts';
import type { Series } from '../../../charts/series/series.ts';
import { namedData } from '../../lab/named-data.ts';
import type { LabState } from '../../lab/state.ts';
import { useLabState } from '../../use-stores.ts';
import { STORY_WINDOW } from './claim.ts';
import { type RaceStory, storyOf } from './story.ts';
import { storyRace } from './story-race.ts';

/** The story of the race whose curves, or means over seeds, are `series`; `hasHidden`: and of others that are not told of. */
export function raceStory(
  { experiment, data }: Pick<LabState, 'experiment' | 'data'>,
  series: readonly Series[],
  hasHidden = false,
): RaceStory {
  const measured = series.map((one) => ({
    name: one.name,
    steps: one.steps,
    diverged: divergedSeeds(one).diverged,
    errorAt: (step: number) => meanAt(one, STORY_WINDOW, step),
    rangeAt: (step: number) => seedsAt(one, STORY_WINDOW, step),
  }));
  const seeds = Math.max(1, seedCount(series));
  return storyOf(storyRace(experiment, measured, { seeds, majority: data?.majority ?? null, hasHidden }));
}

/** The story of what is shown: a lane without a series, such as one that is covered, is no part of it. */
export function useStory(series: readonly Series[]): RaceStory {
  const whole = useLabState((state) => state.experiment);
  const data = useLabState(namedData);
  const isShown = (lane: string) => series.some(({ name }) => name === lane);
  const experiment = {
    ...whole,
    lanes: whole.lanes.filter(({ name }) => isShown(name)),
    surgery: whole.surgery.filter(({ lane }) => isShown(lane)),
  };
  return raceStory({ experiment, data }, series, experiment.lanes.length < whole.lanes.length);
}
