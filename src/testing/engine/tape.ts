import { dispose, grads, type Rank, type Tensor, tensor, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { Random } from '../../data/batches/random.ts';
import { dense, denseGradient } from '../../engine/ops/dense.ts';
import { normBackward, normForward } from '../../engine/ops/norm.ts';
import { padShortcut, padShortcutGradient } from '../../engine/ops/pad.ts';
import { pool, poolGradient } from '../../engine/ops/pool.ts';
import { conv, convFilterGradient, convInputGradient } from '../../engine/ops/tensors/conv2d.ts';
import { finishedConv } from '../../engine/ops/tensors/epilogue.ts';
import { crossEntropy } from '../../engine/ops/tensors/loss.ts';
import { channelSums, reluGradient } from '../../engine/ops/tensors/scaled-sum.ts';
import { wholeGradient } from '../../engine/ops/tensors/updates.ts';
import { type Check, largestDifference } from './check.ts';

/** Compares the gradients that tfjs' tape finds through a small net of our kernels with what we chain ourselves. */
export async function checkTape(): Promise<readonly Check[]> {
  const random = new Random('tape');
  const normals = <R extends Rank>(shape: Tensor<R>['shape'], size: number): Tensor<R> =>
    tensor<R>(Array.from({ length: size / 2 }, () => random.normals()).flat(), shape);
  const x = normals<Rank.R4>([2, 5, 5, 4], 200);
  const first = normals<Rank.R4>([3, 3, 4, 4], 144);
  const offset = tensor1d([0.2, -0.3, 0.1, 0.4]);
  const weight = normals<Rank.R4>([3, 3, 4, 4], 144);
  const [scale, shift] = [tensor1d([1, 0.8, 1.2, 0.9]), tensor1d([0.1, 0, -0.1, 0.2])];
  const head = normals<Rank.R2>([8, 2], 16);
  const bias = tensor1d([0.1, -0.1]);
  const labels = { indices: tensor1d([1, 0], 'int32'), oneHot: tensor2d([0, 1, 1, 0], [2, 2]) };

  const inputs = { x, first, offset, weight, scale, shift, head, bias };
  const options = { scale, shift, sum: null, relu: true };
  const sampling = { stride: 1, padding: 'same', groups: 1 } as const;
  const begin = () => finishedConv(x, first, sampling, { bias: offset, sum: null, relu: true });
  const loss = () => {
    const { y } = normForward(conv(begin(), weight, 1), options);
    return crossEntropy(dense(pool(padShortcut(y, 2, 8)), head, bias), labels).metrics;
  };
  // Of the metrics the loss counts, the share of wrong answers has no gradient.
  const ofMetrics = tensor1d([1, 0]);
  const byTape = grads(loss)(Object.values(inputs), ofMetrics);

  const ours = tidy(() => {
    const begun = begin();
    const z = conv(begun, weight, 1);
    const { y, statistics } = normForward(z, options);
    const padded = padShortcut(y, 2, 8);
    const pooled = pool(padded);
    const { dLogits } = crossEntropy(dense(pooled, head, bias), labels);
    const { dx: dPooled, dWeight, dBias } = denseGradient(dLogits, pooled, head);
    const dy = padShortcutGradient(poolGradient(dPooled, padded.shape), 2, y.shape);
    const { dx: dz, dScale, dShift } = normBackward(dy, z, y, statistics, { ...options, gain: null });
    const dBegun = reluGradient(convInputGradient(dz, weight, 1, begun.shape), begun);
    return [
      convInputGradient(dBegun, first, 1, x.shape),
      wholeGradient(convFilterGradient(x, dBegun, 1, first.shape), first),
      wholeGradient(channelSums(dBegun), offset),
      wholeGradient(convFilterGradient(begun, dz, 1, weight.shape), weight),
      wholeGradient(dScale, scale),
      wholeGradient(dShift, shift),
      dWeight,
      dBias,
    ];
  });
  const checks = await Promise.all(
    Object.keys(inputs).map(async (name, nth) => ({
      what: `tape: gradient by ${name}`,
      difference: largestDifference((await byTape[nth]?.data()) ?? [], (await ours[nth]?.data()) ?? [Number.NaN]),
      tolerance: 1e-6,
    })),
  );
  dispose([byTape, ours, ofMetrics, Object.values(inputs), Object.values(labels)]);
  return checks;
}
