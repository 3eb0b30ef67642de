/** A rectangle that labels keep clear of. */
export interface Rect {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export type Side = 'above' | 'below' | 'right' | 'left';

/** A mark that wants a label of a size, on the side that it prefers. */
export interface LabelWish {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Free between the centre of the mark and the label. */
  readonly away: number;
  readonly sides: readonly Side[];
}

export function rectOn(side: Side, { x, y, width, height, away }: LabelWish): Rect {
  const [x0, y0] = {
    above: [x - width / 2, y - away - height],
    below: [x - width / 2, y + away],
    right: [x + away + 2, y - height / 2],
    left: [x - away - 2 - width, y - height / 2],
  }[side] as [number, number];
  return { x0, y0, x1: x0 + width, y1: y0 + height };
}
