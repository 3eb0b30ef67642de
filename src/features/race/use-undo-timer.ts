import { useEffect } from 'react';
import { useLab, useLabState } from '../use-stores.ts';

/** How long a race that was reset or replaced can be brought back. */
const UNDO_MILLISECONDS = 10_000;

/**
 * Forgets the race that `undo` restores after a while, in which a part of the page offers it; the time begins again when it is
 * no longer held, by a hand or by the keyboard's focus.
 */
export function useUndoTimer(isHeld: boolean): void {
  const lab = useLab();
  const undo = useLabState((state) => state.undo);
  useEffect(() => {
    if (undo === null || isHeld) return;
    const timer = setTimeout(lab.forgetUndo, UNDO_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [lab, undo, isHeld]);
}
