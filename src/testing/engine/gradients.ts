import { mul, type Rank, slice, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import { type Padding, sizeOf } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';
import { dense, denseGradient } from '../../engine/ops/dense.ts';
import { EPSILON, type NormOptions, normBackward, normForward } from '../../engine/ops/norm.ts';
import { padShortcut, padShortcutGradient } from '../../engine/ops/pad.ts';
import { pool, poolGradient } from '../../engine/ops/pool.ts';
import { conv, convFilterGradient, convInputGradient } from '../../engine/ops/tensors/conv2d.ts';
import { crossEntropy } from '../../engine/ops/tensors/loss.ts';
import { wholeGradient } from '../../engine/ops/tensors/updates.ts';
import { disposeLabels, makeLabels } from '../../engine/training/device-batch.ts';
import { checkBlockGradients } from './block-gradients.ts';
import { type Check, largestDifference } from './check.ts';
import { checkFamilyGradients } from './family-gradients.ts';
import { CURVED, checkGradient, LINEAR, normals, read } from './finite-differences.ts';

/**
 * Compares the gradient of every operation with finite differences, on the current backend. Goldens cannot say which
 * operation is wrong, nor do they come near the shapes where a backend takes another way through its code.
 */
export async function checkGradients(): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const shape of CONVOLUTIONS) checks.push(...(await checkConv(shape)));
  for (const size of [4, 7]) checks.push(...(await checkPad(size)));
  for (const options of NORMS) checks.push(...(await checkNorm(options)));
  checks.push(await checkNormFarFromZero(), ...(await checkHead()), await checkCrossEntropy());
  checks.push(...(await checkFamilyGradients()), ...(await checkBlockGradients()));
  return checks;
}

interface ConvShape {
  readonly kernel: number;
  readonly stride: number;
  readonly size: number;
  readonly from: number;
  readonly to: number;
  readonly batch?: number;
  readonly padding?: Padding;
}

const CONVOLUTIONS: readonly ConvShape[] = [
  { kernel: 3, stride: 1, size: 6, from: 3, to: 4 },
  { kernel: 3, stride: 1, size: 5, from: 4, to: 8 },
  { kernel: 3, stride: 1, size: 2, from: 8, to: 8 },
  { kernel: 3, stride: 2, size: 6, from: 4, to: 8 },
  { kernel: 3, stride: 2, size: 7, from: 5, to: 6 },
  { kernel: 1, stride: 1, size: 6, from: 4, to: 16 },
  { kernel: 1, stride: 2, size: 6, from: 4, to: 8 },
  { kernel: 1, stride: 2, size: 7, from: 5, to: 3 },
  { kernel: 5, stride: 1, size: 6, from: 3, to: 5, batch: 1 },
  { kernel: 5, stride: 2, size: 8, from: 12, to: 6, batch: 1 },
  { kernel: 7, stride: 3, size: 8, from: 5, to: 7, batch: 2 },
  { kernel: 3, stride: 3, size: 7, from: 7, to: 12, batch: 1 },
  { kernel: 1, stride: 3, size: 7, from: 12, to: 5, batch: 1 },
  // Padded as PyTorch pads.
  { kernel: 3, stride: 2, size: 6, from: 4, to: 8, padding: 1 },
  { kernel: 7, stride: 2, size: 12, from: 5, to: 7, batch: 2, padding: 3 },
  { kernel: 5, stride: 4, size: 15, from: 3, to: 4, batch: 2, padding: 2 },
  { kernel: 1, stride: 2, size: 6, from: 4, to: 8, padding: 0 },
  { kernel: 3, stride: 1, size: 5, from: 4, to: 3, padding: 0 },
  // As in the nets of the lesson, but for the batch.
  { kernel: 3, stride: 1, size: 16, from: 3, to: 8, batch: 16 },
  { kernel: 3, stride: 2, size: 16, from: 8, to: 16, batch: 16 },
  { kernel: 3, stride: 1, size: 4, from: 32, to: 32, batch: 16 },
];

