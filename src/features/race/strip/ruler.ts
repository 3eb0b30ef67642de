import type { StripShape } from './shape.ts';

/** The measures that all lanes of a race share, so that length reads as depth. In CSS pixels. */
export interface Ruler {
  /** From one block of two layers to the next. */
  readonly pitch: number;
  readonly gap: number;
  /** Width of a layer. */
  readonly bar: number;
  /** Height of a layer in each stage: the maps shrink. */
  readonly barHeights: readonly number[];
  readonly height: number;
  /** Where the wire runs, from the top. */
  readonly axis: number;
  /** How high arcs rise, as a share of the full rise. */
  readonly rise: number;
}

/** The room that a race's strips have. `touch`: fingers need wider columns. */
export interface Room {
  readonly width: number;
  /** Height of a lane: with its name above the strip, the same in a low window, or of many lanes. */
  readonly rows: 'usual' | 'low' | 'dense';
  readonly touch: boolean;
}

/** Heights of a strip, as a share of the usual one. */
const TALL: Readonly<Record<Room['rows'], number>> = { usual: 1, low: 0.92, dense: 0.86 };

/** Between the layers of a block. */
export const SEAM = 1.5;
/** Free at either end of the strip. */
export const MARGIN = 3;
/** Before each stage but the first, as a share of the pitch. */
export const STAGE_GAP = 0.42;
/** Before the head. */
export const HEAD_GAP = 2;

const clamp = (low: number, value: number, high: number) => Math.max(low, Math.min(high, value));

const gapOf = (pitch: number) => Math.max(4, pitch * 0.26);
const barOf = (pitch: number) => (pitch - gapOf(pitch) - SEAM) / 2;

/** How wide a block is, without the gap after it. */
export function blockWidth(bar: number, layers: number): number {
  return layers * bar + (layers - 1) * SEAM;
}

/** How wide a whole strip is at a pitch. */
export function stripWidth(shape: StripShape, pitch: number): number {
  const bar = barOf(pitch);
  const blocks = shape.stages.reduce((sum, count) => sum + count, 0);
  const between = Math.max(0, shape.stages.length - 1) * STAGE_GAP * pitch;
  const step = shape.hasPlaces ? blockWidth(bar, shape.layersPerBlock) + gapOf(pitch) : pitch / 2;
  return MARGIN + bar + gapOf(pitch) + blocks * step + between + HEAD_GAP + blockWidth(bar, shape.heads) + MARGIN;
}

/** The one ruler of a race: the longest strip fills the room, within limits; below the least pitch it scrolls. */
export function rulerFor(shapes: readonly StripShape[], { width, rows, touch }: Room): Ruler {
  const fitting = shapes.map((shape) => {
    // A strip's width is linear in the pitch from here on.
    const [short, long] = [stripWidth(shape, 20), stripWidth(shape, 40)];
    return 20 + ((width - short) / (long - short)) * 20;
  });
  const pitch = clamp(touch ? 26 : 14, Math.min(...fitting), width > 900 ? 46 : 42);
  const tall = TALL[rows];
  return {
    pitch,
    gap: gapOf(pitch),
    bar: barOf(pitch),
    barHeights: [28, 20, 14, 11, 9].map((height) => height * tall),
    height: Math.round(46 * tall),
    axis: Math.round(270 * tall) / 10,
    rise: tall,
  };
}
