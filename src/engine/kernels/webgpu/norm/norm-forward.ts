import type { TensorInfo } from '@tensorflow/tfjs-core';
import { NORM_EVALUATE, NORM_FORWARD } from '../../../ops/norm.ts';
import { type Inputs, numeric, required } from '../../registry.ts';
import type { TrainingBackend } from '../backend.ts';
import { eachItem, type Partition, pixelPartition, placeInPartition } from '../channel-sums.ts';
import { arrayOf, outputIn, run, webGpuKernel } from '../shader.ts';
import { rectified, vector } from '../wgsl.ts';
import { inverseDeviation, moments, sharedMoments, totalMoments } from './moments.ts';

interface Options {
  readonly relu: boolean;
  readonly slope: number;
  readonly epsilon: number;
}

/**
 * See ops/norm.ts, normForward: outputs y and statistics. The partial moments of x come from the convolution before it;
 * every workgroup merges them for itself, which costs less than a dispatch.
 */
export const webgpuNormForwardKernel = webGpuKernel(NORM_FORWARD, (backend, inputs, attrs) => {
  const x = required(inputs, 'x');
  const parts = inputs.moments ?? moments(backend, x);
  const statistics = outputIn(backend, inputs.place, [2, x.shape[3] ?? 1]);
  const partition = pixelPartition(backend.tuning, x.shape);
  const type = vector(partition.lanes);
  const y = apply(backend, inputs, partition, optionsOf(attrs), {
    reads: { parts: arrayOf(type, parts) },
    writes: { statistics: arrayOf(type, statistics) },
    declarations: sharedMoments(partition),
    statistics: `${totalMoments(partition, parts.shape[0] ?? 0)}
  if (group.x == 0 && row == 0) {
    statistics[c] = mean;
    statistics[${partition.groups} + c] = variance;
  }`,
  });
  if (inputs.moments === undefined) backend.disposeData(parts.dataId);
  return [y, statistics];
});

/** See ops/norm.ts, normEvaluate. */
export const webgpuNormEvaluateKernel = webGpuKernel(NORM_EVALUATE, (backend, inputs, attrs) => {
  const partition = pixelPartition(backend.tuning, required(inputs, 'x').shape);
  return apply(backend, inputs, partition, optionsOf(attrs), {
    reads: { statistics: arrayOf(vector(partition.lanes), required(inputs, 'statistics')) },
    writes: {},
    declarations: '',
    statistics: `let mean = statistics[c]; let variance = statistics[${partition.groups} + c];`,
  });
});

function optionsOf(attrs: Parameters<typeof numeric>[0]): Options {
  return { relu: attrs.relu === true, slope: numeric(attrs, 'slope'), epsilon: numeric(attrs, 'epsilon') };
}

/** WGSL with which a pass gets `mean` and `variance`. */
interface Source {
  readonly reads: Parameters<typeof run>[1]['reads'];
  readonly writes: Parameters<typeof run>[1]['writes'];
  readonly declarations: string;
  readonly statistics: string;
}

/**
 * y = relu?(scale * (x - mean) / sqrt(variance + epsilon) + shift + gain * shortcut). A gain of 0 adds nothing, not even
 * NaN.
 */
function apply(
  backend: TrainingBackend,
  inputs: Inputs,
  partition: Partition,
  { relu, slope, epsilon }: Options,
  { reads, writes, declarations, statistics }: Source,
): TensorInfo {
  const x = required(inputs, 'x');
  const { shortcut, gain } = inputs;
  const y = backend.make(x.shape);
  const type = vector(partition.lanes);
  const added =
    shortcut === undefined || gain === undefined
      ? {}
      : { shortcut: arrayOf(type, shortcut), gain: arrayOf('f32', gain) };
  const sum = 'gain' in added ? 'if (gain[0] != 0.0) { value += gain[0] * shortcut[at]; }' : '';
  run(backend, {
    name: 'norm',
    reads: {
      x: arrayOf(type, x),
      scale: arrayOf(type, required(inputs, 'scale')),
      shift: arrayOf(type, required(inputs, 'shift')),
      ...added,
      ...reads,
    },
    writes: { y: arrayOf(type, y), ...writes },
    workgroup: partition.workgroup,
    grid: partition.grid,
    declarations,
    body: `${placeInPartition(partition)}
  ${statistics}
  let factor = scale[c] * ${inverseDeviation('variance', epsilon, partition)};
  let offset = shift[c];
  ${eachItem(
    partition,
    `let at = item * ${partition.groups} + c;
    var value = (x[at] - mean) * factor + offset;
    ${sum}
    y[at] = ${relu ? rectified('value', type, slope) : 'value'};`,
  )}`,
  });
  return y;
}
