import { useCallback, useEffect, useRef, useState } from 'react';

export interface CardTarget {
  readonly lane: string;
  readonly block: number;
  readonly anchor: DOMRect;
}

/** How long the pointer may be on its way from a block to its card. */
const GRACE = 160;

/** Which block's card is open: that under the pointer or the keyboard's focus, until neither is on it or its card. */
export function useBlockCard() {
  const [target, setTarget] = useState<CardTarget | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keep = useCallback(() => clearTimeout(timer.current), []);
  const close = useCallback(() => {
    keep();
    setTarget(null);
  }, [keep]);
  const leave = useCallback(() => {
    keep();
    timer.current = setTimeout(() => setTarget(null), GRACE);
  }, [keep]);
  useEffect(() => {
    // The card stands where its block was on the screen.
    addEventListener('scroll', close, { passive: true, capture: true });
    return () => {
      removeEventListener('scroll', close, { capture: true });
      keep();
    };
  }, [close, keep]);
  const point = useCallback(
    (lane: string, block: number | null, anchor: DOMRect | null) => {
      if (block === null || anchor === null) return leave();
      keep();
      setTarget({ lane, block, anchor });
    },
    [keep, leave],
  );
  const hold = useCallback((held: boolean) => (held ? keep() : leave()), [keep, leave]);
  return { target, point, hold, close };
}
