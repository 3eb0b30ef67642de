import { extent, scaleLinear, scaleLog } from 'd3';
import type { ValueAxis } from './panel.ts';

/** A vertical axis: values to pixels, and its ticks. */
export interface ValueScale {
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
  readonly domain: readonly [number, number];
}

/** Room between the outermost values and the ends of a logarithmic axis, as a factor. */
const LOG_ROOM = 1.25;
/** Axes lower than this have fewer ticks. */
const LOW = 120;

/** Values to pixels between `bottom` and `top`. Values that cannot be on the axis do not count. */
export function valueScale(
  { kind, include }: Pick<ValueAxis, 'kind' | 'include'>,
  values: readonly number[],
  bottom: number,
  top: number,
): ValueScale {
  const log = kind === 'log';
  const shown = [...values, ...include].filter((value) => Number.isFinite(value) && (!log || value > 0));
  const [low = log ? 0.1 : 0, high = 1] = extent(shown);
  if (!log) {
    const room = high === low ? Math.abs(high) || 1 : 0;
    const count = bottom - top < LOW ? 2 : 4;
    const scale = scaleLinear([low - room, high + room], [bottom, top]).nice(count);
    return { y: (value) => scale(value), ticks: scale.ticks(count), domain: ends(scale.domain()) };
  }
  const scale = scaleLog([low / LOG_ROOM, high * LOG_ROOM], [bottom, top]);
  return { y: (value) => scale(value), ticks: logTicks(...ends(scale.domain())), domain: ends(scale.domain()) };
}

function ends([low = 0, high = 1]: readonly number[]): readonly [number, number] {
  return [low, high];
}

/** Powers of ten, and where there are too few of them 2 and 5 of each as well; at most six. */
export function logTicks(low: number, high: number): readonly number[] {
  const powers: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) powers.push(power);
  const of = (mantissas: readonly number[]) =>
    powers
      .flatMap((power) => mantissas.map((mantissa) => Number(`${mantissa}e${power}`)))
      .filter((tick) => tick >= low && tick <= high);
  const tens = of([1]);
  if (tens.length >= 3) return tens.filter((_, index) => index % Math.ceil(tens.length / 6) === 0);
  const fives = of([1, 2, 5]);
  return fives.length >= 3 ? fives : of([1, 1.5, 2, 3, 4, 5, 7]);
}
