/** The numbers that a field takes. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** Those of some numbers that are within a range. */
export function numbersWithin(numbers: readonly number[], { min, max, whole }: NumberRange): readonly number[] {
  return numbers.filter((value) => value >= min && value <= max && (!whole || Number.isInteger(value)));
}
