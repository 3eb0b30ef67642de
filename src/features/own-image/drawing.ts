import type { Picture } from '../../core/data/images.ts';

/** What a person drew, as plain data: its pixels are a function of it. */
export interface Drawing {
  /** What lies beneath: an image, or paper of one colour. */
  readonly on: Picture | Paper;
  /** In the order in which they were made. */
  readonly strokes: readonly Stroke[];
}

export type Paper = 'white' | 'black';

export interface Stroke {
  /** "#rrggbb"; null rubs out what was drawn, down to what lies beneath. */
  readonly colour: string | null;
  /** The brush's diameter; lengths and places are shares of the side. */
  readonly width: number;
  readonly points: readonly DrawingPoint[];
}

/** From the left and from the top, 0 to 1. */
export type DrawingPoint = readonly [x: number, y: number];

/** Shares of the side below which a movement adds no point. */
const STILL = 1 / 256;

/** The stroke drawn on to here. */
export function drawnTo(stroke: Stroke, [x, y]: DrawingPoint): Stroke {
  const [lastX = -1, lastY = -1] = stroke.points.at(-1) ?? [];
  return Math.hypot(x - lastX, y - lastY) < STILL ? stroke : { ...stroke, points: [...stroke.points, [x, y]] };
}

export function withStroke({ on, strokes }: Drawing, stroke: Stroke): Drawing {
  return { on, strokes: [...strokes, stroke] };
}

/** Without the last stroke; where there is none, without the image beneath. */
export function undone({ on, strokes }: Drawing, paper: Paper): Drawing {
  return strokes.length === 0 ? { on: paper, strokes } : { on, strokes: strokes.slice(0, -1) };
}

/** Whether there is nothing to see. */
export function isBlank({ on, strokes }: Drawing): boolean {
  return strokes.length === 0 && typeof on === 'string';
}

/** The paper on which a drawing looks most like these images: that of their corners. */
export function paperLike(pictures: readonly Picture[]): Paper {
  const corners = pictures.flatMap(({ size, rgb }) =>
    [0, size - 1, size * (size - 1), size * size - 1].map((pixel) => {
      const [red = 0, green = 0, blue = 0] = rgb.subarray(3 * pixel, 3 * pixel + 3);
      return (red + green + blue) / 3;
    }),
  );
  return corners.reduce((sum, each) => sum + each, 0) < 64 * corners.length ? 'black' : 'white';
}
