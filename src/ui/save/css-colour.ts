/** A colour that every program can read, and how opaque it is, in 0 .. 1. */
export interface PlainColour {
  readonly hex: string;
  readonly alpha: number;
}

const known = new Map<string, PlainColour>();
let context: CanvasRenderingContext2D | null = null;

/** Any colour of CSS, `oklch` and mixtures included, as the browser paints it. */
export function plainColour(css: string): PlainColour {
  const found = known.get(css);
  if (found !== undefined) return found;
  context ??= smallCanvas();
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, opaque = 0] = context.getImageData(0, 0, 1, 1).data;
  const hex = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  const colour = { hex, alpha: Math.round((opaque / 255) * 1000) / 1000 };
  known.set(css, colour);
  return colour;
}

function smallCanvas(): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1, 1];
  const made = canvas.getContext('2d', { willReadFrequently: true });
  if (made === null) throw new Error('picture: the browser gives no canvas to read colours from');
  return made;
}
