import type { Net } from './net.ts';
import type { Rule, Stop, ValueAxis } from './panel.ts';

/** The bars of one net, which all grow from one level. */
export interface BarGroup {
  readonly key: string;
  readonly net: Net;
  readonly from: number;
  /** Under the net's name, such as "intact 53.6". */
  readonly note: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  /** A stop's. */
  readonly at: number;
  readonly value: number;
  /** The bar's value as table and tooltip show it; in the axis' format where it is missing. */
  readonly text?: string;
}

/** One pair of axes with bars: all that `BarsPlot` draws. */
export interface BarPanel {
  readonly key: string;
  readonly title: string;
  readonly groups: readonly BarGroup[];
  readonly stops: readonly Stop[];
  readonly y: ValueAxis;
  readonly rules: readonly Rule[];
}
