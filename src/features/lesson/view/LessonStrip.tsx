import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { parts, say } from '../../../language/say.ts';
import { Button } from '../../../ui/controls/Button.tsx';
import { useFocusInPlace } from '../../../ui/controls/focus-return.ts';
import { Said } from '../../../ui/Said.tsx';
import { useLab, useLabState, useLesson, useLessonState, useSlowState } from '../../use-stores.ts';
import { CHAPTER_COUNT } from '../chapters/chapters.ts';
import { type LessonState, stepAt } from '../lesson-state.ts';
import { canAct, isAsking, questionAt } from '../position.ts';
import { Answers } from './Answers.tsx';
import { ChapterLinks } from './ChapterLinks.tsx';
import styles from './lesson.module.css';
import { announced, deedTextOf, hintOf, measuredValues, raceNow, roomFor, told } from './lesson-text.ts';
import { OutcomePage } from './OutcomePage.tsx';
import { GuessedEnds, PredictionsButton } from './Predictions.tsx';
import { useHighlights } from './use-highlights.ts';

/** The lesson, in the place of the question: one question, one guess, one deed, one sentence to remember. */
export function LessonStrip() {
  const chapter = useLessonState((state) => state.chapter);
  const page = useLessonState(pageOf);
  const deed = useLessonState(deedTextOf);
  const strip = useRef<HTMLElement>(null);
  useHighlights();
  useSeenSections();
  useFocusInPlace(() => inStrip(strip.current, '[data-deed]', '[data-on]'), `${chapter.number} ${page} ${deed}`);
  return (
    <section ref={strip} className={styles.strip} aria-label={say('lesson.lesson')} data-lesson data-page={page}>
      <div className={styles.text}>
        <Crumb />
        <div className={styles.pages}>
          <Page on={page === 'question'}>
            <h2>{chapter.title()}</h2>
            <p className={styles.setup}>
              <Said parts={chapter.setup()} />
            </p>
          </Page>
          {chapter.further !== null && <FurtherPage on={page === 'further'} />}
          <Page on={page === 'outcome'}>
            <OutcomePage />
          </Page>
        </div>
      </div>
      <div className={styles.side}>
        <ExploreButton />
        {page === 'outcome' ? <GuessedEnds /> : <Answers />}
        <Navigation page={page} />
      </div>
      <Announced />
    </section>
  );
}

/** The first of these that the strip has. */
function inStrip(strip: Element | null | undefined, ...selectors: readonly string[]): HTMLElement | null {
  const found = selectors.map((selector) => strip?.querySelector<HTMLElement>(selector) ?? null);
  return found.find((element) => element !== null) ?? null;
}

