/** Where bars stand on a row of slots. */
export interface BarPlaces {
  /** Pixels from one stop to the next. */
  readonly slot: number;
  readonly thick: number;
  /** From the middle of a slot to the left edge of a group's bar. */
  readonly offset: (group: number) => number;
}

const SHARE = 0.72;
const THICKEST = 12;

/** The bars of `groups` nets side by side in each of `stops` slots. */
export function barPlaces(width: number, stops: number, groups: number): BarPlaces {
  const slot = width / Math.max(1, stops);
  const side = Math.max(1, groups);
  const thick = Math.max(1, Math.min(THICKEST, (slot * SHARE) / side - (side > 1 ? 1 : 0)));
  const whole = side * thick + (side - 1);
  return { slot, thick, offset: (group) => group * (thick + 1) - whole / 2 };
}
