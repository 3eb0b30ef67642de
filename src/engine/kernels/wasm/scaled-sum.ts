import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/net/node.ts';
import { CHANNEL_SUMS, SCALED_SUM, SCALED_SUM_GRADIENT } from '../../ops/tensors/scaled-sum.ts';
import { numeric, required } from '../registry.ts';
import { endOf, scalarOf, wasmKernel } from './heap.ts';

/** Numbers per unit of work: they fit into the cache. */
const UNIT = 8192;

/** See ops/tensors/scaled-sum.ts, scaledSum. */
export const wasmScaledSumKernel = wasmKernel(SCALED_SUM, (heap, inputs, attrs) => {
  const x = required(inputs, 'x');
  const y = heap.make(x.shape);
  heap.run('runScaledSum', {
    x: heap.pointer(x),
    y: heap.pointer(y),
    shortcut: heap.pointer(inputs.shortcut),
    size: sizeOf(x.shape),
    unitSize: UNIT,
    factor: inputs.factor === undefined ? numeric(attrs, 'factor') : scalarOf(heap, inputs.factor),
    gain: inputs.gain === undefined ? 1 : scalarOf(heap, inputs.gain),
    ...endOf(attrs),
  });
  return y;
});

/** See ops/tensors/scaled-sum.ts, scaledSumGradient. */
export const wasmScaledSumGradientKernel = wasmKernel(SCALED_SUM_GRADIENT, (heap, inputs, attrs) => {
  const dy = required(inputs, 'dy');
  const size = sizeOf(dy.shape);
  const dx = attrs.through === true ? heap.make(dy.shape) : undefined;
  const dShortcut = inputs.gain === undefined ? undefined : heap.make(dy.shape);
  const dFactor = inputs.x === undefined ? undefined : heap.make([1]);
  const [parts = 0] = heap.scratch(Math.ceil(size / UNIT));
  heap.run('runScaledSumGradient', {
    dy: heap.pointer(dy),
    y: heap.pointer(inputs.y),
    x: heap.pointer(inputs.x),
    dx: heap.pointer(dx),
    dShortcut: heap.pointer(dShortcut),
    dFactor: heap.pointer(dFactor),
    parts,
    size,
    unitSize: UNIT,
    factor: inputs.factor === undefined ? numeric(attrs, 'factor') : scalarOf(heap, inputs.factor),
    gain: scalarOf(heap, inputs.gain),
    slope: numeric(attrs, 'slope'),
  });
  return [dx, dShortcut, dFactor].filter((output): output is TensorInfo => output !== undefined);
});

/** See ops/tensors/scaled-sum.ts, channelSums. */
export const wasmChannelSumsKernel = wasmKernel(CHANNEL_SUMS, (heap, inputs) => {
  const x = required(inputs, 'x');
  const channels = x.shape.at(-1) ?? 1;
  const sums = heap.make([channels]);
  const rows = sizeOf(x.shape) / channels;
  heap.run('runChannelSums', { x: heap.pointer(x), sums: heap.pointer(sums), rows, channels });
  return sums;
});
