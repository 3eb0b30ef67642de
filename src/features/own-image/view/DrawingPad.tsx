import { type DragEvent, useEffect, useId, useMemo, useRef } from 'react';
import type { Drawing } from '../drawing.ts';
import { Painter } from '../raster.ts';
import { OWN_IMAGE_TEXT } from '../strings.ts';
import { type Brush, useStrokes } from './use-strokes.ts';

const words = OWN_IMAGE_TEXT;

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
    <div className="pad">
      <div
        className="pad-canvas"
        role="application"
        aria-label={words.pad}
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
          className={pen.down ? 'pen down' : 'pen'}
          style={{ left: `${100 * x}%`, top: `${100 * y}%`, width: `${100 * brush.width}%` }}
        />
      </div>
      <p className="note" id={hint}>
        {`${words.padKeys}.`}
      </p>
      <p className="vh" role="status">
        {pen.down ? words.penDown : words.penUp}
      </p>
    </div>
  );
}
