import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/net/node.ts';
import { MOVING_AVERAGES, SGD_UPDATE } from '../../ops/tensors/updates.ts';
import { inputName, numeric, required } from '../registry.ts';
import { type Heap, wasmKernel } from './heap.ts';

/** A tensor for the next values of another one: that tensor itself where nothing else reads it. */
function successorOf(heap: Heap, tensor: TensorInfo): TensorInfo {
  return heap.isShared(tensor) ? heap.make(tensor.shape) : tensor;
}

/**
 * See ops/tensors/updates.ts, sgdUpdate: outputs the weight and the velocity of each parameter in turn, mostly the same
 * tensors with new values. A matrix has a new one, since tfjs packs it once by its identity and keeps that.
 */
export const wasmSgdKernel = wasmKernel(SGD_UPDATE, (heap, inputs, attrs) => {
  const count = Object.keys(inputs).filter((name) => name.startsWith('weight')).length;
  const rates = { rate: numeric(attrs, 'rate'), momentum: numeric(attrs, 'momentum'), decay: numeric(attrs, 'decay') };
  const outputs: TensorInfo[] = [];
  const parameters: number[] = [];
  for (let nth = 0; nth < count; nth++) {
    const weight = required(inputs, inputName('weight', nth));
    const velocity = required(inputs, inputName('velocity', nth));
    const gradient = required(inputs, inputName('gradient', nth));
    const nextWeight = weight.shape.length === 2 ? heap.make(weight.shape) : successorOf(heap, weight);
    const nextVelocity = successorOf(heap, velocity);
    for (const tensor of [weight, velocity, gradient, nextWeight, nextVelocity]) parameters.push(heap.pointer(tensor));
    parameters.push(sizeOf(weight.shape));
    outputs.push(nextWeight, nextVelocity);
  }
  heap.run('runSgd', { parameters: heap.table(parameters), count, ...rates });
  return outputs;
});

/** See ops/tensors/updates.ts, movingAverages: outputs the averages, mostly the same tensors with new values. */
export const wasmMovingAveragesKernel = wasmKernel(MOVING_AVERAGES, (heap, inputs, attrs) => {
  const keep = numeric(attrs, 'keep');
  const pairs = Object.keys(inputs).length / 2;
  return Array.from({ length: pairs }, (_, nth) => {
    const old = required(inputs, inputName('old', nth));
    const average = successorOf(heap, old);
    const [before, next] = [heap.floats(old), heap.floats(required(inputs, inputName('next', nth)))];
    const to = heap.floats(average);
    for (let i = 0; i < to.length; i++) to[i] = keep * before[i]! + (1 - keep) * next[i]!;
    return average;
  });
});
