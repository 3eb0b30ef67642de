import './slow.css';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useSlowMotion, useSlowState } from '../../use-stores.ts';
import { SLOW } from '../strings.ts';
import { SlowControls } from './SlowControls.tsx';
import { SlowNotes } from './SlowNotes.tsx';

/** A round in slow motion: what is shown, how fast, and the numbers of the moment. */
export function SlowMotion() {
  const slow = useSlowMotion();
  const round = useSlowState((state) => state.round);
  const moment = useSlowState((state) => state.moments[state.at]);
  const panel = useRef<HTMLElement>(null);
  const open = round !== null;
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      // Who closed it goes back to where he opened it; who was elsewhere stays there.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  if (round === null || moment === undefined) return null;
  const step = Math.max(...round.steps.map((each) => each.step));
  return (
    <section
      ref={panel}
      className="slow-motion"
      aria-label={SLOW.title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        slow.close();
      }}
    >
      <div className="fig-head">
        <h2>{SLOW.title}</h2>
        <span className="fig-note">{SLOW.ofStep(step)}</span>
        <button
          type="button"
          className="fig-button square"
          aria-label={SLOW.close}
          title={SLOW.close}
          onClick={slow.close}
        >
          <X aria-hidden />
        </button>
      </div>
      <SlowControls />
      <p className="slow-about">
        <b>{`${SLOW.phases[moment.phase]}.`}</b>
        <span>{` ${SLOW.about[moment.phase]}`}</span>
        {moment.phase !== 'loss' && <small>{` ${SLOW.scale}`}</small>}
      </p>
      <SlowNotes round={round} moment={moment} />
    </section>
  );
}
