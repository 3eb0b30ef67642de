import { add, mul, type Rank, type Tensor1D, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';
import { averagePool, averagePoolGradient } from '../../engine/ops/average-pool.ts';
import { responseNorm, responseNormGradient } from '../../engine/ops/lrn.ts';
import { maxPool, maxPoolGradient, type Window } from '../../engine/ops/pool.ts';
import { concatChannels, splitChannels } from '../../engine/ops/tensors/channels.ts';
import { groupedConv, groupedFilterGradient, groupedInputGradient } from '../../engine/ops/tensors/conv2d.ts';
import { finishedConv } from '../../engine/ops/tensors/epilogue.ts';
import { channelSums, rectify, reluGradient } from '../../engine/ops/tensors/scaled-sum.ts';
import { wholeGradient } from '../../engine/ops/tensors/updates.ts';
import type { Check } from './check.ts';
import { CURVED, checkGradient, LINEAR, normals } from './finite-differences.ts';

/** The same for the operations that only the ImageNet nets have. */
export async function checkFamilyGradients(): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const [size, window] of WINDOWS) checks.push(await checkMaxPool(size, window));
  return [
    ...checks,
    ...(await checkGroups()),
    await checkResponseNorm(),
    ...(await checkAveragePool()),
    ...(await checkConcat()),
    ...(await checkBias()),
    ...(await checkSlope()),
  ];
}

/** As VGG, ResNet, AlexNet and GoogLeNet pool: with rows left out at the end, before the first, behind the last. */
const WINDOWS: readonly (readonly [size: number, Window])[] = [
  [6, { kernel: 2, stride: 2, padding: 0, height: 3, width: 3 }],
  [7, { kernel: 2, stride: 2, padding: 0, height: 3, width: 3 }],
  [8, { kernel: 3, stride: 2, padding: 1, height: 4, width: 4 }],
  [7, { kernel: 3, stride: 2, padding: 0, height: 3, width: 3 }],
  [8, { kernel: 3, stride: 2, padding: 0, height: 4, width: 4 }],
  [5, { kernel: 3, stride: 1, padding: 1, height: 5, width: 5 }],
];

/** Numbers so far apart that no largest one changes when all are moved a little. */
function spread(shape: Tensor4D['shape'], random: Random): Tensor4D {
  const values = Array.from({ length: sizeOf(shape) }, (_, index) => index);
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [values[last], values[other]] = [values[other] ?? 0, values[last] ?? 0];
  }
  return tensor<Rank.R4>(values, shape);
}

async function checkMaxPool(size: number, window: Window): Promise<Check> {
  const { kernel, stride, padding, height } = window;
  const what = `largest of ${kernel}x${kernel} stride ${stride} padded by ${padding}, ${size} to ${height} pixels`;
  const random = new Random(what);
  const x = spread([2, size, size, 3], random);
  const check = await checkGradient(`${what}: by x`, random, x, {
    value: (at) => maxPool(at, window),
    gradient: (dy) => maxPoolGradient(dy, x, maxPool(x, window), window),
    precision: { step: 0.02, tolerance: 1e-3 },
  });
  x.dispose();
  return check;
}

async function checkGroups(): Promise<readonly Check[]> {
  const random = new Random('groups');
  const sampling = { stride: 2, padding: 1, groups: 2 };
  const x = normals<Rank.R4>([2, 6, 6, 8], random);
  const weight = normals<Rank.R4>([3, 3, 4, 6], random);
  const checks = [
    await checkGradient('conv in two groups: by x', random, x, {
      value: (at) => groupedConv(at, weight, sampling),
      gradient: (dy) => groupedInputGradient(dy, weight, sampling, x.shape),
      precision: LINEAR,
    }),
    await checkGradient('conv in two groups: by weight', random, weight, {
      value: (at) => groupedConv(x, at, sampling),
      gradient: (dy) => wholeGradient(groupedFilterGradient(x, dy, weight, sampling), weight),
      precision: LINEAR,
    }),
  ];
  for (const each of [x, weight]) each.dispose();
  return checks;
}

async function checkResponseNorm(): Promise<Check> {
  const random = new Random('responses');
  // Large, so that the denominators matter.
  const values = Array.from({ length: 2 * 3 * 3 * 7 }, () => 100 * random.normals()[0]);
  const x = tensor<Rank.R4>(values, [2, 3, 3, 7]);
  const check = await checkGradient('response normalisation: by x', random, x, {
    value: responseNorm,
    gradient: (dy) => responseNormGradient(dy, x),
    precision: { step: 0.5, tolerance: 2e-4 },
  });
  x.dispose();
  return check;
}