async function checkConv(shape: ConvShape): Promise<readonly Check[]> {
  const { kernel, stride, size, from, to, batch = 3, padding = 'same' } = shape;
  const padded = padding === 'same' ? '' : `, padded by ${padding}`;
  const what = `conv ${kernel}x${kernel} stride ${stride}, ${batch}x${size}x${size}x${from} to ${to} channels${padded}`;
  const random = new Random(what);
  const x = normals<Rank.R4>([batch, size, size, from], random);
  const weight = normals<Rank.R4>([kernel, kernel, from, to], random);
  const checks = [
    await checkGradient(`${what}: by x`, random, x, {
      value: (at) => conv(at, weight, stride, padding),
      gradient: (dy) => convInputGradient(dy, weight, stride, x.shape, undefined, padding),
      precision: LINEAR,
    }),
    await checkGradient(`${what}: by weight`, random, weight, {
      value: (at) => conv(x, at, stride, padding),
      gradient: (dy) => wholeGradient(convFilterGradient(x, dy, stride, weight.shape, undefined, padding), weight),
      precision: LINEAR,
    }),
  ];
  x.dispose();
  weight.dispose();
  return checks;
}

async function checkPad(size: number): Promise<readonly Check[]> {
  const what = `pad ${size}x${size}`;
  const random = new Random(what);
  const x = normals<Rank.R4>([3, size, size, 4], random);
  const check = await checkGradient(`${what}: by x`, random, x, {
    value: (at) => padShortcut(at, 2, 8),
    gradient: (dy) => padShortcutGradient(dy, 2, x.shape),
    precision: LINEAR,
  });
  x.dispose();
  return [check];
}

interface NormCase {
  readonly shape: Tensor4D['shape'];
  readonly relu: boolean;
  /** Null for a normalisation without a shortcut. */
  readonly gain: number | null;
  readonly slope?: number;
}

const NORM_SHAPE: Tensor4D['shape'] = [4, 5, 5, 6];

const NORMS: readonly NormCase[] = [
  ...[true, false].flatMap((relu) => [null, 1, 0.5].map((gain) => ({ shape: NORM_SHAPE, relu, gain }))),
  { shape: NORM_SHAPE, relu: true, gain: 0.5, slope: 0.25 },
  { shape: [2, 3, 3, 8], relu: true, gain: null, slope: 0.5 },
  // More pixels than a GPU sums side by side.
  { shape: [16, 8, 8, 3], relu: true, gain: 1 },
];

async function checkNorm({ shape, relu, gain, slope = 0 }: NormCase): Promise<readonly Check[]> {
  const what = `norm ${shape.join('x')}${gain === null ? '' : ` + ${gain} * shortcut`}${relu ? ', relu' : ''}${slope === 0 ? '' : ` of slope ${slope}`}`;
  const random = new Random(what);
  const [size, channels] = [sizeOf(shape), shape[3]];
  // Values come in two heaps left and right of 0, and the shortcut has their sign: nothing crosses the ReLU's kink
  // when it is moved a little.
  const signs = Array.from({ length: size }, () => (random.below(2) === 0 ? -1 : 1));
  const heaps = (nearest: number) => signs.map((sign) => sign * (nearest + random.uniform()));
  const x = tensor<Rank.R4>(heaps(1), shape);
  const shortcut = tensor<Rank.R4>(heaps(0), shape);
  const uniforms = (least: number, range: number) =>
    tensor<Rank.R1>(Array.from({ length: channels }, () => least + range * random.uniform()));
  const scale = uniforms(0.8, 0.5);
  const shift = uniforms(-0.15, 0.3);
  const scalarGain = tensor<Rank.R0>(gain ?? 0);
  const all = { x, scale, shift, shortcut };

  const optionsAt = (at: Pick<typeof all, 'scale' | 'shift' | 'shortcut'>): NormOptions => ({
    scale: at.scale,
    shift: at.shift,
    sum: gain === null ? null : { shortcut: at.shortcut, gain: scalarGain },
    relu,
    slope,
  });
  const value = (changed: Partial<typeof all>) => {
    const at = { ...all, ...changed };
    return normForward(at.x, optionsAt(at)).y;
  };
  const gradients = (dy: Tensor4D) => {
    const options = optionsAt(all);
    const { y, statistics } = normForward(x, options);
    const gain = options.sum?.gain ?? null;
    return normBackward(dy, x, options.relu ? y : null, statistics, { scale: options.scale, gain, slope });
  };
  const checks = [
    await checkGradient(`${what}: by x`, random, x, {
      value: (at) => value({ x: at }),
      gradient: (dy) => gradients(dy).dx,
      precision: CURVED,
    }),
    await checkGradient(`${what}: by scale`, random, scale, {
      value: (at) => value({ scale: at }),
      gradient: (dy) => wholeGradient(gradients(dy).dScale, scale),
      precision: CURVED,
    }),
    await checkGradient(`${what}: by shift`, random, shift, {
      value: (at) => value({ shift: at }),
      gradient: (dy) => wholeGradient(gradients(dy).dShift, shift),
      precision: CURVED,
    }),
  ];
  if (gain !== null) {
    const check = await checkGradient(`${what}: by shortcut`, random, shortcut, {
      value: (at) => value({ shortcut: at }),
      gradient: (dy) => {
        const { dShortcut } = gradients(dy);
        if (dShortcut === undefined) throw new Error('norm: no gradient by the shortcut');
        return dShortcut;
      },
      precision: CURVED,
    });
    checks.push(check);
  }
  for (const each of [...Object.values(all), scalarGain]) each.dispose();
  return checks;
}

