/**
 * Sample autocorrelation of a series at the lags 0 .. most: sum over t of (x_t - m)(x_(t+k) - m) over sum of
 * (x_t - m)^2, with the mean m of all (Box and Jenkins; Balduzzi et al. 2017, section 2).
 */
export function autocorrelation(series: readonly number[], most: number): readonly number[] {
  const mean = series.reduce((sum, value) => sum + value / series.length, 0);
  const centred = series.map((value) => value - mean);
  const covariance = (lag: number) =>
    centred.reduce((sum, value, index) => sum + value * (centred[index + lag] ?? 0), 0);
  const variance = covariance(0);
  return Array.from({ length: most + 1 }, (_, lag) => covariance(lag) / variance);
}
