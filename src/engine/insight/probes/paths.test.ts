import { addN, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { makeNet } from '../../../core/net/net.ts';
import { largestDifference } from '../../../testing/engine/check.ts';
import { tinySubject } from '../../../testing/engine/insight/tiny-subject.ts';
import { startDevice } from '../../device/device.ts';
import { imageGradient } from '../../graph/backward.ts';
import { forward } from '../../graph/forward.ts';
import { crossEntropy } from '../../ops/tensors/loss.ts';
import { disposeBatch, upload } from '../../training/device-batch.ts';
import { withFixedStatistics } from '../calibration.ts';
import { AT_ONCE, Scope } from '../measurement.ts';
import { FrozenWeights } from '../subject.ts';
import { combinations, MOST_LENGTHS, probePaths } from './paths.ts';

const DEEP = makeNet('residual', 32, { width: 2 });

beforeAll(async () => {
  await startDevice('wasm');
});

test.each([
  makeNet('residual', 14, { width: 2 }),
  { ...makeNet('residual', 14, { width: 2, option: 'C' }), gains: [1, 0.5, 0, 1, 2, 1] },
])('the gradients of all paths add up to the whole, gains $gains', async (net) => {
  const subject = tinySubject(net, 4);
  const { program, data, step } = subject;
  const scope = new Scope();
  const fixed = withFixedStatistics(subject, scope);
  const batch = upload(data.batch(step), data.size, data.classes);
  const { values } = forward(program, fixed, batch.images, 'running', true);
  const { metrics, dLogits } = crossEntropy(values.get(program.output, 2), batch.labels);
  const open = net.gains.flatMap((gain, index) => (gain === 0 ? [] : [index + 1]));
  const paths: Tensor[] = [];
  for (let k = 0; k <= open.length; k++) {
    for (const through of combinations(open, k)) {
      const routeOf = (block: number) => (through.includes(block) || !open.includes(block) ? 'branch' : 'shortcut');
      paths.push(imageGradient(program, fixed, values, dLogits, routeOf));
    }
  }
  expect(paths).toHaveLength(2 ** open.length);
  const sum = addN(paths);
  const whole = imageGradient(program, fixed, values, dLogits);
  expect(largestDifference(await sum.data(), await whole.data())).toBeLessThan(1e-4);
  for (const tensor of [...paths, sum, whole, metrics, dLogits]) tensor.dispose();
  values.dispose();
  disposeBatch(batch);
  scope.dispose();
  subject.weights.dispose();
});

test('a net with more paths than a number can count is refused', async () => {
  const subject = tinySubject(makeNet('residual', 14, { width: 2 }), 0);
  const gains = Array.from({ length: 1200 }, () => 1);
  const deep = { ...subject, weights: new FrozenWeights([], gains) };
  const asked = probePaths(deep, { name: 'paths', samples: 1, seed: 1 }, AT_ONCE);
  await expect(asked).rejects.toMatchObject({
    sentence: { key: 'errors.paths.uncountable', values: { shortcuts: 1200, most: 1000 } },
  });
  deep.weights.dispose();
  subject.weights.dispose();
});

test('what is sampled is near what is exact', async () => {
  const subject = tinySubject(makeNet('residual', 20, { width: 2 }), 4);
  const exact = await probePaths(subject, { name: 'paths', samples: 512, seed: 1 }, AT_ONCE);
  const sampled = await probePaths(subject, { name: 'paths', samples: 60, seed: 2 }, AT_ONCE);
  subject.weights.dispose();
  expect(exact.lengths.map(({ count }) => count)).toEqual([1, 9, 36, 84, 126, 126, 84, 36, 9, 1]);
  expect(exact.lengths.every((length) => length.exact && length.followed === length.count)).toBe(true);
  expect(sampled.lengths.filter((length) => !length.exact).map(({ length }) => length)).toEqual([3, 4, 5, 6]);
  sampled.lengths.forEach(({ perPath, followed }, index) => {
    const truth = exact.lengths[index]?.perPath ?? expect.fail();
    expect(followed).toBeLessThanOrEqual(60);
    expect(Math.abs(perPath / truth - 1)).toBeLessThan(0.15);
  });
});

test('a plain net has one path; a net of n blocks with m cut those of the others', async () => {
  const plain = tinySubject({ ...DEEP, family: 'plain', gains: DEEP.gains.map(() => 0) }, 1);
  const one = await probePaths(plain, { name: 'paths', samples: 2, seed: 1 }, AT_ONCE);
  plain.weights.dispose();
  expect(one.lengths.map(({ length, count }) => [length, count])).toEqual([[15, 1]]);
  expect(one.lengths[0]?.perPath).toBeCloseTo(one.gradient, 5);

  const cut = tinySubject({ ...DEEP, gains: DEEP.gains.map((_, index) => (index % 2 === 0 ? 0 : 1)) }, 1);
  const some = await probePaths(cut, { name: 'paths', samples: 2, seed: 1 }, AT_ONCE);
  cut.weights.dispose();
  expect(some.lengths.map(({ length, count }) => [length, count])).toEqual(
    [1, 7, 21, 35, 35, 21, 7, 1].map((count, k) => [8 + k, count]),
  );
});

test('follows at most the paths of 32 lengths whatever the depth, and fewer the deeper the net is', async () => {
  const followedIn = async (depth: number) => {
    const subject = tinySubject(makeNet('residual', depth, { width: 1 }), 1);
    const { lengths, blocks } = await probePaths(subject, { name: 'paths', samples: 8, seed: 1 }, AT_ONCE);
    subject.weights.dispose();
    expect(lengths.map(({ length }) => length)).toEqual(Array.from({ length: blocks + 1 }, (_, length) => length));
    expect(lengths.every(({ perPath }) => Number.isFinite(perPath))).toBe(true);
    expect(lengths.filter(({ followed }) => followed > 0)).toHaveLength(MOST_LENGTHS);
    // Those that are not followed are between their neighbours.
    for (const [index, { followed, perPath }] of lengths.entries()) {
      const ends = [lengths[index - 1]?.perPath ?? perPath, lengths[index + 1]?.perPath ?? perPath];
      if (followed === 0) expect(perPath).toBeGreaterThanOrEqual(0.999 * Math.min(...ends));
    }
    return lengths.reduce((sum, { followed }) => sum + followed, 0);
  };
  const paths = await followedIn(80);
  expect(paths).toBeLessThanOrEqual(8 * MOST_LENGTHS);
  expect(await followedIn(158)).toBeLessThan(paths);
});
