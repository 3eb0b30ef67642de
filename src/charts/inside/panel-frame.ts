import type { Frame } from '../frame.ts';

const LEFT = 38;
const TOP = 20;
const BOTTOM = 26;

/** Where the axes of a figure of Look inside stand; the names at the lines' ends have `right` pixels. */
export function panelFrame(width: number, height: number, right: number): Frame {
  return { width, height, left: LEFT, right: Math.max(LEFT + 40, width - right), top: TOP, bottom: height - BOTTOM };
}
