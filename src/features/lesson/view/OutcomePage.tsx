import { parts, say } from '../../../language/say.ts';
import { Button } from '../../../ui/controls/Button.tsx';
import { ErrorBoundary } from '../../../ui/ErrorBoundary.tsx';
import { late } from '../../../ui/late.tsx';
import { Said } from '../../../ui/Said.tsx';
import { useLesson, useLessonState, useRepeats, useRepeatsState } from '../../use-stores.ts';
import { type Chapter, isIn, type Outcome, type ValueOf } from '../chapter.ts';
import strip from './lesson.module.css';
import { otherwise, roomFor, told, verdictOf } from './lesson-text.ts';
import styles from './outcome.module.css';

const RecordedDepth = late(
  () => import('../../paper/RecordedDepth.tsx'),
  (module) => module.RecordedDepth,
  null,
);

/** What was asked and what came out, the sentence to remember, and where this race is an exception, how it usually is. */
export function OutcomePage() {
  const chapter = useLessonState((state) => state.chapter);
  const answer = useLessonState((state) => state.answers.get(state.chapter.number) ?? null);
  const outcome = useLessonState((state) => state.outcome);
  // Before the outcome, the page only keeps its room.
  const value = outcome === null ? roomFor : (name: string) => outcome.values[name] ?? Number.NaN;
  return (
    <>
      <h2>{verdictOf(chapter.question, answer?.choice, outcome?.choice)}</h2>
      {chapter.further !== null && (
        <p className={styles.further}>{verdictOf(chapter.further, answer?.further, outcome?.further)}</p>
      )}
      {outcome?.changed ? <Changed /> : <CameOut chapter={chapter} outcome={outcome} value={value} />}
    </>
  );
}

/** The race was changed by hand, so what came out is not the chapter's. */
function Changed() {
  const lesson = useLesson();
  const number = useLessonState((state) => state.chapter.number);
  return (
    <>
      <p className={`${strip.setup} ${styles.remember}`}>{say('lesson.changed')}</p>
      <p className={styles.note}>
        <button type="button" className="btn mini" onClick={() => lesson.open(number)}>
          {say('lesson.beginAgain')}
        </button>
      </p>
    </>
  );
}

interface CameOutProps {
  readonly chapter: Chapter;
  readonly outcome: Outcome | null;
  readonly value: ValueOf;
}

function CameOut({ chapter, outcome, value }: CameOutProps) {
  const repeats = useRepeats();
  const isRepeated = useRepeatsState((state) => state.plan !== null);
  const remember = told(chapter.remember, value);
  const missed = outcome === null ? undefined : chapter.bands.find((band) => !isIn(band, value(band.quantity)));
  return (
    <>
      <p className={`${strip.setup} ${styles.remember}`}>
        <Said parts={remember ?? parts('lesson.unmeasured')} />
      </p>
      <p className={styles.note}>
        {missed === undefined ? (
          <Said parts={told(chapter.note, value) ?? []} />
        ) : (
          <>
            {remember !== null && <Said parts={otherwise(missed, value(missed.quantity))} />}
            <Button className="btn mini" disabled={isRepeated} onClick={() => repeats.start(3)}>
              <span>{say('cures.repeat', { seeds: 3 })}</span>
            </Button>
          </>
        )}
      </p>
      {chapter.besideTable6 && (
        // It may fail to load, and the chapter is complete without it.
        <ErrorBoundary part={say('paper.title')}>
          <RecordedDepth className={styles.note} />
        </ErrorBoundary>
      )}
    </>
  );
}
