import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startDevice } from '../../device/device.ts';
import { disposeLabels, makeLabels } from '../../training/device-batch.ts';
import { crossEntropy, wrongShare } from './loss.ts';

async function lossOf(logits: number[][], answers: readonly number[]) {
  const labels = makeLabels(Int32Array.from(answers), logits[0]?.length ?? 0);
  const input = tensor2d(logits);
  const { metrics, dLogits } = crossEntropy(input, labels);
  const [loss, wrong] = await metrics.data();
  const gradient = [...(await dLogits.data())];
  for (const tensor of [input, metrics, dLogits]) tensor.dispose();
  disposeLabels(labels);
  return { loss, wrong, gradient };
}

async function shareOf(logits: number[][], answers: readonly number[]) {
  const [input, indices] = [tensor2d(logits), tensor1d([...answers], 'int32')];
  const share = wrongShare(input, indices);
  const [value] = await share.data();
  for (const tensor of [input, indices, share]) tensor.dispose();
  return value;
}

describe.each(['cpu', 'wasm'] as const)('cross-entropy on %s', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test('of a net that knows nothing is the logarithm of the number of classes', async () => {
    const { loss, gradient } = await lossOf([[0, 0, 0, 0]], [2]);
    expect(loss).toBeCloseTo(Math.log(4), 6);
    expect(gradient).toEqual([0.25, 0.25, -0.75, 0.25]);
  });

  test('stays finite and exact where logits are far apart', async () => {
    const logits = [
      [1e4, -1e4],
      [1e4, -1e4],
    ];
    expect(await lossOf(logits, [1, 1])).toEqual({ loss: 2e4, wrong: 1, gradient: [0.5, -0.5, 0.5, -0.5] });
    expect(await lossOf(logits, [0, 1])).toEqual({ loss: 1e4, wrong: 0.5, gradient: [0, 0, 0.5, -0.5] });
    expect(await lossOf([[-1e4, -1e4]], [0])).toEqual({
      loss: expect.closeTo(Math.LN2, 6),
      wrong: 0,
      gradient: [-0.5, 0.5],
    });
  });

  test('is no number where a logit is none', async () => {
    expect((await lossOf([[Number.NaN, 0]], [1])).loss).toBeNaN();
    expect((await lossOf([[Number.POSITIVE_INFINITY, 0]], [1])).loss).toBeNaN();
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'has no share of wrong answers where a logit is %f',
    async (odd) => {
      const right = [1, 0];
      expect(await shareOf([right, [-1e38, 1e38]], [0, 0])).toBe(0.5);
      expect(await shareOf([right, [0, odd]], [0, 0])).toBeNaN();
    },
  );
});