/** The variance must not be what is left of the difference of two large numbers. */
async function checkNormFarFromZero(): Promise<Check> {
  const [pixels, channels] = [300, 2];
  const random = new Random('far from zero');
  const values = Float32Array.from({ length: pixels * channels }, () => 1000 + random.normals()[0]);
  const x = tensor<Rank.R4>(values, [3, 10, 10, channels]);
  const [scale, shift] = [tensor<Rank.R1>([1, 1]), tensor<Rank.R1>([0, 0])];
  const ours = await read(() => normForward(x, { scale, shift, sum: null, relu: false }).y);
  for (const each of [x, scale, shift]) each.dispose();
  const reference = values.map((value, index) => {
    const own = values.filter((_, other) => other % channels === index % channels);
    const mean = own.reduce((sum, each) => sum + each, 0) / pixels;
    const variance = own.reduce((sum, each) => sum + (each - mean) ** 2, 0) / pixels;
    return (value - mean) / Math.sqrt(variance + EPSILON);
  });
  return { what: 'norm far from 0', difference: largestDifference(ours, reference), tolerance: 2e-4 };
}

async function checkHead(): Promise<readonly Check[]> {
  const random = new Random('head');
  const image = normals<Rank.R4>([5, 4, 4, 6], random);
  const x = normals<Rank.R2>([64, 32], random);
  const weight = normals<Rank.R2>([32, 4], random);
  const bias = normals<Rank.R1>([4], random);
  const checks = [
    await checkGradient('pool: by x', random, image, {
      value: pool,
      gradient: (dy) => poolGradient(dy, image.shape),
      precision: LINEAR,
    }),
    await checkGradient('dense: by x', random, x, {
      value: (at) => dense(at, weight, bias),
      gradient: (dy) => denseGradient(dy, x, weight).dx,
      precision: LINEAR,
    }),
    await checkGradient('dense: by weight', random, weight, {
      value: (at) => dense(x, at, bias),
      gradient: (dy) => denseGradient(dy, x, weight).dWeight,
      precision: LINEAR,
    }),
    await checkGradient('dense: by bias', random, bias, {
      value: (at) => dense(x, weight, at),
      gradient: (dy) => denseGradient(dy, x, weight).dBias,
      precision: LINEAR,
    }),
  ];
  for (const each of [image, x, weight, bias]) each.dispose();
  return checks;
}

async function checkCrossEntropy(): Promise<Check> {
  const random = new Random('cross-entropy');
  const logits = normals<Rank.R2>([5, 4], random);
  const labels = makeLabels(Int32Array.of(0, 3, 1, 1, 2), 4);
  const check = await checkGradient('cross-entropy: by logits', random, logits, {
    value: (at) => slice(crossEntropy(at, labels).metrics, 0, 1),
    gradient: (dy) => mul(crossEntropy(logits, labels).dLogits, dy),
    precision: CURVED,
  });
  logits.dispose();
  disposeLabels(labels);
  return check;
}
