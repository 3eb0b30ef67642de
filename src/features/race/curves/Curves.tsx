import { useState } from 'react';
import { parts, say } from '../../../language/say.ts';
import { useFocusAtChange } from '../../../ui/controls/focus-return.ts';
import { isOver } from '../../lab/curve.ts';
import { isLocked, type LessonState, stepAt } from '../../lesson/lesson-state.ts';
import { choiceAt, questionAt } from '../../lesson/position.ts';
import { useLabState, useLessonState, useRepeatsState } from '../../use-stores.ts';
import { CureList } from '../cures/CureList.tsx';
import { cureStory } from '../cures/cure-story.ts';
import { cureRows, type Walls, wallsOf } from '../cures/cures.ts';
import { tagged } from '../story/claim.ts';
import { useStory } from '../story/race-story.ts';
import { Figures } from './Figures.tsx';
import { Story } from './Story.tsx';
import { usePlotHeight } from './use-plot-height.ts';
import { type Races, useRaces } from './use-races.ts';

/** What the race shows: many nets of one depth between two walls as dots, or as curves; all others as curves. */
export function Curves() {
  const races = useRaces();
  const experiment = useLabState((state) => state.experiment);
  const [wantsCurves, setWantsCurves] = useState(false);
  const walls = wallsOf(experiment);
  // To the button of the other picture, which stands elsewhere.
  useFocusAtChange(() => document.querySelector<HTMLElement>('[data-other-picture]'), wantsCurves);
  if (walls === null) return <StoryAndFigures races={races} />;
  if (!wantsCurves) return <StoryAndDots races={races} walls={walls} onCurves={() => setWantsCurves(true)} />;
  return (
    <>
      <StoryAndFigures races={races} />
      <button type="button" className="btn mini" data-other-picture onClick={() => setWantsCurves(false)}>
        {say('cures.showDots')}
      </button>
    </>
  );
}

interface StoryAndDotsProps {
  readonly races: Races;
  readonly walls: Walls;
  readonly onCurves: () => void;
}

/** What the nets between their walls show, as a sentence and as a row for each. */
function StoryAndDots({ races, walls, onCurves }: StoryAndDotsProps) {
  const experiment = useLabState((state) => state.experiment);
  const step = useLabState((state) => state.step);
  const ended = useLabState(({ curves, training, experiment }) => !training && isOver(curves, experiment.until));
  const repeating = useRepeatsState((state) => state.plan !== null);
  const { until } = experiment;
  const rows = cureRows(experiment, races.series, walls);
  const story = cureStory(rows, walls, { step, until, ended: ended && !repeating });
  return (
    <>
      <Story {...story} nets={races.series} />
      <CureList rows={rows} walls={walls} onCurves={onCurves} />
    </>
  );
}

/** What the race shows, as a sentence in large type and as two figures below it. */
function StoryAndFigures({ races }: { readonly races: Races }) {
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
