import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { GROUP_NORM, GROUP_NORM_BACKWARD } from '../../../ops/group-norm.ts';
import { type Inputs, numeric, required, shape4D } from '../../registry.ts';
import type { TrainingBackend } from '../backend.ts';
import {
  eachItem,
  makePartition,
  type Partition,
  placeInPartition,
  sharedSums,
  storesPart,
  sumOverRows,
} from '../channel-sums.ts';
import { type ArrayOf, arrayOf, outputIn, run, threads, webGpuKernel, workgroups } from '../shader.ts';
import { THREADS, type Tuning } from '../tuning.ts';
import { f32, lanesOf, rectified, unrectified, type VectorLanes, vector } from '../wgsl.ts';

/** The sizes of a group norm over [N, H, W, C]; channels are counted in vectors of `lanes`. */
interface Sizes {
  readonly lanes: VectorLanes;
  readonly images: number;
  readonly pixels: number;
  /** Vectors of all channels, and of one group's. */
  readonly channels: number;
  readonly perGroup: number;
  readonly groups: number;
}

function sizesOf(shape: readonly number[], groups: number): Sizes {
  const [images, height, width, channels] = shape4D(shape);
  const lanes = lanesOf(channels / groups);
  const [vectors, perGroup] = [channels / lanes, channels / groups / lanes];
  return { lanes, images, pixels: height * width, channels: vectors, perGroup, groups };
}

/** WGSL of the sum of a vector's components. */
const across = (value: string, lanes: VectorLanes) => (lanes === 1 ? value : `dot(${value}, ${vector(lanes)}(1.0))`);

/**
 * A pass over each group of each image: a workgroup sums one where its rows add up, else a thread does. `sums` are
 * declared before `each`, which is WGSL that adds to them at the index `at` of the channel group `c`; `end` stores what
 * comes of them in `result`, [N * groups, width] f32.
 */
function passOverGroups(
  backend: TrainingBackend,
  { lanes, images, pixels, channels, perGroup, groups }: Sizes,
  pass: {
    readonly name: string;
    readonly reads: Readonly<Record<string, ArrayOf>>;
    readonly width: number;
    readonly begin: string;
    readonly each: string;
    readonly sums: Readonly<Record<string, string>>;
    readonly end: string;
  },
): TensorInfo {
  const result = backend.make([images * groups, pass.width]);
  const layout = backend.tuning.layout(1, 1);
  const { rows, workgroup, workgroupReduces } = layout;
  const count = images * groups;
  const { grid, number } = workgroups(workgroupReduces ? count : Math.ceil(count / rows));
  const [item, first, step] = workgroupReduces ? [number, 'row', rows] : [`${number} * ${rows} + thread`, '0', 1];
  run(backend, {
    name: pass.name,
    reads: pass.reads,
    writes: { result: arrayOf('f32', result) },
    workgroup,
    grid,
    declarations: sharedSums(layout, Object.keys(pass.sums)),
    body: `let slot = 0;
  let row = thread;
  let item = ${item};
  if (item >= ${count}) { return; }
  let start = (item / ${groups}) * ${pixels * channels};
  let channel = (item % ${groups}) * ${perGroup};
  ${pass.begin}
  for (var nth = ${first}; nth < ${pixels * perGroup}; nth += ${step}) {
    let c = channel + nth % ${perGroup};
    let at = start + (nth / ${perGroup}) * ${channels} + c;
    ${pass.each}
  }
  ${sumOverRows(
    layout,
    mapped(pass.sums, (value) => across(value, lanes)),
  )}
  ${workgroupReduces ? 'if (row > 0) { return; }' : ''}
  ${pass.end}`,
  });
  return result;
}

