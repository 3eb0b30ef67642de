import type { Frame } from '../frame.ts';

const LEFT = 38;
const TOP = 16;
const TITLED = 30;
const BOTTOM = 26;

/** Where the axes of a figure of Look inside stand; the names at the lines' ends have `right` pixels. */
export function panelFrame(width: number, height: number, right: number, titled: boolean): Frame {
  const top = titled ? TITLED : TOP;
  return { width, height, left: LEFT, right: Math.max(LEFT + 40, width - right), top, bottom: height - BOTTOM };
}
