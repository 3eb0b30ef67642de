import type { Parameter } from '../../core/net/node.ts';

/** A source of a net's weights. Each tensor is read once, so that no second copy of all need be held. */
export interface WeightSource {
  parameter(parameter: Parameter): Float32Array | Promise<Float32Array>;
  /** Mean and variance of each channel, [2, channels]. */
  statistics(norm: string, channels: number): Float32Array | Promise<Float32Array>;
}
