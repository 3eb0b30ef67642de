import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { TrainingBackend } from '../backend.ts';
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
import { arrayOf, run } from '../shader.ts';
import { f32, vector } from '../wgsl.ts';

/**
 * Shape of partial moments [parts, 3, channels]: for each part of the pixels its mean, the sum of squared differences
 * from that mean, and its number of pixels. Parts are merged by Chan, Golub and LeVeque 1979, "Updating formulae",
 * which unlike a sum of squares has no cancellation where the mean is far from 0.
 */
export function partsShape(parts: number, channels: number): readonly [number, number, number] {
  return [parts, 3, channels];
}

/** WGSL that declares a thread's own moments. */
export function beginMoments({ lanes }: Partition): string {
  const type = vector(lanes);
  return `var count = 0.0; var first = ${type}(); var sum = ${type}(); var squares = ${type}();`;
}

/** WGSL that adds a value to a thread's moments, as its difference from the first value. */
export function takeMoment(value: string): string {
  return `if (count == 0.0) { first = ${value}; }
  { let d = ${value} - first; sum += d; squares += d * d; count += 1.0; }`;
}

/** WGSL of the workgroup memory that `endMoments` and `totalMoments` need. */
export function sharedMoments(partition: Partition): string {
  return sharedSums(partition, ['reference', 'total', 'away', 'squared']);
}

/** WGSL that merges the threads' moments and stores the part's in `parts`, an array of channel groups. */
export function endMoments(partition: Partition): string {
  const { groups, lanes } = partition;
  const at = (row: number) => `parts[(ownPart * 3 + ${row}) * ${groups} + c]`;
  return `${combine(partition)}
  if (${storesPart(partition)}) {
    ${at(0)} = mean;
    ${at(1)} = spread;
    ${at(2)} = ${vector(lanes)}(total);
  }`;
}

/** WGSL with which each workgroup merges all parts to `mean` and the biased `variance` of all pixels. */
export function totalMoments(partition: Partition, parts: number): string {
  const { groups, lanes } = partition;
  const type = vector(lanes);
  const at = (row: number) => `parts[(part * 3 + ${row}) * ${groups} + c]`;
  return `var count = 0.0; var first = parts[c]; var sum = ${type}(); var squares = ${type}();
  ${eachPart(
    partition,
    parts,
    `let n = ${at(2)};
    let d = ${at(0)} - first;
    sum += n * d;
    squares += ${at(1)} + n * d * d;
    count += ${lanes === 1 ? 'n' : 'n.x'};`,
  )}
  ${combine(partition)}
  let variance = max(spread / total, ${type}());`;
}

/**
 * WGSL from a thread's moments to the `mean`, the squared differences to it `spread`, and the `total` count of the rows
 * of its workgroup. They are taken as differences to the mean of the first row.
 */
function combine(partition: Partition): string {
  const type = vector(partition.lanes);
  const own = 'let ownMean = first + sum / max(count, 1.0); let ownSpread = squares - sum * sum / max(count, 1.0);';
  if (!partition.workgroupReduces) return `${own} let mean = ownMean; let spread = ownSpread; let total = count;`;
  return `${own}
  ${sumOverRows(partition, { reference: `select(${type}(), ownMean, row == 0)` })}
  let apart = select(${type}(), ownMean - reference, count > 0.0);
  ${sumOverRows(partition, {
    total: `${type}(count)`,
    away: 'count * apart',
    squared: 'ownSpread + count * apart * apart',
  })}
  let mean = reference + away / total;
  let spread = squared - away * away / total;`;
}

/** Computes the partial moments [parts, 3, C] of x [N, H, W, C]. */
export function moments(backend: TrainingBackend, x: TensorInfo): TensorInfo {
  const partition = pixelPartition(backend.tuning, x.shape);
  const { lanes, groups, workgroup, grid, parts } = partition;
  const result = backend.make(partsShape(parts, x.shape[3] ?? 1));
  run(backend, {
    name: 'moments',
    reads: { x: arrayOf(vector(lanes), x) },
    writes: { parts: arrayOf(vector(lanes), result) },
    workgroup,
    grid,
    declarations: sharedMoments(partition),
    body: `${placeInPartition(partition)}
  ${beginMoments(partition)}
  ${eachItem(partition, `let value = x[item * ${groups} + c]; ${takeMoment('value')}`)}
  ${endMoments(partition)}`,
  });
  return result;
}

/** WGSL for 1 / sqrt(variance + epsilon). */
export function inverseDeviation(variance: string, epsilon: number, { lanes }: Partition): string {
  return `inverseSqrt(${variance} + ${vector(lanes)}(${f32(epsilon)}))`;
}
