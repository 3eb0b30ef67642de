import { Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { SlowButton } from '../../features/slow-motion/view/SlowButton.tsx';
import { useLab, useLabState } from '../../features/use-stores.ts';
import { RangeSlider } from '../../ui/controls/RangeSlider.tsx';
import { UI } from '../../ui/strings.ts';

const { header } = UI;

/** Train or pause, one round, and back to the start. On a phone it lies under the thumb. */
export function Transport() {
  const lab = useLab();
  const training = useLabState((state) => state.training);
  const open = useLabState((state) => state.open);
  const idle = useLabState((state) => state.experiment.lanes.length === 0);
  // Until the first race stands there is nothing to reset. A race that cannot be opened still can be.
  const isFirst = useLabState((state) => !state.open && state.device === null && state.loading !== null);
  return (
    <div className="transport" role="toolbar" aria-label="Training">
      {training ? (
        <button type="button" className="btn primary" onClick={() => lab.pause()}>
          <Pause size={16} fill="currentColor" aria-hidden />
          <span>{header.pause}</span>
        </button>
      ) : (
        <button type="button" className="btn primary" disabled={!open || idle} onClick={() => lab.train()}>
          <Play size={16} fill="currentColor" aria-hidden />
          <span>{header.train}</span>
        </button>
      )}
      <button
        type="button"
        className="btn"
        title={header.stepHint}
        disabled={!open || idle || training}
        onClick={() => lab.step(1)}
      >
        <StepForward size={16} aria-hidden />
        <span className="word">{header.step}</span>
      </button>
      <SlowButton />
      <button type="button" className="btn" title={header.resetHint} disabled={isFirst} onClick={() => lab.reset()}>
        <RotateCcw size={16} aria-hidden />
        <span className="word">{header.reset}</span>
      </button>
      <PhoneStep />
      <Speed />
    </div>
  );
}

function PhoneStep() {
  const step = useLabState((state) => state.step);
  return (
    <span className="phone-step" aria-hidden="true">
      {header.stepNumber(step)}
    </span>
  );
}

/** Rounds a second, slowest first; null goes as fast as it can. */
const PACES: readonly (number | null)[] = [0.5, 1, 2, 5, 10, 20, null];

function Speed() {
  const lab = useLab();
  const limit = useLabState((state) => state.maxRoundsPerSecond);
  const at = PACES.indexOf(limit);
  const text = limit === null ? header.fullSpeed : header.roundsASecond(limit);
  return (
    <div className="speed" title={text}>
      <span>{header.speed}</span>
      <RangeSlider
        label={header.speed}
        value={at}
        min={0}
        max={PACES.length - 1}
        step={1}
        valueText={text}
        onChange={(index) => lab.setMaxRoundsPerSecond(PACES[index] ?? null)}
      />
    </div>
  );
}
