export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 0 ? (low + high) / 2 : high;
}

/**
 * The straight line through points (x, y) of least squares of the distances as shares of y: what is timed is off by a
 * share of itself, however long it takes.
 */
export function fitLine(points: readonly (readonly [x: number, y: number])[]) {
  const sum = (of: (x: number, y: number) => number) => points.reduce((total, [x, y]) => total + of(x, y) / y ** 2, 0);
  const weight = sum(() => 1);
  const [meanX, meanY] = [sum((x) => x) / weight, sum((_, y) => y) / weight];
  const slope = sum((x, y) => (x - meanX) * (y - meanY)) / sum((x) => (x - meanX) ** 2);
  const start = meanY - slope * meanX;
  /** The largest distance of a point from the line, as a share of the line. */
  const deviation = Math.max(...points.map(([x, y]) => Math.abs(y / (start + slope * x) - 1)));
  return { slope, start, deviation };
}

/** Rounds to this number of significant digits. */
export function rounded(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}
