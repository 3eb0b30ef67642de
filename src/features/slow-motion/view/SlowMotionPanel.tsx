import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Recipe } from '../../../core/experiment/recipe.ts';
import { type MessagePart, parts, say } from '../../../language/say.ts';
import { Said } from '../../../ui/Said.tsx';
import { isCovering } from '../../classroom/classroom.ts';
import { useClassroomState, useLabState, useSlowMotion, useSlowState } from '../../use-stores.ts';
import type { Phase } from '../slow-moments.ts';
import { SlowControls } from './SlowControls.tsx';
import { SlowNotes } from './SlowNotes.tsx';
import styles from './slow-motion.module.css';

/**
 * One round in slow motion: its controls, what happens in the phase, and the numbers of the moment. In a wide window it
 * stands `over` what follows it, the curves, which rest: nothing moves then. While a presentation covers something, it is
 * not shown.
 */
export function SlowMotionPanel({ over }: { readonly over: boolean }) {
  const slow = useSlowMotion();
  const round = useSlowState((state) => state.round);
  const moment = useSlowState((state) => state.moments[state.at]);
  const recipe = useLabState((state) => state.experiment.recipe);
  const training = useLabState((state) => state.training);
  const panel = useRef<HTMLElement>(null);
  const covered = useClassroomState(isCovering);
  const open = round !== null && !covered;
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      // Closing returns the focus to where the panel was opened, unless it has moved elsewhere.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  if (!open || moment === undefined) return null;
  return (
    <div className={styles.place} data-over={(over && !training) || undefined}>
      <section
        ref={panel}
        className={styles.panel}
        aria-label={say('slowMotion.title')}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          slow.close();
        }}
      >
        <div className={styles.head}>
          <h2>{say('slowMotion.title')}</h2>
          <span className="fig-note">
            {say('slowMotion.ofStep', { step: Math.max(...round.steps.map((each) => each.step)) })}
          </span>
          <SlowControls />
          <button
            type="button"
            className="fig-button square"
            aria-label={say('slowMotion.close')}
            title={say('slowMotion.close')}
            onClick={slow.close}
          >
            <X aria-hidden />
          </button>
        </div>
        <p className={styles.about}>
          <Said parts={phaseText(moment.phase, recipe)} />
          {moment.phase !== 'loss' && <small>{say('slowMotion.scale')}</small>}
        </p>
        <SlowNotes round={round} moment={moment} />
      </section>
    </div>
  );
}

/** What happens in a phase; the update names what the recipe adds to the gradient. */
export function phaseText(
  phase: Phase,
  { momentum, weightDecay }: Pick<Recipe, 'momentum' | 'weightDecay'>,
): readonly MessagePart[] {
  switch (phase) {
    case 'forward':
      return parts('slowMotion.forwardAbout');
    case 'loss':
      return parts('slowMotion.lossAbout');
    case 'backward':
      return parts('slowMotion.backwardAbout');
    case 'update': {
      const [moves, decays] = [momentum > 0, weightDecay > 0];
      const extra = moves && decays ? 'both' : moves ? 'momentum' : decays ? 'decay' : 'none';
      return parts('slowMotion.updateAbout', { extra });
    }
    default:
      return phase satisfies never;
  }
}
