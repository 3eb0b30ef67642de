import type { Net } from '../net.ts';

/** The loss around a net's weights. */
export interface Landscape {
  readonly net: Net;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** [y][x] flat; NaN where it is not measured yet. */
  readonly losses: Float32Array;
  readonly errors: Float32Array;
  readonly path: readonly { readonly step: number; readonly x: number; readonly y: number }[];
}

export interface LandscapeWords {
  readonly point: (x: string, y: string) => string;
  readonly measured: (loss: string, error: string) => string;
  readonly notYet: string;
  readonly loss: string;
  readonly step: (step: number) => string;
  readonly value: (value: number) => string;
  readonly percent: (value: number) => string;
}
