import { useEffect } from 'react';
import type { Lab } from '../lab/lab.ts';

/** Where a key belongs to the control that has the focus. */
const CONTROLS = 'input, select, textarea, [role="slider"], [role="dialog"], [role="menu"]';
/** Where Space does, too. */
const PRESSED_BY_SPACE = 'button, summary, a, [role="switch"], [role="radio"]';

/** Space trains and pauses, s makes one round, r starts over, ? helps. */
export function usePageKeys(lab: Lab, onHelp: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (target?.closest(CONTROLS)) return;
      const { training, open } = lab.store.getState();
      if (event.key === ' ' && !target?.closest(PRESSED_BY_SPACE)) {
        event.preventDefault();
        if (!event.repeat && open) training ? lab.pause() : lab.train();
      } else if (event.key === 's' && open && !training) lab.step(1);
      else if (event.key === 'r' && !event.repeat) lab.reset();
      else if (event.key === '?') onHelp();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [lab, onHelp]);
}
