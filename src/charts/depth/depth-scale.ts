import { extent, scaleLinear, scaleLog } from 'd3';

/** The horizontal axis of the depths. */
export interface DepthScale {
  readonly x: (depth: number) => number;
  /** Depths are far apart in number: past those of the paper's plain nets the axis counts by ratio. */
  readonly log: boolean;
  readonly ticks: readonly number[];
}

const USUAL = [8, 56, 20, 32, 44, 110, 164];
const LINEAR_TO = 60;
/** Depths of lanes may be named closer to each other than those that only fill the axis. */
const APART = { own: 20, usual: 34 };

/** Depths 8 to 56, or as far as the lanes go; ticks at the lanes' own depths first. */
export function depthScale(depths: readonly number[], left: number, right: number): DepthScale {
  const [least = 8, most = 56] = extent(depths);
  const domain = [Math.min(8, least), Math.max(56, most)] as const;
  const log = domain[1] > LINEAR_TO;
  const scale = (log ? scaleLog() : scaleLinear()).domain(domain).range([left, right]);
  const ticks: number[] = [];
  const add = (depth: number, apart: number) => {
    const inside = depth >= domain[0] && depth <= domain[1];
    if (inside && ticks.every((tick) => Math.abs(scale(tick) - scale(depth)) >= apart)) ticks.push(depth);
  };
  for (const depth of new Set(depths)) add(depth, APART.own);
  for (const depth of USUAL) add(depth, APART.usual);
  return { x: (depth) => scale(depth), log, ticks: ticks.sort((a, b) => a - b) };
}
