import { meanAt } from '../../charts/means.ts';
import type { Series } from '../../charts/series.ts';
import { useLabState } from '../../lab/use-lab.ts';
import { type StoryLane, story, storyFootnote } from '../../text/story.ts';
import { Sentence } from '../Sentence.tsx';

/** Means over so many steps, looked at now and three times before: a gap must have held that long to be told. */
const WINDOW = 30;
const LOOK_BACK = [30, 20, 10, 0];

/** What the race shows so far, in a sentence, with the net's numbers in its colour. */
export function Story({ series }: { readonly series: readonly Series[] }) {
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
  const parts = story(racing.length === 0 ? 0 : step, lanes);
  return (
    <p className="story">
      <Sentence parts={parts} nets={series} />
      {majority !== null && <small>{storyFootnote(majority.answer, majority.error)}</small>}
    </p>
  );
}
