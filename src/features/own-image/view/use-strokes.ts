import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { type Drawing, drawnTo, type Point, type Stroke, withStroke } from '../drawing.ts';

export type Brush = Pick<Stroke, 'colour' | 'width'>;

export interface Strokes {
  /** Where the keys' pen is, and whether it is down. */
  readonly pen: { readonly at: Point; readonly down: boolean };
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

interface Begun {
  readonly below: Drawing;
  readonly stroke: Stroke;
}

/** How far a key moves the pen. */
const KEY_STEP = 1 / 32;
const ARROWS: ReadonlyMap<string, Point> = new Map([
  ['ArrowLeft', [-KEY_STEP, 0]],
  ['ArrowRight', [KEY_STEP, 0]],
  ['ArrowUp', [0, -KEY_STEP]],
  ['ArrowDown', [0, KEY_STEP]],
]);

/** Turns pointer and key events into strokes; calls `onDraw` with the whole drawing at every point. */
export function useStrokes(drawing: Drawing, brush: Brush, onDraw: (drawing: Drawing) => void): Strokes {
  const begun = useRef<Begun | null>(null);
  const [pen, setPen] = useState<Strokes['pen']>({ at: [0.5, 0.5], down: false });
  const go = (to: Point) => {
    if (begun.current === null) return;
    const { below, stroke } = begun.current;
    begun.current = { below, stroke: drawnTo(stroke, to) };
    if (begun.current.stroke !== stroke) onDraw(withStroke(below, begun.current.stroke));
  };
  const begin = (at: Point) => {
    begun.current = { below: drawing, stroke: { ...brush, points: [] } };
    go(at);
  };
  const end = () => {
    begun.current = null;
  };
  return {
    pen,
    onPointerDown: (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setPen((now) => ({ ...now, down: false }));
      begin(placeOf(event, event.currentTarget));
    },
    onPointerMove: (event) => {
      if (begun.current === null || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
      const moves = event.nativeEvent.getCoalescedEvents?.() ?? [];
      for (const move of moves.length > 0 ? moves : [event]) go(placeOf(move, event.currentTarget));
    },
    onPointerUp: end,
    onKeyDown: (event) => {
      const move = ARROWS.get(event.key);
      const isPress = event.key === ' ' || event.key === 'Enter';
      if (move === undefined && !isPress && event.key !== 'Escape') return;
      event.preventDefault();
      if (move !== undefined) {
        const at: Point = [within(pen.at[0] + move[0]), within(pen.at[1] + move[1])];
        setPen({ ...pen, at });
        if (pen.down) go(at);
        return;
      }
      const down = isPress && !pen.down && !event.repeat;
      if (down) begin(pen.at);
      else end();
      setPen({ ...pen, down });
    },
  };
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function placeOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }, pad: Element): Point {
  const { left, top, width, height } = pad.getBoundingClientRect();
  return [(clientX - left) / width, (clientY - top) / height];
}
