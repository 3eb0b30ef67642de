/** A rectangle that labels keep clear of. */
export interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A straight line between two points, in pixels. */
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
  /** The same where nothing is clear so near, for a label with a leader; left out where it may have none. */
  readonly far?: number;
  readonly sides: readonly Side[];
}

function rectOn([dx, dy]: Side, { x, y, width, height }: LabelWish, away: number): Rect {
  // Its corner is as far from the centre of the mark as the middle of its edge is on the other sides.
  const reach = dx !== 0 && dy !== 0 ? away * Math.SQRT1_2 : away;
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

/** Whether a line that is nearly level ends where a minus would stand before a label. */
function looksLikeMinus(line: Segment, { x0, y0, y1 }: Rect): boolean {
  const middle = (y0 + y1) / 2;
  const isLevel = Math.abs(line.y1 - line.y0) < 0.25 * Math.abs(line.x1 - line.x0);
  return isLevel && crosses(line, { x0: x0 - 6, y0: middle - 3, x1: x0, y1: middle + 3 });
}

/** The shortest line from a mark to its label. */
export function leaderTo({ x, y }: Pick<LabelWish, 'x' | 'y'>, { x0, y0, x1, y1 }: Rect): Segment {
  return { x0: x, y0: y, x1: Math.max(x0, Math.min(x, x1)), y1: Math.max(y0, Math.min(y, y1)) };
}

/**
 * A place for each wish, earlier wishes first, clear of marks and of other labels, and of lines where that can be had: near
 * its mark, or else as far off as it may be. Null
 * where there is none: no label is better than two on top of each other, or a number that a line before it makes negative.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  marks: readonly Rect[],
  lines: readonly Segment[],
  bounds: Rect,
): readonly (Rect | null)[] {
  const placed: Rect[] = [];
  return wishes.map((wish) => {
    const freeAt = (away: number) =>
      wish.sides
        .map((side) => rectOn(side, wish, away))
        .filter((rect) => within(rect, bounds) && ![...marks, ...placed].some((other) => overlap(rect, other)));
    const free = freeAt(wish.away);
    const isClear = (rect: Rect) => !lines.some((line) => crosses(line, rect));
    const isLed = (rect: Rect) => isClear(rect) && !placed.some((other) => crosses(leaderTo(wish, rect), other));
    const best =
      free.find(isClear) ??
      (wish.far === undefined ? undefined : freeAt(wish.far).find(isLed)) ??
      free.find((rect) => !lines.some((line) => looksLikeMinus(line, rect))) ??
      null;
    if (best) placed.push(best);
    return best;
  });
}

interface Pool {
  sum: number;
  count: number;
}

/**
 * Places on a line pushed at least `gap` apart, each as near as can be to where it was: least squares, order kept.
 * All stay between `low` and `high`; where there are too many, they share the room evenly.
 */
export function dodge(places: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const room = places.length > 1 ? (high - low) / (places.length - 1) : gap;
  const apart = Math.min(gap, room);
  const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b);

  // Less its share of the stack, each place must only not pass the next: isotonic regression, by pooling neighbours.
  const pools: Pool[] = [];
  order.forEach((at, rank) => {
    let pool: Pool = { sum: (places[at] ?? 0) - rank * apart, count: 1 };
    for (let above = pools.at(-1); above && above.sum / above.count > pool.sum / pool.count; above = pools.at(-1)) {
      pool = { sum: above.sum + pool.sum, count: above.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  });

  const last = high - (places.length - 1) * apart;
  const moved = [...places];
  let rank = 0;
  for (const { sum, count } of pools) {
    const place = Math.max(low, Math.min(sum / count, last));
    for (let i = 0; i < count; i++, rank++) moved[order[rank] ?? 0] = place + rank * apart;
  }
  return moved;
}
