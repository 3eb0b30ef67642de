/** Where numbers are put: each row of their last axis `stride` numbers behind the one before, the first one at `from`. */
export interface Room {
  readonly values: Float32Array;
  readonly from: number;
  readonly stride: number;
}

/**
 * Numbers of this shape, row by row, with their axes in another order: `axes` says which old axis each new one is. They
 * are put into `room`, or where there is none, one row behind the other.
 */
export function transpose(
  values: Float32Array,
  shape: readonly number[],
  axes: readonly number[],
  room?: Room,
): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  const sides = axes.map((axis) => shape[axis] ?? 0);
  const steps = axes.map((axis) => strides[axis] ?? 0);
  const place = axes.map(() => 0);
  const moved = room?.values ?? new Float32Array(values.length);
  const gap = room === undefined ? 0 : room.stride - (sides.at(-1) ?? 0);
  let from = 0;
  let to = room?.from ?? 0;
  for (let nth = 0; nth < values.length; nth++) {
    moved[to] = values[from] ?? 0;
    to += 1;
    // Counts `place` up by one, like the figures of a number, and moves `from` along.
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      from += steps[axis] ?? 0;
      if (next < (sides[axis] ?? 0)) {
        place[axis] = next;
        break;
      }
      from -= next * (steps[axis] ?? 0);
      place[axis] = 0;
      if (axis === axes.length - 1) to += gap;
    }
  }
  return moved;
}

/** The inverse of a permutation of axes. */
export function inverse(axes: readonly number[]): readonly number[] {
  return axes.map((_, axis) => axes.indexOf(axis));
}
