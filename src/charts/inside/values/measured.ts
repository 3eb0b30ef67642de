import type { Net } from '../net.ts';

/** What was measured in a net, and where it was asked for, what was measured first: the pale line. */
export interface Measured<Result> {
  readonly net: Net;
  readonly now: Result;
  readonly before: (Result & { readonly step: number }) | null;
}

export interface LayerValue {
  readonly layer: string;
  readonly block: number;
}

/** The words of axes, tooltips and tables. */
export interface PanelWords {
  readonly layer: (layer: string, block: number) => string;
  /** As the axis says it: "stem", "14", "head". */
  readonly layerTick: (layer: string, place: number) => string;
  readonly block: (block: number) => string;
  readonly blockTick: (block: number) => string;
  readonly step: (step: number) => string;
  /** Any size of number, as short as it can be read: "817", "0.28", "1.2e-4". */
  readonly value: (value: number) => string;
  readonly percent: (value: number) => string;
}
