import { Pause, Play, RotateCcw, StepForward, Undo2 } from 'lucide-react';
import { type FocusEvent, useState } from 'react';
import { trainRole } from '../../features/lesson/lesson-state.ts';
import { useTrainingWaits } from '../../features/lesson/use-training-waits.ts';
import { refusalOf } from '../../features/lesson/view/lesson-text.ts';
import { replacedBy, stepsMore, undoText } from '../../features/race/curves/Story.tsx';
import { useUndoTimer } from '../../features/race/use-undo-timer.ts';
import { seedsToGo } from '../../features/seeds/repeats.ts';
import { SPEEDS } from '../../features/share/link-options.ts';
import { SlowButton } from '../../features/slow-motion/view/SlowControls.tsx';
import {
  useLab,
  useLabState,
  useLesson,
  useLessonState,
  useRepeatsState,
  useRunsState,
} from '../../features/use-stores.ts';
import { parts, say } from '../../language/say.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { RangeSlider } from '../../ui/controls/RangeSlider.tsx';
import { Said } from '../../ui/Said.tsx';
import header from './header.module.css';
import styles from './transport.module.css';

/** What trains, steps and resets the race. On a phone, `ThumbBar` and the menu have it instead. */
export function Transport() {
  return (
    <div className={styles.transport} role="toolbar" aria-label={say('page.training')}>
      <TrainButton />
      <StepButton />
      <SlowButton />
      <ResetButton />
      <Speed />
    </div>
  );
}

/** How Train looks in the lesson: filled with ink where it is the next thing to do. */
const LOOKS = { next: 'btn primary', waits: 'btn wait', other: 'btn quiet' } as const;

/**
 * Train or, while it trains, Pause: filled with ink, but where the lesson has another thing to do next. Before the answer
 * to a question, or a deed that comes before training, it leads there.
 */
export function TrainButton({
  saysMore = false,
}: {
  /** Whether it says for how many steps, where the race has come to its end. */ readonly saysMore?: boolean;
}) {
  const lab = useLab();
  const lesson = useLesson();
  const look = LOOKS[useLessonState(trainRole)];
  const refusal = useRefusal();
  const training = useLabState((state) => state.training);
  const ready = useLabState((state) => state.open && state.experiment.lanes.length > 0);
  const more = useLabState(stepsMore);
  return training ? (
    <button type="button" data-train className={look === LOOKS.next ? look : LOOKS.other} onClick={() => lab.pause()}>
      <Pause size={16} fill="currentColor" aria-hidden />
      <span>{say('page.pause')}</span>
    </button>
  ) : (
    <button
      type="button"
      data-train
      className={look}
      disabled={!ready}
      title={refusal ?? undefined}
      onClick={() => (refusal === null ? lab.train() : lesson.refuse())}
    >
      <Play size={16} fill="currentColor" aria-hidden />
      <span>{saysMore && more !== null ? say('race.trainMore', { steps: more }) : say('page.train')}</span>
    </button>
  );
}

/** What the lesson says to who would train before its time; null where the race may train on. */
function useRefusal(): string | null {
  const waits = useTrainingWaits();
  const refusal = useLessonState(refusalOf);
  return waits === null ? null : refusal;
}

/** One training step of every net. */
export function StepButton() {
  const lab = useLab();
  const lesson = useLesson();
  const refusal = useRefusal();
  const ready = useLabState((state) => state.open && state.experiment.lanes.length > 0 && !state.training);
  return (
    <Button
      className={`btn ${header.narrowing}`}
      title={refusal ?? say('page.stepHint')}
      disabled={!ready}
      onClick={() => (refusal === null ? lab.step(1) : lesson.refuse('step'))}
    >
      <StepForward size={16} aria-hidden />
      <span className={header.word}>{say('page.step')}</span>
    </Button>
  );
}

/** Back to step 0 or, for a while after that, back from there. */
export function ResetButton() {
  const lab = useLab();
  const undone = useLabState((state) => state.undo);
  // Until the first race stands there is nothing to reset. A race that cannot be opened still can be.
  const isFirst = useLabState((state) => !state.open && state.device === null && state.loading !== null);
  const [held, setHeld] = useState(false);
  // The same element, which keeps the focus, becomes Reset under the pointer, and hears of it leaving no more.
  if (undone === null && held) setHeld(false);
  const [focused, setFocused] = useState(false);
  const isHeld = held || focused;
  useUndoTimer(isHeld);
  // Of both looks: the element has the focus before it becomes Undo. A click gives it a focus that holds nothing.
  const follow = {
    onFocus: ({ target }: FocusEvent) => setFocused(target.matches(':focus-visible')),
    onBlur: () => setFocused(false),
  };
  return (
    <>
      {undone === null ? (
        <button
          type="button"
          className={`btn ${header.narrowing}`}
          title={say('page.resetHint')}
          disabled={isFirst}
          {...follow}
          onClick={() => lab.reset()}
        >
          <RotateCcw size={16} aria-hidden />
          <span className={header.word}>{say('page.reset')}</span>
        </button>
      ) : (
        // Not taken from under a hand, nor from under the keyboard.
        <button
          type="button"
          className={`btn ${header.narrowing} ${styles.undo}`}
          data-held={isHeld ? '' : undefined}
          title={say('page.undoHint', { race: replacedBy(undone) })}
          {...follow}
          onPointerMove={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onClick={() => lab.undo()}
        >
          <Undo2 size={16} aria-hidden />
          <span className={header.word}>{say('page.undo', { race: replacedBy(undone) })}</span>
        </button>
      )}
      <span role="status" aria-live="polite" className="vh">
        {undone === null ? '' : undoText(undone)}
      </span>
    </>
  );
}

/** Steps a second, slowest first; null is as fast as the device can. */
const PACES: readonly (number | null)[] = [...SPEEDS, null];

export function Speed() {
  const lab = useLab();
  const limit = useLabState((state) => state.maxRoundsPerSecond);
  const text = limit === null ? say('page.fullSpeed') : say('page.atMost', { steps: limit });
  return (
    <div className={styles.speed} title={text}>
      <span className={styles.speedWord}>{say('page.speed')}</span>
      <RangeSlider
        label={say('page.speed')}
        value={PACES.indexOf(limit)}
        min={0}
        max={PACES.length - 1}
        step={1}
        valueText={text}
        onChange={(index) => lab.setMaxRoundsPerSecond(PACES[index] ?? null)}
      />
    </div>
  );
}

/** "step 7 of 150", and the seed while an experiment is repeated. Not announced: it changes ten times a second. */
export function StepCounter({ short = false }: { readonly short?: boolean }) {
  return (
    <div role="status" aria-live="off" className={header.counter}>
      <SeedProgress />
      <Step short={short} />
    </div>
  );
}

function Step({ short }: { readonly short: boolean }) {
  const step = useLabState((state) => state.step);
  const until = useLabState((state) => state.experiment.until);
  const sentence = short ? parts('page.stepShort', { step }) : parts('page.stepOf', { step, until });
  return (
    <span>
      <Said parts={sentence} />
    </span>
  );
}

function SeedProgress() {
  const plan = useRepeatsState((state) => state.plan);
  const runs = useRunsState((state) => state.runs);
  const toGo = useLabState((state) => (plan === null ? 0 : seedsToGo(plan, state, runs).length));
  if (plan === null) return null;
  const nth = Math.min(plan.count, plan.count - toGo + 1);
  return <span className={header.seed}>{say('page.seedOf', { nth, seeds: plan.count })}</span>;
}
