import { scaleLinear } from 'd3';
import type { Frame } from './frame.ts';

/** The vertical axis of both figures: error in percent to pixels. */
export interface ErrorScale {
  readonly y: (error: number) => number;
  readonly ticks: readonly number[];
}

export function errorScale(domain: readonly [number, number], { top, bottom }: Frame): ErrorScale {
  const scale = scaleLinear().domain(domain).range([bottom, top]);
  return { y: (error) => scale(error), ticks: scale.ticks(5) };
}
