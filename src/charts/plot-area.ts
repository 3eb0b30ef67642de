import { type RefCallback, useCallback, useState } from 'react';

/** Where the plot is inside its figure, in pixels. */
export interface PlotArea {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Room above the plot for the words of marks, below it for the axis, and left of it for the errors. */
const MARGINS = { top: 44, bottom: 28, left: 34 } as const;
const PANEL_MARGINS = { top: 16, titledTop: 30, bottom: 26, left: 38 } as const;

/** A plot is never narrower, however long the words at its right are. */
const LEAST_WIDTH = 40;

/** Both figures have the same frame but for the margin on the right, so that a level on one is read on the other. */
export function plotAreaOf(width: number, height: number, rightMargin: number): PlotArea {
  return {
    width,
    height,
    left: MARGINS.left,
    right: Math.max(MARGINS.left + LEAST_WIDTH, width - rightMargin),
    top: MARGINS.top,
    bottom: height - MARGINS.bottom,
  };
}

/** Below this width words get shorter and ticks fewer. */
export const NARROW = 480;

/** With more lanes than this a race is drawn densely: every step and the tests only for the hovered lane. */
export const MAX_DETAILED_LANES = 4;

/** The same of a small panel; the names at the lines' ends have `right` pixels, and a title stands above the axes. */
export function panelAreaOf(width: number, height: number, right: number, titled: boolean): PlotArea {
  const { left, top, titledTop, bottom } = PANEL_MARGINS;
  return {
    width,
    height,
    left,
    right: Math.max(left + LEAST_WIDTH, width - right),
    top: titled ? titledTop : top,
    bottom: height - bottom,
  };
}

/** How much larger than it is laid out an element is drawn, by CSS `zoom`: a presentation enlarges the charts so. */
export function zoomOf(element: Element): number {
  return element.currentCSSZoom ?? 1;
}

/** The width of an element in CSS pixels of its own, followed as it changes; null before the first measure. */
export function useWidth<E extends Element>(): readonly [RefCallback<E>, number | null] {
  const [width, setWidth] = useState<number | null>(null);
  const attach = useCallback((element: E | null) => {
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.getBoundingClientRect().width / zoomOf(element)));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return [attach, width];
}
