import { X } from 'lucide-react';
import { useState } from 'react';
import { say } from '../../language/say.ts';
import { lastFocused, useFocusAtChange } from '../../ui/controls/focus-return.ts';
import type { ReplacedRace } from '../lab/state.ts';
import { useLab, useLabState } from '../use-stores.ts';
import { replacedBy, undoText } from './curves/Story.tsx';
import styles from './undo-notice.module.css';
import { useUndoTimer } from './use-undo-timer.ts';

/** Offers to bring back the race that was just reset or replaced. */
export function UndoNotice() {
  const undo = useLabState((state) => state.undo);
  useFocusAtChange(lastFocused, undo);
  return (
    <div role="status" aria-live="polite">
      {undo !== null && <Notice key={undo.race} undo={undo} />}
    </div>
  );
}

/** Lies over the page and goes by itself, but not from under a hand. */
function Notice({ undo }: { readonly undo: ReplacedRace }) {
  const lab = useLab();
  const [held, setHeld] = useState(false);
  useUndoTimer(held);
  return (
    <section
      className={styles.notice}
      aria-label={say('story.replaced', { race: replacedBy(undo) })}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{undoText(undo)}</p>
      <button
        type="button"
        className="btn"
        title={say('page.undoHint', { race: replacedBy(undo) })}
        onClick={() => lab.undo()}
      >
        {say('page.undo', { race: replacedBy(undo) })}
      </button>
      <button type="button" className="btn square" aria-label={say('story.dismiss')} onClick={lab.forgetUndo}>
        <X size={16} aria-hidden />
      </button>
    </section>
  );
}