function mapped(record: Readonly<Record<string, string>>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** Mean and 1 / sqrt(variance + epsilon) of each group of each image, [N * groups, 2]. */
function groupStatistics(backend: TrainingBackend, inputs: Inputs, sizes: Sizes, epsilon: number): TensorInfo {
  const { lanes, pixels, perGroup } = sizes;
  const type = vector(lanes);
  const share = f32(1 / (pixels * perGroup * lanes));
  // As differences from the first number: a sum of squares would cancel where the mean is far from 0.
  const first = lanes === 1 ? 'x[start + channel]' : 'x[start + channel].x';
  return passOverGroups(backend, sizes, {
    name: 'group statistics',
    reads: { x: arrayOf(type, required(inputs, 'x')) },
    width: 2,
    begin: `let origin = ${first}; var sum = ${type}(); var squares = ${type}();`,
    each: `let d = x[at] - ${type}(origin); sum += d; squares += d * d;`,
    sums: { total: 'sum', squared: 'squares' },
    end: `let away = total * ${share};
  let variance = max(squared * ${share} - away * away, 0.0);
  result[2 * item] = origin + away;
  result[2 * item + 1] = inverseSqrt(variance + ${f32(epsilon)});`,
  });
}

/** A dispatch over all vectors of x: WGSL that defines the thread's `at`, its channel group `c` and its `group`'s number. */
function eachVector({ lanes, images, pixels, channels, perGroup, groups }: Sizes) {
  const { grid, index } = threads(images * pixels * channels, THREADS);
  const place = `${index}
  let at = index;
  let c = index % ${channels};
  let item = (index / ${pixels * channels}) * ${groups} + c / ${perGroup};`;
  return { grid, place, type: vector(lanes) };
}

function endOf(attrs: NamedAttrMap) {
  return { relu: attrs.relu === true, slope: numeric(attrs, 'slope') };
}

/** See ops/group-norm.ts, groupNorm. */
export const webgpuGroupNormKernel = webGpuKernel(GROUP_NORM, (backend, inputs, attrs) => {
  const x = required(inputs, 'x');
  const { shortcut, gain } = inputs;
  const sizes = sizesOf(x.shape, numeric(attrs, 'groups'));
  const statistics = groupStatistics(backend, inputs, sizes, numeric(attrs, 'epsilon'));
  const { grid, place, type } = eachVector(sizes);
  const { relu, slope } = endOf(attrs);
  const y = backend.make(x.shape);
  run(backend, {
    name: 'group norm',
    reads: {
      x: arrayOf(type, x),
      statistics: arrayOf('f32', statistics),
      scale: arrayOf(type, required(inputs, 'scale')),
      shift: arrayOf(type, required(inputs, 'shift')),
      ...(shortcut && gain && { shortcut: arrayOf(type, shortcut), gain: arrayOf('f32', gain) }),
    },
    writes: { y: arrayOf(type, y) },
    workgroup: THREADS,
    grid,
    body: `${place}
  var value = (x[at] - ${type}(statistics[2 * item])) * statistics[2 * item + 1] * scale[c] + shift[c];
  ${shortcut && gain ? 'if (gain[0] != 0.0) { value += gain[0] * shortcut[at]; }' : ''}
  y[at] = ${relu ? rectified('value', type, slope) : 'value'};`,
  });
  backend.disposeData(statistics.dataId);
  return y;
});

/**
 * See ops/group-norm.ts, groupNormBackward: outputs dx, partial dScale and dShift [parts, channels] and, if there is a
 * gain, dShortcut. The statistics are measured again, since a forward pass does not keep them.
 */
export const webgpuGroupNormBackwardKernel = webGpuKernel(GROUP_NORM_BACKWARD, (backend, inputs, attrs) => {
  const [x, dy, scale] = [required(inputs, 'x'), required(inputs, 'dy'), required(inputs, 'scale')];
  const sizes = sizesOf(x.shape, numeric(attrs, 'groups'));
  const { relu, slope } = endOf(attrs);
  const statistics = groupStatistics(backend, inputs, sizes, numeric(attrs, 'epsilon'));
  const { grid, place, type } = eachVector(sizes);
  const incoming = { dy: arrayOf(type, dy), ...(relu ? { y: arrayOf(type, required(inputs, 'y')) } : {}) };
  const dz = `let dz = ${relu ? unrectified('dy[at]', 'y[at]', type, slope) : 'dy[at]'};`;
  const read = { x: arrayOf(type, x), ...incoming };
  const [dScale, dShift] = parameterGradients(backend, inputs, sizes, { reads: read, statistics, dz });
  const share = f32(1 / (sizes.pixels * sizes.perGroup * sizes.lanes));
  // What the last pass needs of a group: mean, inverse, the mean of dHat, the mean of dHat * xHat.
  const slopes = passOverGroups(backend, sizes, {
    name: 'group norm gradient sums',
    reads: { ...read, scale: arrayOf(type, scale), statistics: arrayOf('f32', statistics) },
    width: 4,
    begin: `let mean = statistics[2 * item]; let inverse = statistics[2 * item + 1];
  var sum = ${type}(); var product = ${type}();`,
    each: `${dz} let dHat = dz * scale[c]; sum += dHat; product += dHat * (x[at] - ${type}(mean));`,
    sums: { total: 'sum', products: 'product' },
    end: `result[4 * item] = mean;
  result[4 * item + 1] = inverse;
  result[4 * item + 2] = total * ${share};
  result[4 * item + 3] = products * inverse * ${share};`,
  });
  const dx = backend.make(x.shape);
  const { gain } = inputs;
  const dShortcut = gain && backend.make(x.shape);
  run(backend, {
    name: 'group norm gradient',
    reads: {
      ...read,
      slopes: arrayOf('f32', slopes),
      scale: arrayOf(type, scale),
      ...(gain && { gain: arrayOf('f32', gain) }),
    },
    writes: { dx: arrayOf(type, dx), ...(dShortcut && { dShortcut: arrayOf(type, dShortcut) }) },
    workgroup: THREADS,
    grid,
    body: `${place}
  ${dz}
  let inverse = slopes[4 * item + 1];
  let xHat = (x[at] - ${type}(slopes[4 * item])) * inverse;
  dx[at] = inverse * (dz * scale[c] - ${type}(slopes[4 * item + 2]) - xHat * slopes[4 * item + 3]);
  ${dShortcut ? 'dShortcut[at] = gain[0] * dz;' : ''}`,
  });
  for (const { dataId } of [statistics, slopes]) backend.disposeData(dataId);
  return dShortcut ? [dx, dScale, dShift, dShortcut] : [dx, dScale, dShift];
});

/** How the sums of the parameters' gradients over x [N, H, W, C] are divided. */
export function groupNormPartition(tuning: Tuning, shape: readonly number[], groups: number): Partition {
  return partitionOf(tuning, sizesOf(shape, groups));
}

function partitionOf(tuning: Tuning, { lanes, images, pixels, channels }: Sizes): Partition {
  return makePartition(tuning, channels * lanes, images * pixels, images * pixels, lanes);
}

/** Partial gradients of scale and shift, [parts, channels]. */
function parameterGradients(
  backend: TrainingBackend,
  { scalePlace, shiftPlace }: Inputs,
  sizes: Sizes,
  {
    reads,
    statistics,
    dz,
  }: { readonly reads: Record<string, ArrayOf>; readonly statistics: TensorInfo; readonly dz: string },
): readonly [TensorInfo, TensorInfo] {
  const { lanes, pixels, channels, perGroup, groups } = sizes;
  const type = vector(lanes);
  const partition = partitionOf(backend.tuning, sizes);
  const shape = [partition.parts, channels * lanes];
  const [dScale, dShift] = [outputIn(backend, scalePlace, shape), outputIn(backend, shiftPlace, shape)];
  run(backend, {
    name: 'group norm parameter gradients',
    reads: { ...reads, statistics: arrayOf('f32', statistics) },
    writes: { dScale: arrayOf(type, dScale), dShift: arrayOf(type, dShift) },
    workgroup: partition.workgroup,
    grid: partition.grid,
    declarations: sharedSums(partition, ['products', 'sums']),
    body: `${placeInPartition(partition)}
  var product = ${type}();
  var sum = ${type}();
  ${eachItem(
    partition,
    `let at = item * ${channels} + c;
    let ofGroup = 2 * ((item / ${pixels}) * ${groups} + c / ${perGroup});
    ${dz}
    product += dz * (x[at] - ${type}(statistics[ofGroup])) * statistics[ofGroup + 1];
    sum += dz;`,
  )}
  ${sumOverRows(partition, { products: 'product', sums: 'sum' })}
  if (${storesPart(partition)}) {
    dScale[ownPart * ${channels} + c] = products;
    dShift[ownPart * ${channels} + c] = sums;
  }`,
  });
  return [dScale, dShift];
}
