const STRIDES = [1, 2, 5];

/** At most `limit` steps for the rows of a table: the first, round ones, and the last. */
export function tableSteps(steps: number, limit: number): readonly number[] {
  if (steps <= 0) return [];
  let stride = 1;
  for (let power = 1; Math.floor(steps / stride) > limit - 2; power *= 10) {
    stride = STRIDES.map((one) => one * power).find((one) => steps / one <= limit - 2) ?? stride;
  }
  const round: number[] = [];
  for (let step = stride; step <= steps; step += stride) round.push(step);
  return [...new Set([1, ...round, steps])];
}
