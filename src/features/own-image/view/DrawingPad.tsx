import {
  type DragEvent,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { say } from '../../../language/say.ts';
import { type Drawing, type DrawingPoint, drawnTo, type Stroke, withStroke } from '../drawing.ts';
import { Painter } from '../raster.ts';
import styles from './own-image.module.css';

/** Pixels a side that a person draws on; the nets are given fewer. */
const SHOWN = 256;

export interface DrawingPadProps {
  readonly drawing: Drawing;
  readonly brush: Brush;
  readonly onDraw: (drawing: Drawing) => void;
  readonly onFile: (file: File) => void;
}

/** Where a person draws, with a pointer, a finger or keys; an image dropped on it is drawn on. */
export function DrawingPad({ drawing, brush, onDraw, onFile }: DrawingPadProps) {
  const { pen, ...handlers } = useStrokes(drawing, brush, onDraw);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useMemo(() => new Painter(SHOWN), []);
  const hint = useId();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const shown = context.createImageData(SHOWN, SHOWN);
    const rgb = painter.pixels(drawing);
    for (let pixel = 0; pixel < SHOWN * SHOWN; pixel++) {
      shown.data.set(rgb.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
      shown.data[4 * pixel + 3] = 255;
    }
    context.putImageData(shown, 0, 0);
  }, [painter, drawing]);
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    if (file === undefined) return;
    // Else the page would take it for a data set.
    event.preventDefault();
    onFile(file);
  };
  const [x, y] = pen.at;
  return (
    <div className={styles.pad}>
      <div
        className={styles.canvas}
        role="application"
        aria-label={say('ownImage.pad')}
        aria-describedby={hint}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keys, too.
        tabIndex={0}
        {...handlers}
        onPointerCancel={handlers.onPointerUp}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
      >
        <canvas ref={canvas} width={SHOWN} height={SHOWN} aria-hidden />
        <span
          className={pen.down ? `${styles.pen} ${styles.down}` : styles.pen}
          style={{ left: `${100 * x}%`, top: `${100 * y}%`, width: `${100 * brush.width}%` }}
        />
      </div>
      <p className={`${styles.note} ${styles.keys}`} id={hint}>
        {say('ownImage.padKeys')}
      </p>
      <p className="vh" role="status" aria-live="polite">
        {pen.down ? say('ownImage.penDown') : say('ownImage.penUp')}
      </p>
    </div>
  );
}

export type Brush = Pick<Stroke, 'colour' | 'width'>;

export interface Strokes {
  /** Where the keys' pen is, and whether it is down. */
  readonly pen: { readonly at: DrawingPoint; readonly down: boolean };
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  readonly onBlur: () => void;
}

interface Begun {
  readonly below: Drawing;
  readonly stroke: Stroke;
}

/** How far a key moves the pen. */
const KEY_STEP = 1 / 32;
const ARROWS: ReadonlyMap<string, DrawingPoint> = new Map([
  ['ArrowLeft', [-KEY_STEP, 0]],
  ['ArrowRight', [KEY_STEP, 0]],
  ['ArrowUp', [0, -KEY_STEP]],
  ['ArrowDown', [0, KEY_STEP]],
]);

/** Turns pointer and key events into strokes; calls `onDraw` with the whole drawing at every point. */
function useStrokes(drawing: Drawing, brush: Brush, onDraw: (drawing: Drawing) => void): Strokes {
  const begun = useRef<Begun | null>(null);
  const [pen, setPen] = useState<Strokes['pen']>({ at: [0.5, 0.5], down: false });
  const go = (to: DrawingPoint) => {
    if (begun.current === null) return;
    const { below, stroke } = begun.current;
    begun.current = { below, stroke: drawnTo(stroke, to) };
    if (begun.current.stroke !== stroke) onDraw(withStroke(below, begun.current.stroke));
  };
  const begin = (at: DrawingPoint) => {
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
        const at: DrawingPoint = [within(pen.at[0] + move[0]), within(pen.at[1] + move[1])];
        setPen({ ...pen, at });
        if (pen.down) go(at);
        return;
      }
      const down = isPress && !pen.down && !event.repeat;
      if (down) begin(pen.at);
      else end();
      setPen({ ...pen, down });
    },
    // Elsewhere the drawing may be undone, cleared or another one.
    onBlur: () => {
      end();
      setPen((now) => ({ ...now, down: false }));
    },
  };
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function placeOf(
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
  pad: Element,
): DrawingPoint {
  const { left, top, width, height } = pad.getBoundingClientRect();
  return [(clientX - left) / width, (clientY - top) / height];
}