async function checkAveragePool(): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const [kernel, channels] of [
    [2, 6],
    [3, 5],
  ] as const) {
    const what = `mean of ${kernel}x${kernel} pixels, ${channels} channels`;
    const random = new Random(what);
    const x = normals<Rank.R4>([2, 6, 6, channels], random);
    const check = await checkGradient(`${what}: by x`, random, x, {
      value: (at) => averagePool(at, kernel),
      gradient: (dy) => averagePoolGradient(dy, kernel),
      precision: LINEAR,
    });
    checks.push(check);
    x.dispose();
  }
  return checks;
}

/** With more parts than a device binds buffers, and numbers of channels that are no multiple of a vector. */
async function checkConcat(): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const sizes of [
    [4, 8],
    [3, 2, 5],
    [1, 2, 4, 4, 3, 1, 1, 2, 6],
  ]) {
    const what = `concatenation of ${sizes.join(', ')} channels`;
    const random = new Random(what);
    const x = normals<Rank.R4>([2, 3, 3, sizes.reduce((sum, size) => sum + size, 0)], random);
    const parts = sizes.map((size) => normals<Rank.R4>([2, 3, 3, size], random));
    checks.push(
      await checkGradient(`${what}: by the whole`, random, x, {
        // The gradient of a split, which halves the first part, too.
        value: (at) =>
          concatChannels(splitChannels(at, sizes).map((part, nth) => (nth === 0 ? mul<Tensor4D>(part, 0.5) : part))),
        gradient: (dy) =>
          concatChannels(splitChannels(dy, sizes).map((part, nth) => (nth === 0 ? mul<Tensor4D>(part, 0.5) : part))),
        precision: LINEAR,
      }),
    );
    const [first, ...others] = parts;
    if (first !== undefined) {
      const check = await checkGradient(`${what}: by the first`, random, first, {
        value: (at) => concatChannels([at, ...others]),
        gradient: (dy) => splitChannels(dy, sizes)[0] ?? dy,
        precision: LINEAR,
      });
      checks.push(check);
    }
    for (const each of [x, ...parts]) each.dispose();
  }
  return checks;
}

function biased(x: Tensor4D, bias: Tensor1D): Tensor4D {
  return rectify(add<Tensor4D>(x, bias), { relu: true });
}

async function checkBias(): Promise<readonly Check[]> {
  const random = new Random('bias');
  // Left and right of 0, so that nothing crosses the ReLU's kink.
  const values = Array.from({ length: 3 * 4 * 4 * 5 }, () => (random.below(2) === 0 ? -1 : 1) * (1 + random.uniform()));
  const x = tensor<Rank.R4>(values, [3, 4, 4, 5]);
  const bias = tensor<Rank.R1>(Array.from({ length: 5 }, () => random.uniform() / 2));
  const through = (dy: Tensor4D) => reluGradient(dy, biased(x, bias));
  const checks = [
    await checkGradient('bias and ReLU: by x', random, x, {
      value: (at) => biased(at, bias),
      gradient: through,
      precision: CURVED,
    }),
    await checkGradient('bias and ReLU: by bias', random, bias, {
      value: (at) => biased(x, at),
      gradient: (dy) => wholeGradient(channelSums(through(dy)), bias),
      precision: CURVED,
    }),
  ];
  for (const each of [x, bias]) each.dispose();
  return checks;
}

/** A convolution that passes each channel on, so that its input's distance from 0 is its output's. */
async function checkSlope(): Promise<readonly Check[]> {
  const random = new Random('slope');
  const values = Array.from({ length: 2 * 3 * 3 * 4 }, () => (random.below(2) === 0 ? -1 : 1) * (1 + random.uniform()));
  const x = tensor<Rank.R4>(values, [2, 3, 3, 4]);
  const weight = tensor<Rank.R4>(
    Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 1 : 0)),
    [1, 1, 4, 4],
  );
  const bias = tensor<Rank.R1>([0.1, -0.2, 0.3, 0]);
  const sampling = { stride: 1, padding: 0, groups: 1 };
  const checks: Check[] = [];
  for (const slope of [0.25, 1]) {
    const value = (at: Tensor4D) => finishedConv(at, weight, sampling, { bias, sum: null, relu: true, slope });
    const check = await checkGradient(`ReLU with slope ${slope} behind a convolution: by x`, random, x, {
      value,
      gradient: (dy) => reluGradient(dy, value(x), slope),
      precision: CURVED,
    });
    checks.push(check);
  }
  for (const each of [x, weight, bias]) each.dispose();
  return checks;
}
