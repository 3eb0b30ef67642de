import { mul, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { type DropoutNode, sizeOf } from '../../core/net/node.ts';
import { mix, STREAM_STEP, streamStart } from '../../data/batches/random.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import type { Operation, Unary } from './operation.ts';

/** Name of the kernel in tfjs' registry. */
export const DROPOUT = 'Dropout';

/** The numbers of a stream's start as a tensor holds them exactly: its upper and its lower 16 bits. */
export function halves(start: number): readonly [high: number, low: number] {
  return [start >>> 16, start & 0xffff];
}

/** A random number of 32 bits below this bound drops its value: as many as make a share of `rate`. */
function dropBound(rate: number): number {
  return Math.min(2 ** 32 - 1, Math.ceil(rate * 2 ** 32 - 0.5));
}

/** The mask for a seed: 0 at a probability of `rate`, else 1 / (1 - rate); the nth value is by the stream's nth number. */
function mask(seed: Tensor, shape: readonly number[], rate: number): Tensor {
  const [high = 0, low = 0] = seed.dataSync();
  const start = high * 2 ** 16 + low;
  const [bound, kept] = [dropBound(rate), 1 / (1 - rate)];
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, at) =>
    mix((start + Math.imul(at + 1, STREAM_STEP)) >>> 0) < bound ? 0 : kept,
  );
  return tensor(values, [...shape]);
}

/** x times a random mask: a value is 0 at a probability of `rate`, else 1 / (1 - rate) times as large. `seed` is [2]. */
export function dropout<T extends Tensor>(x: T, seed: Tensor, rate: number): T {
  if (hasKernel(DROPOUT)) return callKernel(DROPOUT, { x, seed }, { bound: dropBound(rate), kept: 1 / (1 - rate) });
  return tidy(() => mul<T>(x, mask(seed, x.shape, rate)));
}

/** The input times a dropout mask in training; the input in evaluation. */
export interface DropoutInstruction extends Unary {
  readonly op: 'dropout';
  readonly rate: number;
}

/** The record of the operation `dropout`. */
export const dropoutOperation: Operation<DropoutNode, DropoutInstruction> = {
  lower: ({ node: { input, rate }, output }) => ({ op: 'dropout', output, input, rate }),
  isRecordable: () => true,
  draw: (_, stream) => ({ shape: [2], values: halves(streamStart(stream)) }),
  forward({ input, output, rate }, { values, draws }) {
    const seed = draws?.get(output, 1);
    const apply = <T extends Tensor>(x: T): T => (seed === undefined ? x.clone() : dropout(x, seed, rate));
    return values.find(input)?.rank === 2 ? apply(values.get(input, 2)) : apply(values.get(input, 4));
  },
  backward({ input, output, rate }, { draws, gradients }) {
    const dy = gradients.find(output);
    if (dy === undefined) return;
    gradients.accumulate(input, draws === null ? dy.clone() : dropout(dy, draws.get(output, 1), rate));
  },
  // Statistics are fixed: as in evaluation, nothing is dropped.
  inputGradient: ({ input }, dy, { give }) => give(input, dy),
};
