/** Rounds to a tenth of a pixel, which is finer than the eye sees. */
export function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
