import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/net/node.ts';
import { CHANNEL_SUMS, SCALED_SUM, SCALED_SUM_GRADIENT } from '../../ops/tensors/scaled-sum.ts';
import { type Inputs, numeric, required } from '../registry.ts';
import { eachItem, makePartition, placeInPartition, sharedSums, storesPart, sumOverRows } from './channel-sums.ts';
import { type ArrayOf, arrayOf, outputIn, run, threads, webGpuKernel } from './shader.ts';
import { THREADS } from './tuning.ts';
import { f32, lanesOf, rectified, unrectified, vector, weightedBy } from './wgsl.ts';

/** The scalar that the shader multiplies by: read from a buffer, or written into the code. */
function factorOf({ factor }: Inputs, attrs: NamedAttrMap) {
  if (factor === undefined) return { reads: {}, value: f32(numeric(attrs, 'factor')) };
  return { reads: { factor: arrayOf('f32', factor) }, value: 'factor[0]' };
}

/** WGSL of `value` times the factor. */
function scaled(value: string, type: string, factor: string): string {
  return factor === f32(1) ? value : weightedBy(factor, value, type);
}

/** See ops/tensors/scaled-sum.ts, scaledSum. */
export const webgpuScaledSumKernel = webGpuKernel(SCALED_SUM, (backend, inputs, attrs) => {
  const x = required(inputs, 'x');
  const size = sizeOf(x.shape);
  const lanes = lanesOf(size);
  const type = vector(lanes);
  const y = backend.make(x.shape);
  const { grid, index } = threads(size / lanes, THREADS);
  const factor = factorOf(inputs, attrs);
  const { shortcut, gain } = inputs;
  const added: Record<string, ArrayOf> = {
    ...(shortcut && { shortcut: arrayOf(type, shortcut) }),
    ...(gain && { gain: arrayOf('f32', gain) }),
  };
  const weighted = gain ? 'if (gain[0] != 0.0) { value += gain[0] * shortcut[index]; }' : 'value += shortcut[index];';
  run(backend, {
    name: 'scaled sum',
    reads: { x: arrayOf(type, x), ...factor.reads, ...added },
    writes: { y: arrayOf(type, y) },
    workgroup: THREADS,
    grid,
    body: `${index}
  var value = ${scaled('x[index]', type, factor.value)};
  ${shortcut ? weighted : ''}
  y[index] = ${attrs.relu === true ? rectified('value', type, numeric(attrs, 'slope')) : 'value'};`,
  });
  return y;
});

/** See ops/tensors/scaled-sum.ts, scaledSumGradient: the factor's gradient comes in parts, [parts, 1]. */
export const webgpuScaledSumGradientKernel = webGpuKernel(SCALED_SUM_GRADIENT, (backend, inputs, attrs) => {
  const dy = required(inputs, 'dy');
  const { x, y, gain, place } = inputs;
  const size = sizeOf(dy.shape);
  const lanes = lanesOf(size);
  const type = vector(lanes);
  const partition = makePartition(backend.tuning, lanes, size / lanes);
  const factor = factorOf(inputs, attrs);
  const dx = attrs.through === true ? backend.make(dy.shape) : undefined;
  const dShortcut = gain && backend.make(dy.shape);
  const dFactor = x && outputIn(backend, place, [partition.parts * lanes, 1]);
  const dz = y ? unrectified('dy[item]', 'y[item]', type, numeric(attrs, 'slope')) : 'dy[item]';
  run(backend, {
    name: 'scaled sum gradient',
    reads: {
      dy: arrayOf(type, dy),
      ...(y && { y: arrayOf(type, y) }),
      ...(x && { x: arrayOf(type, x) }),
      ...(dx && factor.reads),
      ...(gain && { gain: arrayOf('f32', gain) }),
    },
    writes: {
      ...(dx && { dx: arrayOf(type, dx) }),
      ...(dShortcut && { dShortcut: arrayOf(type, dShortcut) }),
      ...(dFactor && { dFactor: arrayOf(type, dFactor) }),
    },
    workgroup: partition.workgroup,
    grid: partition.grid,
    declarations: x ? sharedSums(partition, ['products']) : '',
    body: `${placeInPartition(partition)}
  var product = ${type}();
  ${eachItem(
    partition,
    `let dz = ${dz};
    ${dx ? `dx[item] = ${scaled('dz', type, factor.value)};` : ''}
    ${dShortcut ? 'dShortcut[item] = gain[0] * dz;' : ''}
    ${x ? 'product += dz * x[item];' : ''}`,
  )}
  ${x ? `${sumOverRows(partition, { products: 'product' })}\n if (${storesPart(partition)}) { dFactor[ownPart] = products; }` : ''}`,
  });
  return [dx, dShortcut, dFactor].filter((output): output is TensorInfo => output !== undefined);
});

/** See ops/tensors/scaled-sum.ts, channelSums: outputs parts, [parts, channels]. */
export const webgpuChannelSumsKernel = webGpuKernel(CHANNEL_SUMS, (backend, inputs) => {
  const x = required(inputs, 'x');
  const channels = x.shape.at(-1) ?? 1;
  const partition = makePartition(backend.tuning, channels, sizeOf(x.shape) / channels);
  const type = vector(partition.lanes);
  const parts = outputIn(backend, inputs.place, [partition.parts, channels]);
  run(backend, {
    name: 'channel sums',
    reads: { x: arrayOf(type, x) },
    writes: { parts: arrayOf(type, parts) },
    workgroup: partition.workgroup,
    grid: partition.grid,
    declarations: sharedSums(partition, ['sums']),
    body: `${placeInPartition(partition)}
  var sum = ${type}();
  ${eachItem(partition, `sum += x[item * ${partition.groups} + c];`)}
  ${sumOverRows(partition, { sums: 'sum' })}
  if (${storesPart(partition)}) { parts[ownPart * ${partition.groups} + c] = sums; }`,
  });
  return parts;
});
