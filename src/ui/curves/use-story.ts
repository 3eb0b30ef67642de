import { meanAt } from '../../charts/means.ts';
import { seedCount } from '../../charts/seeds.ts';
import type { Series } from '../../charts/series.ts';
import { useLabState } from '../../lab/use-lab.ts';
import { type StoryLane, type StoryPart, story, storyFootnote } from '../../text/story.ts';

/** Means over so many steps, looked at now and three times before: a gap must have held that long to be told. */
const WINDOW = 30;
const LOOK_BACK = [30, 20, 10, 0];

/** What the race shows so far, in a sentence, and what it is to be compared with. */
export function useStory(series: readonly Series[]): {
  readonly parts: readonly StoryPart[];
  readonly footnote: string;
} {
  const majority = useLabState((state) => state.data?.majority ?? null);
  const racing = series.filter(({ diverged }) => diverged === undefined);
  const step = Math.min(...racing.map(({ steps }) => steps), Number.MAX_SAFE_INTEGER);
  const lanes: readonly StoryLane[] = racing.map((one) => ({
    name: one.name,
    family: one.family,
    depth: one.depth,
    design: one.design,
    errors: LOOK_BACK.map((back) => meanAt(one, WINDOW, step - back) ?? Number.NaN),
  }));
  const footnote = majority === null ? '' : storyFootnote(majority.answer, majority.error, seedCount(series));
  return { parts: story(racing.length === 0 ? 0 : step, lanes), footnote };
}
