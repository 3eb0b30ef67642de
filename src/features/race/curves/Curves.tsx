import { parts } from '../../../language/say.ts';
import { isLocked, type LessonState, stepAt } from '../../lesson/lesson.ts';
import { choiceAt, questionAt } from '../../lesson/position.ts';
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
  const asked = useLessonState(whatIsAsked);
  const answer = useLessonState(answerToTry);
  const begun = useLabState((state) => state.step > 0);
  const [attach, height] = usePlotHeight();
  // Before the first step the lesson's question is what there is to tell, then the answer that was given.
  const told =
    begun || (asked === null && answer === null)
      ? null
      : asked !== null
        ? parts(asked)
        : answer === null || answer === ''
          ? parts('lesson.trainAndSee')
          : parts('lesson.youSay', { answer });
  const said = told === null ? story.parts : tagged(told, { b: { strong: true } });
  return (
    <>
      <Story {...story} parts={said} nets={races.series} />
      <Figures races={races} story={story} attach={attach} height={height} />
    </>
  );
}

/** Before the answer, Train is not what comes next. */
function whatIsAsked(state: LessonState) {
  if (!isLocked(state)) return null;
  return questionAt(state.position, state.chapter).ends === null ? 'lesson.answerFirst' : 'lesson.drawFirst';
}

/** The answer that Train will try, '' where the visitor has no idea; null where there is none or something else comes next. */
function answerToTry(state: LessonState): string | null {
  const { on, chapter, position, answers } = state;
  if (!on || stepAt(state)?.by.type !== 'train') return null;
  const chosen = choiceAt(position, chapter, answers.get(chapter.number));
  return (
    questionAt(position, chapter)
      .choices.find(({ id }) => id === chosen)
      ?.label() ?? ''
  );
}
