import { ChevronFirst, ChevronLeft, ChevronRight, type LucideIcon, Pause, Play, Turtle } from 'lucide-react';
import { say } from '../../../language/say.ts';
import { Button } from '../../../ui/controls/Button.tsx';
import { Select } from '../../../ui/controls/Choice.tsx';
import { RangeSlider } from '../../../ui/controls/RangeSlider.tsx';
import { useReducedMotion } from '../../../ui/use-screen.ts';
import { useSlowStepWaits } from '../../lesson/use-training-waits.ts';
import { useLabState, useLesson, useSlowMotion, useSlowState } from '../../use-stores.ts';
import { PHASES } from '../slow-moments.ts';
import { SLOW_PACES } from '../slow-motion.ts';
import styles from './slow-motion.module.css';

/** What trains one round and shows it in slow motion; before its time in the lesson, it leads to what comes first. */
function useSlowRound(): () => void {
  const slow = useSlowMotion();
  const lesson = useLesson();
  const waits = useSlowStepWaits();
  const still = useReducedMotion();
  return () => (waits ? lesson.refuse() : slow.make({ play: !still }));
}

interface SlowButtonProps {
  /** Called when it is pressed, as by the menu that closes then. */
  readonly onPress?: () => void;
}

/** Trains one round and shows it in slow motion. */
export function SlowButton({ onPress }: SlowButtonProps) {
  const make = useSlowRound();
  const open = useLabState((state) => state.open && state.experiment.lanes.length > 0);
  return (
    <button
      type="button"
      className="btn square"
      aria-label={say('slowMotion.title')}
      title={say('slowMotion.button')}
      disabled={!open}
      onClick={() => {
        make();
        onPress?.();
      }}
    >
      <Turtle size={16} aria-hidden />
    </button>
  );
}

interface StepButtonProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly disabled?: boolean;
  readonly filled?: boolean;
  readonly onClick: () => void;
}

function StepButton({ icon: Icon, label, disabled = false, filled = false, onClick }: StepButtonProps) {
  return (
    <Button className="btn square" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon size={16} fill={filled ? 'currentColor' : 'none'} aria-hidden />
    </Button>
  );
}

/** Play, pause, one moment on or back, a scrubber, the speed, and another round. */
export function SlowControls() {
  const slow = useSlowMotion();
  const { moments, at, playing, pace, making } = useSlowState((state) => state);
  const make = useSlowRound();
  const phase = moments[at]?.phase ?? 'forward';
  const last = moments.length - 1;
  return (
    <div className={styles.controls} role="toolbar" aria-label={say('slowMotion.controls')}>
      <StepButton
        icon={at === 1 ? ChevronFirst : ChevronLeft}
        label={say('slowMotion.back')}
        disabled={at === 0}
        onClick={() => slow.seek(at - 1)}
      />
      <StepButton
        icon={playing ? Pause : Play}
        label={playing ? say('slowMotion.pause') : say('slowMotion.play')}
        filled
        onClick={playing ? slow.pause : slow.play}
      />
      <StepButton
        icon={ChevronRight}
        label={say('slowMotion.next')}
        disabled={at === last}
        onClick={() => slow.seek(at + 1)}
      />
      <ol className={styles.phases} aria-hidden="true">
        {PHASES.map((name) => (
          <li
            key={name}
            className={name === phase ? styles.now : undefined}
            style={{ '--moments': moments.filter((moment) => moment.phase === name).length }}
          >
            {say(`slowMotion.phase.${name}`)}
          </li>
        ))}
      </ol>
      <RangeSlider
        label={say('slowMotion.moment')}
        value={at}
        min={0}
        max={Math.max(1, last)}
        step={1}
        valueText={say('slowMotion.momentOf', {
          at: at + 1,
          of: moments.length,
          phase: say(`slowMotion.phase.${phase}`),
        })}
        onChange={slow.seek}
      />
      <Select
        small
        label={say('slowMotion.speed')}
        value={String(pace)}
        options={SLOW_PACES.map((each) => ({
          value: String(each),
          text: say('slowMotion.speedOf', { pace: String(each) }),
        }))}
        onChange={(chosen) => slow.setPace(SLOW_PACES.find((each) => String(each) === chosen) ?? pace)}
      />
      <button
        type="button"
        className="btn mini"
        title={say('slowMotion.anotherHint')}
        aria-busy={making}
        onClick={make}
      >
        {say('slowMotion.another')}
      </button>
    </div>
  );
}
