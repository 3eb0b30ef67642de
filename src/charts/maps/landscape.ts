import type { Net, Panel } from '../panels/panel.ts';

/** The loss around a net's weights. */
export interface Landscape {
  readonly net: Net;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** [y][x] flat; NaN where it is not measured yet, or was and is not finite. */
  readonly losses: Float32Array;
  readonly errors: Float32Array;
  /** Whether all points are measured. */
  readonly complete: boolean;
  readonly path: readonly { readonly step: number; readonly x: number; readonly y: number }[];
}

/** The words of a landscape: the place and the values at the crosshair, and its scale. */
export interface LandscapeWords {
  readonly point: (x: string, y: string) => string;
  readonly measured: (loss: string, error: string) => string;
  readonly notYet: string;
  /** Said in place of a loss that was measured and is not finite. */
  readonly noNumber: string;
  readonly loss: string;
  readonly step: (step: number) => string;
  readonly value: (value: number) => string;
  readonly percent: (value: number) => string;
}

/** Landscapes over one direction as lines: loss by distance, on one log scale. */
export function landscapeLine(landscapes: readonly Landscape[], words: LandscapeWords): Panel {
  return {
    key: 'line',
    title: '',
    lines: landscapes.map(({ net, x, losses }) => ({
      key: net.id,
      net,
      what: '',
      faint: false,
      points: x
        .map((at, index) => ({ at, value: losses[index] ?? Number.NaN }))
        .filter(({ value }) => Number.isFinite(value)),
    })),
    categories: (landscapes[0]?.x ?? []).map((at) => ({ at, name: words.value(at), tick: words.value(at) })),
    y: { kind: 'log', include: [], unit: '', format: words.value },
    rules: [],
  };
}

/** Values on a rectangular grid, row by row. */
export interface LossGrid {
  readonly columns: number;
  readonly rows: number;
  readonly values: ArrayLike<number>;
}

/** The loss and the error at a point, by its place in the grid, or why there are none. */
export function pointText({ losses, errors, complete }: PointValues, index: number, words: LandscapeWords): string {
  const loss = losses[index] ?? Number.NaN;
  if (!Number.isFinite(loss)) return complete ? words.noNumber : words.notYet;
  return words.measured(words.value(loss), words.percent(errors[index] ?? Number.NaN));
}

type PointValues = Pick<Landscape, 'losses' | 'errors' | 'complete'>;

/**
 * The grid with every value that is not measured yet (NaN) taken from the nearest that is, so that a coarse picture can
 * be drawn of the first points; null where there is none at all.
 */
export function completed({ columns, rows, values }: LossGrid): LossGrid | null {
  const known: number[] = [];
  for (let index = 0; index < columns * rows; index++)
    if (Number.isFinite(values[index] ?? Number.NaN)) known.push(index);
  if (known.length === 0) return null;
  const filled = Array.from({ length: columns * rows }, (_, index) => {
    const value = values[index] ?? Number.NaN;
    if (Number.isFinite(value)) return value;
    let nearest = 0;
    let best = Number.POSITIVE_INFINITY;
    for (const other of known) {
      const across = (other % columns) - (index % columns);
      const down = Math.floor(other / columns) - Math.floor(index / columns);
      const distance = across * across + down * down;
      if (distance < best) [best, nearest] = [distance, other];
    }
    return values[nearest] ?? Number.NaN;
  });
  return { columns, rows, values: filled };
}

/** `count` levels from the lowest of all values to the highest, evenly on a log scale: one scale for all pictures. */
export function contourLevels(grids: readonly ArrayLike<number>[], count: number): readonly number[] {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const values of grids) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? Number.NaN;
      if (!Number.isFinite(value) || value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (high <= low) return high > 0 ? [high] : [];
  return Array.from({ length: count }, (_, index) => low * (high / low) ** (index / count));
}
