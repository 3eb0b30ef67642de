import type { TensorInfo } from '@tensorflow/tfjs-core';
import { NORM_BACKWARD } from '../../operations/norm.ts';
import { numeric, required } from '../inputs.ts';
import { addRows, eachItem, type Partition, pixelPartition, placeInPartition, sharedArrays } from './channel-sums.ts';
import { inverseDeviation } from './moments.ts';
import { outputIn } from './place.ts';
import { arrayOf, run, type Shader, webGpuKernel } from './shader.ts';
import { f32, vector } from './wgsl.ts';

/** Arrays that the one pass binds with a shortcut; a device that has fewer gets two passes. */
const ARRAYS_WITH_SHORTCUT = 10;

/**
 * See operations/norm.ts, normBackward: outputs dx, dScale and dShift in parts [parts, channels] and, where there is a
 * gain, dShortcut. One pass sums, and one uses the sums.
 */
export const normBackwardKernel = webGpuKernel(NORM_BACKWARD, (backend, inputs, attrs) => {
  const [x, dy, statistics] = [required(inputs, 'x'), required(inputs, 'dy'), required(inputs, 'statistics')];
  const share = pixelPartition(x.shape);
  const type = vector(share.lanes);
  const epsilon = numeric(attrs, 'epsilon');
  const relu = attrs.relu === true;
  const incoming = { dy: arrayOf(type, dy), ...(relu ? { y: arrayOf(type, required(inputs, 'y')) } : {}) };
  // Where y is 0 the ReLU let nothing through.
  const dz = relu ? `select(${type}(), dy[at], y[at] > ${type}())` : 'dy[at]';
  const pass = (body: string, arrays: Pick<Shader, 'reads' | 'writes'>, declarations = '') =>
    run(backend, { ...arrays, workgroup: share.workgroup, grid: share.grid, declarations, body });
  const normed = { x: arrayOf(type, x), statistics: arrayOf(type, statistics), ...incoming };

  const partsShape = [share.parts, x.shape[3] ?? 1];
  const dScale = outputIn(backend, inputs.scalePlace, partsShape);
  const dShift = outputIn(backend, inputs.shiftPlace, partsShape);
  const sums = { dScale: arrayOf(type, dScale), dShift: arrayOf(type, dShift) };
  pass(sumsOfParts(share, dz, epsilon), { reads: normed, writes: sums }, sharedSums(share));

  const dx = backend.make(x.shape);
  const outputs: TensorInfo[] = [dx, dScale, dShift];
  const { gain } = inputs;
  const dShortcut = gain === undefined ? null : backend.make(x.shape);
  const shortcut =
    gain === undefined || dShortcut === null
      ? null
      : { reads: { gain: arrayOf('f32', gain) }, writes: { dShortcut: arrayOf(type, dShortcut) } };
  const together = backend.device.limits.maxStorageBuffersPerShaderStage >= ARRAYS_WITH_SHORTCUT ? shortcut : null;
  pass(
    gradient(share, dz, epsilon, together !== null),
    {
      reads: { ...normed, scale: arrayOf(type, required(inputs, 'scale')), ...sums, ...together?.reads },
      writes: { dx: arrayOf(type, dx), ...together?.writes },
    },
    sharedSums(share),
  );
  if (shortcut !== null && together === null) {
    const body = `${placeInPartition(share)}
  ${eachItem(share, `let at = item * ${share.groups} + c; let dz = ${dz}; ${SHORTCUT_GRADIENT}`)}`;
    pass(body, { reads: { ...incoming, ...shortcut.reads }, writes: shortcut.writes });
  }
  if (dShortcut !== null) outputs.push(dShortcut);
  return outputs;
});

const SHORTCUT_GRADIENT = 'dShortcut[at] = gain[0] * dz;';

function sharedSums(share: Partition): string {
  return sharedArrays(share, ['scaleSums', 'shiftSums']);
}

/** WGSL of the first pass: the sums of dz * xHat and of dz over a part of the pixels. */
function sumsOfParts(share: Partition, dz: string, epsilon: number): string {
  const type = vector(share.lanes);
  return `${placeInPartition(share)}
  let mean = statistics[c];
  var product = ${type}();
  var sum = ${type}();
  ${eachItem(share, `let at = item * ${share.groups} + c; let dz = ${dz}; product += dz * (x[at] - mean); sum += dz;`)}
  scaleSums[thread] = product * ${inverseDeviation(`statistics[${share.groups} + c]`, epsilon, share)};
  shiftSums[thread] = sum;
  ${addRows(share, ['scaleSums', 'shiftSums'])}
  if (row == 0) {
    dScale[group.x * ${share.groups} + c] = scaleSums[thread];
    dShift[group.x * ${share.groups} + c] = shiftSums[thread];
  }`;
}

/** WGSL of the second pass: dx = scale * inverse * (dz - mean(dz) - xHat * mean(dz * xHat)). */
function gradient(share: Partition, dz: string, epsilon: number, withShortcut: boolean): string {
  const type = vector(share.lanes);
  const portion = f32(1 / share.items);
  return `${placeInPartition(share)}
  var product = ${type}();
  var sum = ${type}();
  for (var part = row; part < ${share.parts}; part += ${share.rows}) {
    product += dScale[part * ${share.groups} + c];
    sum += dShift[part * ${share.groups} + c];
  }
  scaleSums[thread] = product;
  shiftSums[thread] = sum;
  ${addRows(share, ['scaleSums', 'shiftSums'])}
  let meanProduct = scaleSums[slot] * ${portion};
  let meanSum = shiftSums[slot] * ${portion};
  let mean = statistics[c];
  let inverse = ${inverseDeviation(`statistics[${share.groups} + c]`, epsilon, share)};
  let factor = scale[c] * inverse;
  ${eachItem(
    share,
    `let at = item * ${share.groups} + c;
    let dz = ${dz};
    dx[at] = factor * (dz - meanSum - (x[at] - mean) * inverse * meanProduct);
    ${withShortcut ? SHORTCUT_GRADIENT : ''}`,
  )}`;
}
