import type { TensorInfo } from '@tensorflow/tfjs-core';
import { NORM_BACKWARD } from '../../../ops/norm.ts';
import { numeric, required } from '../../registry.ts';
import {
  eachItem,
  eachPart,
  type Partition,
  pixelPartition,
  placeInPartition,
  sharedSums,
  storesPart,
  sumOverRows,
} from '../channel-sums.ts';
import { arrayOf, outputIn, run, type Shader, webGpuKernel } from '../shader.ts';
import { f32, unrectified, vector, weightedBy } from '../wgsl.ts';
import { inverseDeviation } from './moments.ts';

/** Storage buffers that the second pass binds at most, without a shortcut and an addend, which each take further ones. */
const ARRAYS = 8;
const FURTHER = 2;

/**
 * See ops/norm.ts, normBackward: outputs dx, partial dScale and dShift [parts, channels] and, if there is a gain,
 * dShortcut. The first pass computes the sums, the second dx and, where the device allows it to bind as many buffers, what
 * belongs to shortcut and addend.
 */
export const webgpuNormBackwardKernel = webGpuKernel(NORM_BACKWARD, (backend, inputs, attrs) => {
  const [x, dy, statistics] = [required(inputs, 'x'), required(inputs, 'dy'), required(inputs, 'statistics')];
  const partition = pixelPartition(backend.tuning, x.shape);
  const type = vector(partition.lanes);
  const epsilon = numeric(attrs, 'epsilon');
  const relu = attrs.relu === true;
  const incoming = { dy: arrayOf(type, dy), ...(relu ? { y: arrayOf(type, required(inputs, 'y')) } : {}) };
  const dz = relu ? unrectified('dy[at]', 'y[at]', type, numeric(attrs, 'slope')) : 'dy[at]';
  const pass = (name: string, body: string, arrays: Pick<Shader, 'reads' | 'writes'>, declarations = '') =>
    run(backend, { name, ...arrays, workgroup: partition.workgroup, grid: partition.grid, declarations, body });
  const normed = { x: arrayOf(type, x), statistics: arrayOf(type, statistics), ...incoming };

  const partsShape = [partition.parts, x.shape[3] ?? 1];
  const dScale = outputIn(backend, inputs.scalePlace, partsShape);
  const dShift = outputIn(backend, inputs.shiftPlace, partsShape);
  const sums = { dScale: arrayOf(type, dScale), dShift: arrayOf(type, dShift) };
  const shared = sharedSums(partition, ['products', 'sums']);
  pass('norm gradient sums', sumsOfParts(partition, dz, epsilon), { reads: normed, writes: sums }, shared);

  const dx = backend.make(x.shape);
  const outputs: TensorInfo[] = [dx, dScale, dShift];
  const { gain, addend, addendGain } = inputs;
  const dShortcut = gain === undefined ? null : backend.make(x.shape);
  const shortcut =
    gain === undefined || dShortcut === null
      ? null
      : { reads: { gain: arrayOf('f32', gain) }, writes: { dShortcut: arrayOf(type, dShortcut) } };
  const added = addend && {
    reads: { addend: arrayOf(type, addend), ...(addendGain && { addendGain: arrayOf('f32', addendGain) }) },
    body: `dx[at] += ${addendGain ? weightedBy('addendGain[0]', 'addend[at]', type) : 'addend[at]'};`,
  };
  const rest = backend.device.limits.maxStorageBuffersPerShaderStage - ARRAYS;
  const shortcutHere = rest >= FURTHER ? shortcut : null;
  const addedHere = rest >= FURTHER + (shortcutHere === null ? 0 : FURTHER) ? added : undefined;
  pass(
    'norm gradient',
    gradient(partition, dz, epsilon, `${shortcutHere === null ? '' : SHORTCUT_GRADIENT} ${addedHere?.body ?? ''}`),
    {
      reads: {
        ...normed,
        scale: arrayOf(type, required(inputs, 'scale')),
        ...sums,
        ...shortcutHere?.reads,
        ...addedHere?.reads,
      },
      writes: { dx: arrayOf(type, dx), ...shortcutHere?.writes },
    },
    shared,
  );
  const further = (name: string, body: string, arrays: Pick<Shader, 'reads' | 'writes'>) => {
    const each = eachItem(partition, `let at = item * ${partition.groups} + c; ${body}`);
    pass(name, `${placeInPartition(partition)}\n${each}`, arrays);
  };
  if (shortcut !== null && shortcutHere === null) {
    const arrays = { reads: { ...incoming, ...shortcut.reads }, writes: shortcut.writes };
    further('shortcut gradient', `let dz = ${dz}; ${SHORTCUT_GRADIENT}`, arrays);
  }
  if (added && addedHere === undefined)
    further('addend of a norm gradient', added.body, { reads: added.reads, writes: { dx: arrayOf(type, dx) } });
  if (dShortcut !== null) outputs.push(dShortcut);
  return outputs;
});

const SHORTCUT_GRADIENT = 'dShortcut[at] = gain[0] * dz;';

/** WGSL of the first pass: the sums of dz * xHat and of dz over a part of the pixels. */
function sumsOfParts(partition: Partition, dz: string, epsilon: number): string {
  const type = vector(partition.lanes);
  const inverse = inverseDeviation(`statistics[${partition.groups} + c]`, epsilon, partition);
  return `${placeInPartition(partition)}
  let mean = statistics[c];
  var product = ${type}();
  var sum = ${type}();
  ${eachItem(partition, `let at = item * ${partition.groups} + c; let dz = ${dz}; product += dz * (x[at] - mean); sum += dz;`)}
  ${sumOverRows(partition, { products: `product * ${inverse}`, sums: 'sum' })}
  if (${storesPart(partition)}) {
    dScale[ownPart * ${partition.groups} + c] = products;
    dShift[ownPart * ${partition.groups} + c] = sums;
  }`;
}

/** WGSL of the second pass: dx = scale * inverse * (dz - mean(dz) - xHat * mean(dz * xHat)), and what else it does. */
function gradient(partition: Partition, dz: string, epsilon: number, more: string): string {
  const type = vector(partition.lanes);
  const portion = f32(1 / partition.items);
  return `${placeInPartition(partition)}
  var product = ${type}();
  var sum = ${type}();
  ${eachPart(
    partition,
    partition.parts,
    `product += dScale[part * ${partition.groups} + c];
    sum += dShift[part * ${partition.groups} + c];`,
  )}
  ${sumOverRows(partition, { products: 'product', sums: 'sum' })}
  let mean = statistics[c];
  let inverse = ${inverseDeviation(`statistics[${partition.groups} + c]`, epsilon, partition)};
  let factor = scale[c] * inverse;
  let slope = inverse * products * ${portion};
  let meanSum = sums * ${portion};
  ${eachItem(
    partition,
    `let at = item * ${partition.groups} + c;
    let dz = ${dz};
    dx[at] = factor * (dz - meanSum - (x[at] - mean) * slope);
    ${more}`,
  )}`;
}
