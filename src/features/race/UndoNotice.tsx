import { X } from 'lucide-react';
import { useState } from 'react';
import { say } from '../../language/say.ts';
import { lastFocused, useFocusAtChange } from '../../ui/controls/focus-return.ts';
import { useLab, useLabState } from '../use-stores.ts';
import styles from './undo-notice.module.css';
import { useUndoTimer } from './use-undo-timer.ts';

/** Offers to bring back the race that was just reset. */
export function UndoNotice() {
  const undo = useLabState((state) => state.undo);
  useFocusAtChange(lastFocused, undo);
  return (
    <div role="status" aria-live="polite">
      {undo !== null && <Notice key={undo.race} step={undo.step} />}
    </div>
  );
}

/** Lies over the page and goes by itself, but not from under a hand. */
function Notice({ step }: { readonly step: number }) {
  const lab = useLab();
  const [held, setHeld] = useState(false);
  useUndoTimer(held);
  return (
    <section
      className={styles.notice}
      aria-label={say('story.replaced')}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{say('story.replacedAt', { step })}</p>
      <button type="button" className="btn" title={say('story.undoHint')} onClick={() => lab.undo()}>
        {say('story.undo')}
      </button>
      <button type="button" className="btn square" aria-label={say('story.dismiss')} onClick={lab.forgetUndo}>
        <X size={16} aria-hidden />
      </button>
    </section>
  );
}
