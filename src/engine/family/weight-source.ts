import type { Parameter } from '../../spec/node.ts';

/** Where a net's numbers come from. Each is asked for once, so that no second copy of them all need be held. */
export interface WeightSource {
  parameter(parameter: Parameter): Float32Array | Promise<Float32Array>;
  /** Mean and variance of each channel, [2, channels]. */
  statistics(norm: string, channels: number): Float32Array | Promise<Float32Array>;
}
