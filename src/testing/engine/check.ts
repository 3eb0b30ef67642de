/** One comparison, and how large its difference may be. */
export interface Check {
  readonly what: string;
  readonly difference: number;
  readonly tolerance: number;
}

/** The checks that failed. A difference that is negative or not a number is a failure too: it was not measured as one. */
export function failed(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ difference, tolerance }) => !(difference >= 0 && difference <= tolerance));
}

/** The largest difference of two arrays, over the reference's largest value (0.01 at least). */
export function largestDifference(ours: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (ours.length !== reference.length) return Number.POSITIVE_INFINITY;
  let [difference, scale] = [0, 1e-2];
  for (let i = 0; i < reference.length; i++) {
    const [a = Number.NaN, b = Number.NaN] = [ours[i], reference[i]];
    if (!Number.isFinite(a)) return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, Math.abs(a - b));
    scale = Math.max(scale, Math.abs(b));
  }
  return difference / scale;
}
