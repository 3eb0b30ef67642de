/** A rectangle that labels keep clear of. */
export interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Segment {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Which way a label stands from its mark: [1, 0] is right of it, [0, -1] above. */
export type Side = readonly [dx: -1 | 0 | 1, dy: -1 | 0 | 1];

/** A mark that wants a label of a size, on one of the sides, best first. */
export interface LabelWish {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Free between the centre of the mark and the label. */
  readonly away: number;
  readonly sides: readonly Side[];
}

function rectOn([dx, dy]: Side, { x, y, width, height, away }: LabelWish): Rect {
  const reach = dx !== 0 && dy !== 0 ? away * 0.5 : away;
  const x0 = x + dx * reach + ((dx - 1) / 2) * width;
  const y0 = y + dy * reach + ((dy - 1) / 2) * height;
  return { x0, y0, x1: x0 + width, y1: y0 + height };
}

const overlap = (a: Rect, b: Rect) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
const within = (a: Rect, b: Rect) => a.x0 >= b.x0 && a.x1 <= b.x1 && a.y0 >= b.y0 && a.y1 <= b.y1;

/** Whether a line runs through a rectangle (Liang and Barsky). */
function crosses({ x0, y0, x1, y1 }: Segment, rect: Rect): boolean {
  let enter = 0;
  let leave = 1;
  const sides = [
    [x0 - x1, x0 - rect.x0],
    [x1 - x0, rect.x1 - x0],
    [y0 - y1, y0 - rect.y0],
    [y1 - y0, rect.y1 - y0],
  ] as const;
  for (const [slope, room] of sides) {
    if (slope === 0 && room < 0) return false;
    if (slope < 0) enter = Math.max(enter, room / slope);
    if (slope > 0) leave = Math.min(leave, room / slope);
  }
  return enter <= leave;
}

/**
 * A place for each wish, earlier wishes first, clear of marks and of other labels, and of lines where that can be had.
 * Null where there is none: no label is better than two on top of each other.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  marks: readonly Rect[],
  lines: readonly Segment[],
  bounds: Rect,
): readonly (Rect | null)[] {
  const placed: Rect[] = [];
  return wishes.map((wish) => {
    const free = wish.sides
      .map((side) => rectOn(side, wish))
      .filter((rect) => within(rect, bounds) && ![...marks, ...placed].some((other) => overlap(rect, other)));
    const best = free.find((rect) => !lines.some((line) => crosses(line, rect))) ?? free[0] ?? null;
    if (best) placed.push(best);
    return best;
  });
}
