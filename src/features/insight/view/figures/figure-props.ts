import type { LaneSpec } from '../../../../core/experiment/experiment.ts';

export interface FigureProps {
  /** The lanes to compare; the same array as long as they are the same. */
  readonly lanes: readonly LaneSpec[];
  /** Height of the chart in CSS pixels. */
  readonly height: number;
}