/** Tells the lesson when the visitor comes to a section that a step asks for, by whatever way. */
function useSeenSections() {
  const lesson = useLesson();
  const section = useLessonState((state) => {
    const deed = stepAt(state)?.deed;
    return deed?.type === 'open' ? deed.section : null;
  });
  useEffect(() => {
    const element = section === null ? null : document.getElementById(section);
    if (section === null || element === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) lesson.reach(section);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [lesson, section]);
}

type StripPage = 'question' | 'further' | 'outcome';

/** What the strip shows: the last question until there is an outcome, and the first where the visitor looks back. */
function pageOf({ chapter, position, looksBack }: LessonState): StripPage {
  if (position.type === 'outcome') return looksBack ? 'question' : 'outcome';
  return questionAt(position, chapter) === chapter.question ? 'question' : 'further';
}

/** The second question of the chapter, with the numbers of the steps before it. */
function FurtherPage({ on }: { readonly on: boolean }) {
  const further = useLessonState((state) => state.chapter.further);
  const chapter = useLessonState((state) => state.chapter);
  const readings = useLessonState((state) => state.readings);
  // Until it is asked, it only keeps its room.
  const value = on ? measuredValues({ chapter, readings }) : roomFor;
  return (
    <Page on={on}>
      <h2>{further?.title()}</h2>
      <p className={styles.setup}>
        <Said parts={further === null ? [] : (told(further.setup, value) ?? parts('lesson.unmeasured'))} />
      </p>
    </Page>
  );
}

/** Pages lie over each other, so that the longer one decides on the height and nothing jumps. */
function Page({ on, children }: { readonly on: boolean; readonly children: ReactNode }) {
  return (
    <div className={styles.page} tabIndex={-1} data-on={on || undefined} aria-hidden={!on} inert={!on}>
      {children}
    </div>
  );
}

function Crumb() {
  const chapter = useLessonState((state) => state.chapter);
  return (
    <div className={styles.crumb}>
      <ChapterLinks />
      <span>
        {chapter.number > CHAPTER_COUNT
          ? say('lesson.optionalChapter', { number: chapter.number })
          : say('lesson.chapterOf', { number: chapter.number, chapters: CHAPTER_COUNT })}
      </span>
      <b>{chapter.name()}</b>
      <PredictionsButton />
    </div>
  );
}

function ExploreButton() {
  const lesson = useLesson();
  return (
    <button type="button" className={`btn ${styles.explore}`} onClick={() => lesson.leave(true)}>
      <span>{say('lesson.explore')}</span>
      <X size={14} aria-hidden />
    </button>
  );
}

function Navigation({ page }: { readonly page: StripPage }) {
  const lab = useLab();
  const lesson = useLesson();
  const chapter = useLessonState((state) => state.chapter);
  const position = useLessonState((state) => state.position);
  const looksBack = useLessonState((state) => state.looksBack);
  const isOver = chapter.number >= CHAPTER_COUNT;
  const { beyond } = chapter;
  const canGoBack = chapter.number > 1 || (position.type === 'outcome' && !looksBack);
  const back = (
    <Button key="back" className="btn" disabled={!canGoBack} onClick={() => lesson.back()}>
      <ChevronLeft size={15} aria-hidden />
      <span>{say('lesson.back')}</span>
    </Button>
  );
  if (page === 'outcome')
    return (
      <div className={styles.nav}>
        {back}
        {chapter.next !== null && (
          <button key="next" type="button" className={isOver ? 'btn' : 'btn primary'} onClick={() => lesson.next()}>
            <span>{chapter.next()}</span>
            <ChevronRight size={15} aria-hidden />
          </button>
        )}
        {beyond !== undefined && (
          <button type="button" className="btn" onClick={() => lab.openInstead(PRESETS[beyond.preset])}>
            <span>{beyond.text()}</span>
          </button>
        )}
        {isOver && <PredictionsButton isNext />}
      </div>
    );
  return (
    <div className={`${styles.nav} ${styles.lean}`}>
      <Hint />
      {back}
      {looksBack ? null : <ShowMe />}
      <DeedButton />
      {looksBack && (
        <button key="next" type="button" className="btn primary" onClick={() => lesson.next()}>
          <span>{say('lesson.next')}</span>
          <ChevronRight size={15} aria-hidden />
        </button>
      )}
    </div>
  );
}

/** What to do now. */
function Hint() {
  const lesson = useLessonState((state) => state);
  const race = useLabState(useShallow((lab) => raceNow(lesson, lab)));
  const making = useSlowState((state) => state.making);
  return (
    <span className={styles.hint}>
      <Said parts={hintOf(lesson, race, making)} />
    </span>
  );
}

/** Does the present step for the visitor. */
function ShowMe() {
  const lesson = useLesson();
  const isBusy = useLessonState((state) => state.measuring);
  const training = useLabState((state) => state.training);
  const isLocked = useLessonState((state) => isAsking(state.position));
  const hasButton = useLessonState((state) => deedTextOf(state) !== null);
  if (hasButton) return null;
  return (
    <Button className="btn" disabled={isBusy || (training && !isLocked)} onClick={() => lesson.showMe()}>
      <span>{say('lesson.showMe')}</span>
    </Button>
  );
}

/** The deed of the present step, where it is not Train; else Next, which waits for the outcome. */
function DeedButton() {
  const lesson = useLesson();
  const deed = useLessonState(deedTextOf);
  const chapter = useLessonState((state) => state.chapter);
  const measuring = useLessonState((state) => state.measuring);
  const looksBack = useLessonState((state) => state.looksBack);
  const making = useSlowState((state) => state.making);
  const ready = useLabState((state) => canAct(chapter, state));
  if (looksBack) return null;
  if (deed === null)
    return (
      // The deed that had the focus was done by it.
      <Button className={`btn ${styles.wide}`} disabled>
        <span>{say('lesson.next')}</span>
        <ChevronRight size={15} aria-hidden />
      </Button>
    );
  return (
    <Button className="btn primary" data-deed disabled={!ready || measuring || making} onClick={() => lesson.act()}>
      <span>{deed}</span>
    </Button>
  );
}

/** Says aloud what changed in the lesson, and leads the focus to what comes first where Train was pressed too early. */
function Announced() {
  const refusals = useLessonState((state) => state.refusals);
  const sentence = useLessonState(announced);
  const element = useRef<HTMLParagraphElement>(null);
  const known = useRef(refusals);
  useEffect(() => {
    const isNew = refusals > known.current;
    known.current = refusals;
    const strip = element.current?.closest('section');
    if (isNew) inStrip(strip, '[data-deed]', '[role="radio"]:not([aria-disabled="true"])')?.focus();
  }, [refusals]);
  return (
    <p ref={element} role="status" aria-live="polite" className="vh">
      {/* Another element for each refusal: the same words in the same element are not said again. */}
      <span key={refusals}>{sentence}</span>
    </p>
  );
}
