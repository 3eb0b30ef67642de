/**
 * The mean of the last `window` values at each place, or of as many as there are at the start.
 * What is not finite takes no part; a window of nothing else has NaN.
 */
export function runningMean(values: ArrayLike<number>, length: number, window: number): Float64Array {
  const means = new Float64Array(length);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const entering = values[i] ?? Number.NaN;
    if (Number.isFinite(entering)) {
      sum += entering;
      count += 1;
    }
    const leaving = values[i - window] ?? Number.NaN;
    if (Number.isFinite(leaving)) {
      sum -= leaving;
      count -= 1;
    }
    means[i] = count > 0 ? sum / count : Number.NaN;
  }
  return means;
}
