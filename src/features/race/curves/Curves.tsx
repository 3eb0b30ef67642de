import { parts } from '../../../language/say.ts';
import { isLocked } from '../../lesson/lesson.ts';
import { questionAt } from '../../lesson/position.ts';
import { useLabState, useLessonState } from '../../use-stores.ts';
import { tagged } from '../story/claim.ts';
import { useStory } from '../story/race-story.ts';
import { Figures } from './Figures.tsx';
import { Story } from './Story.tsx';
import { usePlotHeight } from './use-plot-height.ts';
import { useRaces } from './use-races.ts';

/** What the race shows, as a sentence in large type and as two figures below it. */
export function Curves() {
  const races = useRaces();
  const story = useStory(races.series);
  const question = useLessonState((state) => (isLocked(state) ? questionAt(state.position, state.chapter) : null));
  const begun = useLabState((state) => state.step > 0);
  const [attach, height] = usePlotHeight();
  // Before the answer, Train is not what comes next.
  const asks = question === null || begun ? null : question.ends === null ? 'lesson.answerFirst' : 'lesson.drawFirst';
  const said = asks === null ? story.parts : tagged(parts(asks), { b: { strong: true } });
  return (
    <>
      <Story {...story} parts={said} nets={races.series} />
      <Figures races={races} story={story} attach={attach} height={height} />
    </>
  );
}
