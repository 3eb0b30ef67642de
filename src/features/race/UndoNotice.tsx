import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { say } from '../../language/say.ts';
import { useLab, useLabState } from '../use-stores.ts';
import styles from './undo-notice.module.css';

/** How long a race that was replaced can be brought back. */
const MILLISECONDS = 10_000;

/** Offers to bring back the race that was just reset. It lies over the page and goes by itself, but not from under a hand. */
export function UndoNotice() {
  const lab = useLab();
  const undo = useLabState((state) => state.undo);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (undo === null || held) return;
    const timer = setTimeout(lab.forgetUndo, MILLISECONDS);
    return () => clearTimeout(timer);
  }, [lab, undo, held]);
  return (
    <div role="status">
      {undo !== null && (
        <section
          className={styles.notice}
          aria-label={say('story.replaced')}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <p>{say('story.replacedAt', { step: undo.step })}</p>
          <button type="button" className="btn" title={say('story.undoHint')} onClick={() => lab.undo()}>
            {say('story.undo')}
          </button>
          <button type="button" className="btn square" aria-label={say('story.dismiss')} onClick={lab.forgetUndo}>
            <X size={16} aria-hidden />
          </button>
        </section>
      )}
    </div>
  );
}
