/** Where the plot is inside its figure, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Room above the plot for the words of marks, below it for the axis, and left of it for the errors. */
const TOP = 44;
const BOTTOM = 28;
const LEFT = 34;

/** Both figures have the same frame but for the margin on the right, so that a level on one is read on the other. */
export function frameOf(width: number, height: number, rightMargin: number): Frame {
  return {
    width,
    height,
    left: LEFT,
    right: Math.max(LEFT + 40, width - rightMargin),
    top: TOP,
    bottom: height - BOTTOM,
  };
}

/** Below this width words get shorter and ticks fewer. */
export const NARROW = 480;
