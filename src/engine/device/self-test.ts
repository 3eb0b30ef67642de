import {
  backend,
  mul,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tensor1d,
  tidy,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { sizeOf } from '../../core/net/node.ts';
import { hasKernel } from '../kernels/registry.ts';
import { TrainingBackend } from '../kernels/webgpu/backend.ts';
import { AVERAGE_POOL, AVERAGE_POOL_GRADIENT, averagePool, averagePoolGradient } from '../ops/average-pool.ts';
import { DENSE, DENSE_GRADIENT, dense, denseGradient } from '../ops/dense.ts';
import { DROPOUT, dropout } from '../ops/dropout.ts';
import { GATE, GATE_GRADIENT, type GateInputs, gate, gateGradient } from '../ops/gate.ts';
import { GROUP_NORM, GROUP_NORM_BACKWARD, groupNorm, groupNormBackward } from '../ops/group-norm.ts';
import { RESPONSE_NORM, RESPONSE_NORM_GRADIENT, responseNorm, responseNormGradient } from '../ops/lrn.ts';
import {
  NORM_BACKWARD,
  NORM_EVALUATE,
  NORM_FORWARD,
  type NormOptions,
  normBackward,
  normEvaluate,
  normForward,
} from '../ops/norm.ts';
import { PAD_SHORTCUT, PAD_SHORTCUT_GRADIENT, padShortcut, padShortcutGradient } from '../ops/pad.ts';
import {
  MAX_POOL,
  MAX_POOL_GRADIENT,
  maxPool,
  maxPoolGradient,
  POOL,
  POOL_GRADIENT,
  pool,
  poolGradient,
} from '../ops/pool.ts';
import { CONCAT_CHANNELS, concatChannels, SPLIT_CHANNELS, splitChannels } from '../ops/tensors/channels.ts';
import {
  CONV,
  CONV_FILTER_GRADIENT,
  CONV_INPUT_GRADIENT,
  conv,
  convFilterGradient,
  convInputGradient,
} from '../ops/tensors/conv2d.ts';
import { finishedConv } from '../ops/tensors/epilogue.ts';
import { CROSS_ENTROPY, crossEntropy } from '../ops/tensors/loss.ts';
import { PACK, packTensors } from '../ops/tensors/pack.ts';
import {
  CHANNEL_SUMS,
  channelSums,
  SCALED_SUM,
  SCALED_SUM_GRADIENT,
  scaledSum,
  scaledSumGradient,
} from '../ops/tensors/scaled-sum.ts';
import { MOVING_AVERAGES, movingAverages, SGD_UPDATE, sgdUpdate, wholeGradient } from '../ops/tensors/updates.ts';
import { ANSWERS } from './answers.ts';

/** Largest allowed difference from the stored answer: a broken driver is off by more than rounding. */
const TOLERANCE = 1e-3;

/** Kernels that only work together: if one fails, all are removed. */
const IN_PLACE = [PACK, SGD_UPDATE, MOVING_AVERAGES];

/**
 * Runs every one of our WebGPU kernels on an example, and removes those from tfjs' registry whose answer is wrong:
 * browsers ship broken drivers. Returns their names. Compositions of tfjs' own kernels replace them.
 */
export async function selfTest(): Promise<readonly string[]> {
  const current = backend();
  if (!(current instanceof TrainingBackend)) return [];
  const ours = EXAMPLES.filter(({ kernel }) => hasKernel(kernel));
  const { device } = current;
  // A rejected shader counts as a wrong answer and is not shown to the user.
  device.pushErrorScope('validation');
  device.pushErrorScope('internal');
  const failures = await Promise.all(ours.map(fails));
  await device.popErrorScope();
  await device.popErrorScope();
  const wrong = new Set(ours.flatMap(({ kernel }, nth) => (failures[nth] ? [kernel] : [])));
  if (IN_PLACE.some((kernel) => wrong.has(kernel))) for (const kernel of IN_PLACE) wrong.add(kernel);
  for (const kernel of wrong) if (hasKernel(kernel)) unregisterKernel(kernel, 'webgpu');
  return [...wrong];
}

async function fails(example: Example): Promise<boolean> {
  let outputs: readonly Tensor[] = [];
  try {
    outputs = example.run();
    const values = (await Promise.all(outputs.map((output) => output.data()))).flatMap((each) => [...each]);
    const { answer } = example;
    const isRight = (value: number, nth: number) => Math.abs(value - (answer[nth] ?? Number.NaN)) <= TOLERANCE;
    return values.length !== answer.length || !values.every(isRight);
  } catch {
    return true;
  } finally {
    for (const output of outputs) output.dispose();
  }
}

/** Small inputs for one kernel, and its outputs as tfjs' cpu backend computes them. */
export interface Example {
  readonly kernel: string;
  readonly run: () => readonly Tensor[];
  readonly answer: readonly number[];
}

/** Numbers without a pattern, the same everywhere. */
function wave<R extends Rank>(shape: Tensor<R>['shape'], frequency: number): Tensor<R> {
  return tensor<R>(
    Array.from({ length: sizeOf(shape) }, (_, index) => Math.sin(1 + frequency * index)),
    shape,
  );
}

const image = (): Tensor4D => wave([1, 3, 3, 4], 1.3);
const half = (): Tensor4D => wave([1, 2, 2, 4], 1.7);
const filter = (): Tensor4D => wave([3, 3, 4, 4], 0.9);
const row = (frequency: number): Tensor1D => wave([4], frequency);
const table = (frequency: number): Tensor2D => wave([2, 4], frequency);
const square = (): Tensor2D => wave([4, 4], 0.7);

function norm(): NormOptions {
  return { scale: row(0.4), shift: row(0.8), sum: { shortcut: image(), gain: wave([], 1) }, relu: true };
}

function mixed(): GateInputs {
  return { f: image(), t: wave([1, 3, 3, 4], 0.6), sum: { shortcut: wave([1, 3, 3, 4], 2.1), gain: wave([], 1) } };
}

const WINDOW = { kernel: 3, stride: 2, padding: 1, height: 2, width: 2 };

/** Numbers so large that the denominators of a response normalisation matter. */
const loud = (frequency: number): Tensor4D => mul(wave<Rank.R4>([1, 3, 3, 4], frequency), 100);

/** Mean and variance of four channels. */
const statistics = (): Tensor2D => tensor<Rank.R2>([0.1, -0.2, 0.3, -0.1, 0.5, 0.6, 0.4, 0.7], [2, 4]);

const runs: Readonly<Record<string, () => readonly Tensor[]>> = {
  [CONV]: () => {
    const end = { bias: row(0.4), sum: { shortcut: half(), gain: wave<Rank.R0>([], 1) }, relu: true };
    const sampling = { stride: 2, padding: 'same', groups: 1 } as const;
    return [conv(image(), filter(), 2), finishedConv(image(), filter(), sampling, end)];
  },
  [CONV_INPUT_GRADIENT]: () => [
    convInputGradient(half(), filter(), 2, [1, 3, 3, 4], { shortcut: image(), gain: null }),
  ],
  [CONV_FILTER_GRADIENT]: () => [wholeGradient(convFilterGradient(image(), half(), 2, [3, 3, 4, 4]), filter())],
  [NORM_FORWARD]: () => Object.values(normForward(wave([1, 3, 3, 4], 2.1), norm())),
  [NORM_EVALUATE]: () => [normEvaluate(wave([1, 3, 3, 4], 2.1), statistics(), norm())],
  [NORM_BACKWARD]: () => {
    const options = norm();
    const { scale, sum } = options;
    const of = { scale, gain: sum?.gain ?? null };
    const gradients = normBackward(image(), wave([1, 3, 3, 4], 2.1), wave([1, 3, 3, 4], 1.9), statistics(), of);
    const { dx, dScale, dShift, dShortcut } = gradients;
    const whole = [wholeGradient(dScale, options.scale), wholeGradient(dShift, options.shift)];
    return dShortcut === undefined ? [] : [dx, ...whole, dShortcut];
  },
  [PAD_SHORTCUT]: () => [padShortcut(image(), 2, 8)],
  [PAD_SHORTCUT_GRADIENT]: () => [padShortcutGradient(wave([1, 2, 2, 8], 1.7), 2, [1, 3, 3, 4], image())],
  [POOL]: () => [pool(image())],
  [POOL_GRADIENT]: () => [poolGradient(wave([1, 4], 1.1), [1, 3, 3, 4])],
  [DENSE]: () => [dense(table(1.3), square(), row(0.4))],
  [DENSE_GRADIENT]: () => Object.values(denseGradient(table(1.1), table(1.3), square())),
  [CROSS_ENTROPY]: () => {
    const labels = { indices: tensor1d([2, 0], 'int32'), oneHot: tensor<Rank.R2>([0, 0, 1, 0, 1, 0, 0, 0], [2, 4]) };
    return Object.values(crossEntropy(table(1.3), labels));
  },
  [PACK]: () => packTensors([image(), row(0.4)]),
  [SGD_UPDATE]: () => {
    const parameters = [0.4, 0.8].map((nth) => {
      return { weight: row(nth), velocity: row(nth + 1), gradient: row(nth + 2) };
    });
    return sgdUpdate(parameters, { rate: 0.1, momentum: 0.9, decay: 0.01 }).flatMap(({ weight, velocity }) => [
      weight,
      velocity,
    ]);
  },
  [SCALED_SUM]: () => [
    scaledSum(image(), { factor: wave([1], 1), sum: norm().sum, relu: true, slope: 0.5 }),
    scaledSum(table(1.3), { relu: true }),
  ],
  [SCALED_SUM_GRADIENT]: () => {
    const [x, factor] = [wave([1, 3, 3, 4], 2.1), wave<Rank.R1>([1], 1)];
    const values = { y: wave([1, 3, 3, 4], 1.9), slope: 0.5, gain: wave<Rank.R0>([], 1), factor, x };
    const { dx, dShortcut, dFactor } = scaledSumGradient(image(), values);
    return dShortcut === undefined || dFactor === undefined ? [] : [dx, dShortcut, wholeGradient(dFactor, factor)];
  },
  [DROPOUT]: () => [dropout(image(), tensor1d([12_345, 54_321]), 0.5)],
  [GATE]: () => [gate(mixed())],
  [GATE_GRADIENT]: () => {
    const { df, dt, ds } = gateGradient(wave([1, 3, 3, 4], 1.9), mixed());
    return ds === undefined ? [] : [df, dt, ds];
  },
  [GROUP_NORM]: () => [groupNorm(wave([1, 3, 3, 4], 2.1), 2, norm())],
  [GROUP_NORM_BACKWARD]: () => {
    const { scale, sum } = norm();
    const of = { scale, gain: sum?.gain ?? null };
    const gradients = groupNormBackward(image(), wave([1, 3, 3, 4], 2.1), wave([1, 3, 3, 4], 1.9), 2, of);
    const { dx, dScale, dShift, dShortcut } = gradients;
    const whole = [wholeGradient(dScale, scale), wholeGradient(dShift, scale)];
    return dShortcut === undefined ? [] : [dx, ...whole, dShortcut];
  },
  [CONCAT_CHANNELS]: () => [concatChannels([image(), wave([1, 3, 3, 2], 1.9), wave([1, 3, 3, 6], 2.1)])],
  [SPLIT_CHANNELS]: () => [...splitChannels(wave([1, 3, 3, 8], 1.3), [4, 1, 3])],
  [MAX_POOL]: () => [maxPool(image(), WINDOW)],
  [MAX_POOL_GRADIENT]: () => [maxPoolGradient(half(), image(), maxPool(image(), WINDOW), WINDOW)],
  [AVERAGE_POOL]: () => [averagePool(wave([1, 4, 2, 4], 1.3), 2)],
  [AVERAGE_POOL_GRADIENT]: () => [averagePoolGradient(half(), 2)],
  [RESPONSE_NORM]: () => [responseNorm(loud(1.3))],
  [RESPONSE_NORM_GRADIENT]: () => [responseNormGradient(image(), loud(2.1))],
  [CHANNEL_SUMS]: () => [wholeGradient(channelSums(image()), row(1))],
  [MOVING_AVERAGES]: () => movingAverages([row(0.4), table(0.8)], [row(1.4), table(1.8)], 0.9),
};

/** One for every kernel that we add to tfjs' webgpu backend. */
export const EXAMPLES: readonly Example[] = Object.entries(runs).map(([kernel, run]) => ({
  kernel,
  run: () => tidy(() => [...run()]),
  answer: ANSWERS[kernel] ?? [],
}));
