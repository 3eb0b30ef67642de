import { type PointerEvent, useState } from 'react';

/** A sheet that is pulled down further than this, in CSS pixels, is closed when it is let go. */
const FAR = 72;

/** Pulls a sheet down by its handle. `drop` is how far it has been pulled. */
export function useSwipeDown(onClose: () => void) {
  const [from, setFrom] = useState<number | null>(null);
  const [drop, setDrop] = useState(0);
  const rest = () => {
    setFrom(null);
    setDrop(0);
  };
  return {
    drop,
    handle: {
      onPointerDown: (event: PointerEvent) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(event.clientY);
      },
      onPointerMove: (event: PointerEvent) => {
        if (from !== null) setDrop(Math.max(0, event.clientY - from));
      },
      onPointerUp: (event: PointerEvent) => {
        // The last move may not be drawn yet.
        if (from !== null && event.clientY - from > FAR) {
          // A pull takes the focus from no field. What was typed into one takes effect when it loses the focus, and React
          // hears of no blur of an element that is removed.
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          onClose();
        }
        rest();
      },
      onPointerCancel: rest,
    },
  };
}
