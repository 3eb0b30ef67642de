import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Gpu, WORKGROUP } from './shader.ts';

/** Parts that a channel's pixels are summed in, by threads side by side, before the parts are summed. */
const PARTS = 256;

export interface ChannelSums {
  /** Names the code of `first` and `second`. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  /** Values in the tensors that are summed over: pixels times channels. */
  readonly size: number;
  readonly channels: number;
  /** WGSL before the sums: may use the element's index `i` and its channel `c`. */
  readonly setup: string;
  /** The two terms that are summed over a channel's pixels. */
  readonly first: string;
  readonly second: string;
  /** WGSL expressions of `a` and `b`, the two sums, and `c`: the rows of the result. */
  readonly rows: readonly [string, string];
}

/**
 * Two sums over the pixels of each channel, and what follows from them, [2, channels]. Thread t starts at element t and
 * jumps by the number of threads, a multiple of the channels: neighbours read neighbours.
 */
export function channelSums(gpu: Gpu, sums: ChannelSums): TensorInfo {
  const { name, inputs, size, channels, setup, first, second, rows } = sums;
  const threads = PARTS * channels;
  const parts = gpu.run({
    name: `${name}/parts ${size} ${channels}`,
    inputs,
    output: [PARTS, 2, channels],
    threads,
    body: `
      if (index >= ${threads}) { return; }
      let c = index % ${channels};
      var a = 0.0;
      var b = 0.0;
      for (var i = index; i < ${size}; i += ${threads}) {
        ${setup}
        a += ${first};
        b += ${second};
      }
      let part = index / ${channels};
      result[part * ${2 * channels} + c] = a;
      result[part * ${2 * channels} + ${channels} + c] = b;`,
  });
  const total = gpu.run({
    name: `${name}/total ${size} ${channels}`,
    inputs: { parts, ...inputs },
    output: [2, channels],
    threads: WORKGROUP * channels,
    shared: `var<workgroup> firsts : array<f32, ${WORKGROUP}>; var<workgroup> seconds : array<f32, ${WORKGROUP}>;`,
    body: `
      let c = index / ${WORKGROUP};
      let lane = i32(localIndex);
      var a = 0.0;
      var b = 0.0;
      for (var part = lane; part < ${PARTS}; part += ${WORKGROUP}) {
        a += parts[part * ${2 * channels} + c];
        b += parts[part * ${2 * channels} + ${channels} + c];
      }
      firsts[lane] = a;
      seconds[lane] = b;
      for (var half = ${WORKGROUP / 2}; half > 0; half /= 2) {
        workgroupBarrier();
        if (lane < half) {
          firsts[lane] += firsts[lane + half];
          seconds[lane] += seconds[lane + half];
        }
      }
      if (lane == 0) {
        a = firsts[0];
        b = seconds[0];
        result[c] = ${rows[0]};
        result[${channels} + c] = ${rows[1]};
      }`,
  });
  gpu.free(parts);
  return total;
}
