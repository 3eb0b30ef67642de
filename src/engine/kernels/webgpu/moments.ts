import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { TrainingBackend } from './backend.ts';
import { addRows, eachItem, type Partition, pixelPartition, placeInPartition, sharedArrays } from './channel-sums.ts';
import { arrayOf, run } from './shader.ts';
import { f32, vector } from './wgsl.ts';

/**
 * Moments in parts [parts, 3, channels]: for each part of the pixels its mean, the sum of the squared differences to
 * that mean, and how many pixels it has. Parts are put together by Chan, Golub and LeVeque 1979, "Updating formulae",
 * which unlike a sum of squares cancels nothing where the mean is far from 0.
 */
export function partsShape(parts: number, channels: number): readonly [number, number, number] {
  return [parts, 3, channels];
}

/** WGSL that declares a thread's own moments. */
export function beginMoments({ lanes }: Partition): string {
  const type = vector(lanes);
  return `var count = 0.0; var first = ${type}(); var sum = ${type}(); var squares = ${type}();`;
}

/** WGSL that takes a value into a thread's moments, as a difference to the first one. */
export function takeMoment(value: string): string {
  return `if (count == 0.0) { first = ${value}; }
  { let d = ${value} - first; sum += d; squares += d * d; count += 1.0; }`;
}

/** What `endMoments` and `totalMoments` share in the workgroup. */
export function sharedMoments(partition: Partition): string {
  return sharedArrays(partition, ['sums', 'squareSums', 'counts', 'references']);
}

/** WGSL that puts the threads' moments together and stores the part's; `parts` is an array of channel groups. */
export function endMoments(partition: Partition): string {
  const { groups, lanes } = partition;
  const type = vector(lanes);
  const at = (row: number) => `parts[(group.x * 3 + ${row}) * ${groups} + c]`;
  return `${combine(partition, { count: 'count', mean: 'first + sum / max(count, 1.0)', squares: 'squares - sum * sum / max(count, 1.0)' })}
  if (row == 0) {
    ${at(0)} = mean;
    ${at(1)} = spread;
    ${at(2)} = ${type}(total);
  }`;
}

/** WGSL that every workgroup does to know \`mean\` and the biased \`variance\` of all pixels from the parts. */
export function totalMoments(partition: Partition, parts: number): string {
  const { groups, lanes, rows } = partition;
  const type = vector(lanes);
  const at = (row: number) => `parts[(part * 3 + ${row}) * ${groups} + c]`;
  return `var count = 0.0; var first = parts[c]; var sum = ${type}(); var squares = ${type}();
  for (var part = row; part < ${parts}; part += ${rows}) {
    let n = ${at(2)};
    let d = ${at(0)} - first;
    sum += n * d;
    squares += ${at(1)} + n * d * d;
    count += ${lanes === 1 ? 'n' : 'n.x'};
  }
  ${combine(partition, { count: 'count', mean: 'first + sum / max(count, 1.0)', squares: 'squares - sum * sum / max(count, 1.0)' })}
  let variance = max(spread / total, ${type}());`;
}

interface Moments {
  readonly count: string;
  readonly mean: string;
  readonly squares: string;
}

/** WGSL from the moments of each thread to `mean`, `spread` and `total` of the workgroup's row 0, then known to all. */
function combine(partition: Partition, { count, mean, squares }: Moments): string {
  const type = vector(partition.lanes);
  return `if (row == 0) { references[slot] = ${mean}; }
  workgroupBarrier();
  let reference = references[slot];
  let away = (${mean}) - reference;
  sums[thread] = ${count} * away;
  squareSums[thread] = select(${type}(), ${squares} + ${count} * away * away, ${count} > 0.0);
  counts[thread] = ${type}(${count});
  ${addRows(partition, ['sums', 'squareSums', 'counts'])}
  let total = counts[slot]${partition.lanes === 1 ? '' : '.x'};
  let mean = reference + sums[slot] / total;
  let spread = squareSums[slot] - sums[slot] * sums[slot] / total;`;
}

/** The moments in parts of x [N, H, W, C]. */
export function moments(backend: TrainingBackend, x: TensorInfo): TensorInfo {
  const share = pixelPartition(x.shape);
  const { lanes, groups, workgroup, grid, parts } = share;
  const result = backend.make(partsShape(parts, x.shape[3] ?? 1));
  run(backend, {
    reads: { x: arrayOf(vector(lanes), x) },
    writes: { parts: arrayOf(vector(lanes), result) },
    workgroup,
    grid,
    declarations: sharedMoments(share),
    body: `${placeInPartition(share)}
  ${beginMoments(share)}
  ${eachItem(share, `let value = x[item * ${groups} + c]; ${takeMoment('value')}`)}
  ${endMoments(share)}`,
  });
  return result;
}

/** WGSL for 1 / sqrt(variance + epsilon). */
export function inverseDeviation(variance: string, epsilon: number, { lanes }: Partition): string {
  return `inverseSqrt(${variance} + ${vector(lanes)}(${f32(epsilon)}))`;
}
