const MULTIPLES = [1, 2, 5];
const MANTISSAS = [1, 2, 2.5, 5];

/** At most about `count` round steps between two others; increments that end the axis on a tick are preferred. */
export function stepTicks(low: number, high: number, count: number): readonly number[] {
  const least = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const increments = [power, power * 10]
    .flatMap((unit) => MANTISSAS.map((mantissa) => mantissa * unit))
    .filter((increment) => increment >= least * 0.999 && Number.isInteger(increment));
  const ends = increments.find((increment) => increment < least * 2.1 && high % increment === 0);
  const by = ends ?? increments[0] ?? 1;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / by) * by; tick <= high; tick += by) ticks.push(tick);
  return ticks;
}

/** 1, 2, 5, 10, 20, ... between two steps; only the powers of ten where there is room for few. */
export function logStepTicks(low: number, high: number, count: number): readonly number[] {
  const all: number[] = [];
  for (let power = 1; power <= high; power *= 10) all.push(...MULTIPLES.map((multiple) => multiple * power));
  const inside = all.filter((tick) => tick >= low && tick <= high);
  if (inside.length < 2) return stepTicks(low, high, count);
  const tens = inside.filter((tick) => Number.isInteger(Math.log10(tick)));
  return inside.length > count * 1.6 && tens.length > 1 ? tens : inside;
}
