import type { Series } from '../series/series.ts';

/** Where the crosshair can stand: a layer, a block, a lag, a distance. */
export interface Category {
  readonly at: number;
  /** As the tooltip and the table say it, such as "block 3, convolution 1". */
  readonly name: string;
  /** As the axis says it, such as "14". */
  readonly tick: string;
}

/** The vertical axis. */
export interface ValueAxis {
  readonly kind: 'linear' | 'log';
  /** Values that must be on it beside those that are drawn. */
  readonly include: readonly number[];
  /** What is behind the number of the highest tick, such as "%". */
  readonly unit: string;
  readonly format: (value: number) => string;
}

/** A level to compare with, such as the majority baseline. */
export interface Rule {
  readonly at: number;
  readonly text: string;
}

/** A value at a category. */
export interface Point {
  readonly at: number;
  /** NaN where there is none. */
  readonly value: number;
  /** How far trials scattered around the value. */
  readonly low?: number;
  readonly high?: number;
}

/** A line of one net. */
export interface Line {
  readonly key: string;
  readonly net: Net;
  /** Behind the net's name in tables and tooltips, where a net has several lines: "step 0". */
  readonly what: string;
  readonly points: readonly Point[];
  /** What it was before: pale, and without a name at its end. */
  readonly faint: boolean;
  /** At its end, if not the net's name. */
  readonly end?: string;
  /** Whether the first value is written at the line's beginning. */
  readonly start?: boolean;
}

/** One pair of axes with lines: all that `LinesPlot` draws. */
export interface Panel {
  readonly key: string;
  /** Above the axes; empty where the figure's title says it. */
  readonly title: string;
  readonly lines: readonly Line[];
  readonly categories: readonly Category[];
  readonly y: ValueAxis;
  readonly rules: readonly Rule[];
}

/** The bars of one net, which all grow from one level. */
export interface BarGroup {
  readonly key: string;
  readonly net: Net;
  readonly from: number;
  /** Under the net's name, such as "intact 53.6". */
  readonly note: string;
  readonly bars: readonly PanelBar[];
}

/** A value of a net at a category. */
export interface PanelBar {
  /** A category's. */
  readonly at: number;
  /** NaN where there is none: no bar is drawn. */
  readonly value: number;
  /** The bar's value as table and tooltip show it; in the axis' format where it is missing. */
  readonly text?: string;
}

/** One pair of axes with bars: all that `BarsPlot` draws. */
export interface BarPanel {
  readonly key: string;
  readonly title: string;
  readonly groups: readonly BarGroup[];
  readonly categories: readonly Category[];
  readonly y: ValueAxis;
  readonly rules: readonly Rule[];
}

/** A net as the figures of Look inside name and colour it. */
export interface Net extends Pick<Series, 'id' | 'name' | 'family' | 'lightness'> {
  /** How many nets of the race before it have its colour; see `repeatsOf`. */
  readonly repeat?: number;
}
