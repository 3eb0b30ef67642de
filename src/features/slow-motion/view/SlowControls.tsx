import { ChevronFirst, ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import { Select } from '../../../ui/controls/Choice.tsx';
import { RangeSlider } from '../../../ui/controls/RangeSlider.tsx';
import { useSlowMotion, useSlowState } from '../../use-stores.ts';
import { PHASES } from '../slow-moments.ts';
import { SLOW_PACES } from '../slow-motion.ts';
import { SLOW } from '../strings.ts';
import { useStill } from './use-still.ts';

/** Play, pause, one moment on or back, a scrubber, the speed, and another round. */
export function SlowControls() {
  const slow = useSlowMotion();
  const { moments, at, playing, pace, making } = useSlowState((state) => state);
  const still = useStill();
  const phase = moments[at]?.phase ?? 'forward';
  const last = moments.length - 1;
  return (
    <div className="slow-controls" role="toolbar" aria-label={SLOW.controls}>
      <button
        type="button"
        className="btn square"
        aria-label={SLOW.back}
        title={SLOW.back}
        disabled={at === 0}
        onClick={() => slow.seek(at - 1)}
      >
        {at === 1 ? <ChevronFirst size={16} aria-hidden /> : <ChevronLeft size={16} aria-hidden />}
      </button>
      <button
        type="button"
        className="btn square"
        aria-label={playing ? SLOW.pause : SLOW.play}
        title={playing ? SLOW.pause : SLOW.play}
        onClick={playing ? slow.pause : slow.play}
      >
        {playing ? (
          <Pause size={16} fill="currentColor" aria-hidden />
        ) : (
          <Play size={16} fill="currentColor" aria-hidden />
        )}
      </button>
      <button
        type="button"
        className="btn square"
        aria-label={SLOW.next}
        title={SLOW.next}
        disabled={at === last}
        onClick={() => slow.seek(at + 1)}
      >
        <ChevronRight size={16} aria-hidden />
      </button>
      <ol className="slow-phases" aria-hidden="true">
        {PHASES.map((name) => (
          <li
            key={name}
            className={name === phase ? 'now' : undefined}
            style={{ '--moments': moments.filter((moment) => moment.phase === name).length }}
          >
            {SLOW.phases[name]}
          </li>
        ))}
      </ol>
      <RangeSlider
        label={SLOW.moment}
        value={at}
        min={0}
        max={Math.max(1, last)}
        step={1}
        valueText={SLOW.momentOf(at + 1, moments.length, SLOW.phases[phase])}
        onChange={slow.seek}
      />
      <Select
        small
        label={SLOW.speed}
        value={String(pace)}
        options={SLOW_PACES.map((each) => ({ value: String(each), text: SLOW.speedOf(each) }))}
        onChange={(chosen) => slow.setPace(SLOW_PACES.find((each) => String(each) === chosen) ?? pace)}
      />
      <button
        type="button"
        className="btn mini"
        title={SLOW.anotherHint}
        aria-busy={making}
        onClick={() => slow.make({ play: !still })}
      >
        {SLOW.another}
      </button>
    </div>
  );
}
