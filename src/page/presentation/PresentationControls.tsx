import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { answerOfClass, type Cover, votableAnswers } from '../../features/classroom/classroom.ts';
import { sealedLanes } from '../../features/lesson/lesson-state.ts';
import { isAsking } from '../../features/lesson/position.ts';
import {
  useClassroom,
  useClassroomState,
  useLab,
  useLabState,
  useLesson,
  useLessonState,
} from '../../features/use-stores.ts';
import { say } from '../../language/say.ts';
import { Select } from '../../ui/controls/Choice.tsx';
import { NumberField } from '../../ui/controls/NumberField.tsx';
import { followFocus, mayBeOpen } from '../../ui/focus.ts';
import { ResetButton, Speed, StepButton, TrainButton } from '../header/Transport.tsx';
import { useTheme } from '../header/use-theme.ts';
import styles from './presentation.module.css';

/** The controls stay for this long after the pointer has come to rest, in ms. */
const RESTING_MILLISECONDS = 2000;

const NOTHING = 'none';
const CURVES = 'curves';
/** Before the name of a lane, which may be any text. */
const LANE = 'lane ';

/**
 * The lecturer's controls, over the lower edge of a presentation: they come when the pointer moves or Tab is pressed, and
 * go when it rests. With them come the tools of the figures.
 */
export function PresentationControls() {
  const classroom = useClassroom();
  const bar = useRef<HTMLDivElement>(null);
  const shown = useShownControls(bar);
  useAnswerOfClass();
  // The menu, which follows the system's colours elsewhere, is not there.
  useTheme();
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset.present = shown ? 'controls' : '';
    return () => {
      delete dataset.present;
    };
  }, [shown]);
  return (
    <footer>
      <div
        ref={bar}
        className={styles.controls}
        role="toolbar"
        aria-label={say('classroom.controls')}
        data-shown={shown || undefined}
      >
        <TrainButton />
        <StepButton />
        <ResetButton />
        <Speed />
        <CoverChoice />
        <WaitField />
        <button
          type="button"
          className="btn"
          title={say('classroom.leaveHint')}
          onClick={() => classroom.present(false)}
        >
          <X size={16} aria-hidden />
          <span>{say('classroom.leave')}</span>
        </button>
      </div>
    </footer>
  );
}

/** The class answers on the ballot: what in the lesson waits for an answer, such as Train or Step, takes that of most hands. */
function useAnswerOfClass(): void {
  const classroom = useClassroom();
  const lesson = useLesson();
  useEffect(
    () =>
      lesson.store.subscribe((now, before) => {
        // They go back to 0 with each step and chapter, which asks for nothing.
        if (now.refusals <= before.refusals) return;
        if (isAsking(now.position)) lesson.answer(answerOfClass(classroom.store.getState().votes, now));
        lesson.act(now.refused);
      }),
    [classroom, lesson],
  );
}

/**
 * Whether the controls are shown: while the pointer moves or is on them, or the focus is, by keyboard, or in a field or a list
 * that is used. A button that was clicked keeps the focus, and is not in use.
 */
function useShownControls(bar: { readonly current: HTMLElement | null }): boolean {
  const [shown, setShown] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const focus = followFocus();
    const inUse = () => {
      if (bar.current?.matches(':hover')) return true;
      const focused = bar.current?.querySelector(':focus') ?? null;
      if (focused === null || focused instanceof HTMLInputElement) return focused !== null;
      return !focus.byPointer() || (focused instanceof HTMLSelectElement && mayBeOpen(focused));
    };
    const rest = () => {
      if (inUse()) timer = setTimeout(rest, RESTING_MILLISECONDS);
      else setShown(false);
    };
    const show = () => {
      clearTimeout(timer);
      setShown(true);
      timer = setTimeout(rest, RESTING_MILLISECONDS);
    };
    const press = ({ key }: KeyboardEvent) => {
      if (key === 'Tab') show();
    };
    show();
    addEventListener('pointermove', show);
    addEventListener('pointerdown', show);
    addEventListener('keydown', press, true);
    return () => {
      clearTimeout(timer);
      focus.stop();
      removeEventListener('pointermove', show);
      removeEventListener('pointerdown', show);
      removeEventListener('keydown', press, true);
    };
  }, [bar]);
  return shown;
}

function CoverChoice() {
  const classroom = useClassroom();
  const cover = useClassroomState((state) => state.cover);
  const lab = useLab();
  const lesson = useLesson();
  const sealed = useLessonState(sealedLanes);
  const lanes = useLabState(useShallow(({ experiment }) => experiment.lanes.map(({ name }) => name)));
  const names = lanes.filter((name) => !sealed.includes(name));
  const options = [
    { value: NOTHING, text: say('classroom.coverNothing') },
    { value: CURVES, text: say('classroom.coverCurves') },
    ...names.map((name) => ({ value: `${LANE}${name}`, text: name })),
  ];
  const choose = (value: string) => {
    const next: Cover =
      value === NOTHING || value === CURVES ? { type: value } : { type: 'lane', lane: value.slice(LANE.length) };
    classroom.cover(next, votableAnswers(lesson.store.getState(), lab.store.getState().experiment));
  };
  return (
    <span className={styles.labelled}>
      <span aria-hidden="true">{say('classroom.cover')}</span>
      <Select
        label={say('classroom.cover')}
        value={cover.type === 'lane' ? `${LANE}${cover.lane}` : cover.type}
        options={options}
        onChange={choose}
      />
    </span>
  );
}

/** The step at which the race waits, so that the class can be asked there. */
function WaitField() {
  const lab = useLab();
  const waitAt = useLabState((state) => state.waitAt);
  const until = useLabState((state) => state.experiment.until);
  return (
    <span className={styles.labelled} title={say('classroom.waitAtHint')}>
      <span aria-hidden="true">{say('classroom.waitAt')}</span>
      <NumberField
        label={say('classroom.waitAt')}
        value={waitAt ?? 0}
        range={{ whole: true, min: 0, max: Math.max(until, waitAt ?? 0) }}
        onCommit={(step) => lab.setWaitAt(step === 0 ? null : step)}
      />
    </span>
  );
}
