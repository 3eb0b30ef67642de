import { backend, dispose, type Rank, type Tensor, type Tensor4D, tensor, zeros } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';
import { TrainingBackend } from '../../engine/kernels/webgpu/backend.ts';
import { HARDWARE, SOFTWARE } from '../../engine/kernels/webgpu/tuning.ts';
import { groupNorm, groupNormBackward } from '../../engine/ops/group-norm.ts';
import { normBackward, normForward } from '../../engine/ops/norm.ts';
import { convFilterGradient, convInputGradient } from '../../engine/ops/tensors/conv2d.ts';
import { convWithMoments } from '../../engine/ops/tensors/epilogue.ts';
import { packTensors } from '../../engine/ops/tensors/pack.ts';
import { channelSums, scaledSumGradient } from '../../engine/ops/tensors/scaled-sum.ts';
import { sgdUpdate, wholeGradient } from '../../engine/ops/tensors/updates.ts';
import { type Check, largestDifference } from './check.ts';

interface ConvCase {
  readonly shape: Tensor4D['shape'];
  readonly kernel: number;
  readonly stride: number;
  readonly to: number;
}

/** One with more pixels than the rows of a workgroup, one with channels that cannot be read together; and strides. */
const SHAPES: readonly ConvCase[] = [
  { shape: [5, 16, 16, 4], kernel: 3, stride: 1, to: 8 },
  { shape: [3, 7, 7, 5], kernel: 3, stride: 2, to: 10 },
];

/**
 * Further convolutions: of images, whose three channels are read one by one; with several groups of channels in a workgroup;
 * and the last with a filter that has no room in a workgroup's memory.
 */
const CONVOLUTIONS: readonly ConvCase[] = [
  { shape: [5, 8, 8, 3], kernel: 3, stride: 1, to: 16 },
  { shape: [2, 8, 8, 32], kernel: 1, stride: 2, to: 64 },
  { shape: [2, 4, 4, 64], kernel: 3, stride: 1, to: 64 },
  { shape: [2, 12, 12, 3], kernel: 7, stride: 2, to: 16 },
  { shape: [2, 4, 4, 64], kernel: 7, stride: 1, to: 64 },
];

/** Some with one group of channels in a workgroup, some with several. */
const GROUP_NORMS: readonly { readonly shape: Tensor4D['shape']; readonly groups: number }[] = [
  { shape: [3, 8, 8, 8], groups: 2 },
  { shape: [2, 4, 4, 64], groups: 4 },
];

const SUM_SHAPE: Tensor4D['shape'] = [16, 12, 12, 8];

/** What is computed with both, by what it is. */
const COMPUTATIONS: readonly { readonly what: string; readonly compute: () => readonly Tensor[] }[] = [
  ...SHAPES.map((each) => ({
    what: each.shape.join('x'),
    compute: () => [...normAfterConv(each.shape), ...updateAfterConv(each)],
  })),
  ...CONVOLUTIONS.map((each) => ({
    what: `conv ${each.kernel}x${each.kernel} of ${each.shape.join('x')} to ${each.to}`,
    compute: () => [...forwardOf(each), ...updateAfterConv(each)],
  })),
  ...GROUP_NORMS.map(({ shape, groups }) => ({
    what: `group norm ${shape.join('x')} in ${groups}`,
    compute: () => groupNormOf(shape, groups),
  })),
  { what: 'scaled sum and sums of channels', compute: sumsOf },
];

/** Shaders for a GPU share memory between threads, those for an adapter in software do not: both must say the same. */
export async function checkTunings(): Promise<readonly Check[]> {
  const current = backend();
  if (!(current instanceof TrainingBackend)) return [];
  const own = current.tuning;
  const checks: Check[] = [];
  for (const { what, compute } of COMPUTATIONS) {
    const results: (readonly Tensor[])[] = [];
    // Twice for a GPU: the same bits each time, or no curve would come again.
    for (const tuning of [HARDWARE, HARDWARE, SOFTWARE]) {
      current.tuning = tuning;
      results.push(compute());
    }
    current.tuning = own;
    const [hardware = [], again = [], software = []] = results;
    for (const [nth, tensor] of hardware.entries()) {
      const [values, repeated = [], others = []] = [
        await tensor.data(),
        await again[nth]?.data(),
        await software[nth]?.data(),
      ];
      const result = `tunings, ${what}: result ${nth}`;
      checks.push(
        { what: `${result} again`, difference: largestDifference(repeated, values), tolerance: 0 },
        { what: result, difference: largestDifference(values, others), tolerance: 1e-5 },
      );
    }
    for (const tensors of results) dispose([...tensors]);
  }
  return checks;
}

/** Values of shapes, the same in each turn. */
function valuesFrom(name: string) {
  const random = new Random(name);
  return <R extends Rank>(shape: Tensor<R>['shape']) => {
    const size = sizeOf(shape);
    return tensor<R>(
      Array.from({ length: size }, () => random.uniform() - 0.4),
      shape,
    );
  };
}

function normAfterConv(shape: Tensor4D['shape']): readonly Tensor[] {
  const values = valuesFrom(`tunings ${shape.join('x')}`);
  const channels = shape[3];
  const [x, dy] = [values<Rank.R4>(shape), values<Rank.R4>(shape)];
  const weight = values<Rank.R4>([3, 3, channels, channels]);
  const options = {
    scale: values<Rank.R1>([channels]),
    shift: values<Rank.R1>([channels]),
    sum: { shortcut: x, gain: tensor<Rank.R0>(0.5, []) },
    relu: true,
  };
  const { y: z, moments } = convWithMoments(x, weight, 1);
  const { y, statistics } = normForward(z, options, { moments: moments ?? undefined });
  const { dx, dScale, dShift, dShortcut } = normBackward(dy, z, y, statistics, { ...options, gain: options.sum.gain });
  const whole = [wholeGradient(dScale, options.scale), wholeGradient(dShift, options.shift)];
  dispose([x, dy, weight, options, z, moments ?? [], dScale, dShift]);
  return [y, statistics, dx, ...whole, ...(dShortcut === undefined ? [] : [dShortcut])];
}

/** The gradients of a convolution with a stride, and the filter after a step by its gradient, which comes in parts. */
function updateAfterConv({ shape, kernel, stride, to }: ConvCase): readonly Tensor[] {
  const [batch, height, width, channels] = shape;
  const values = valuesFrom(`update ${shape.join('x')}`);
  const filterShape: Tensor4D['shape'] = [kernel, kernel, channels, to];
  const sides = [Math.ceil(height / stride), Math.ceil(width / stride)] as const;
  const [x, addend] = [values<Rank.R4>(shape), values<Rank.R4>(shape)];
  const dy = values<Rank.R4>([batch, ...sides, to]);
  const filter = values<Rank.R4>(filterShape);
  const dx = convInputGradient(dy, filter, stride, shape, { shortcut: addend, gain: null });
  const inParts = convFilterGradient(x, dy, stride, filterShape);
  const still = zeros<Rank.R4>(filterShape);
  // Each in a buffer of its own, as a net has them.
  const [weight, velocity, gradient] = [filter, still, inParts].flatMap((each) => [...packTensors([each])]);
  if (weight === undefined || velocity === undefined || gradient === undefined) throw new Error('pack: 3 tensors');
  const [updated] = sgdUpdate([{ weight, velocity, gradient }], { rate: 0.1, momentum: 0.9, decay: 1e-3 });
  if (updated === undefined) throw new Error('update: one parameter');
  dispose([x, addend, dy, filter, still, inParts, weight, velocity, gradient]);
  return [dx, updated.weight, updated.velocity];
}

function forwardOf({ shape, kernel, stride, to }: ConvCase): readonly Tensor[] {
  const values = valuesFrom(`conv ${shape.join('x')}`);
  const [x, weight] = [values<Rank.R4>(shape), values<Rank.R4>([kernel, kernel, shape[3], to])];
  const { y, moments } = convWithMoments(x, weight, stride);
  dispose([x, weight, moments ?? []]);
  return [y];
}

/** With everything behind it, and with a slope. */
function groupNormOf(shape: Tensor4D['shape'], groups: number): readonly Tensor[] {
  const values = valuesFrom(`group norm ${shape.join('x')}`);
  const [x, dy, shortcut] = [values<Rank.R4>(shape), values<Rank.R4>(shape), values<Rank.R4>(shape)];
  const [scale, shift] = [values<Rank.R1>([shape[3]]), values<Rank.R1>([shape[3]])];
  const gain = tensor<Rank.R0>(0.5, []);
  const y = groupNorm(x, groups, { scale, shift, sum: { shortcut, gain }, relu: true, slope: 0.25 });
  const { dx, dScale, dShift, dShortcut } = groupNormBackward(dy, x, y, groups, { scale, gain, slope: 0.25 });
  const whole = [wholeGradient(dScale, scale), wholeGradient(dShift, shift)];
  dispose([x, dy, shortcut, scale, shift, gain, dScale, dShift]);
  return [y, dx, ...whole, ...(dShortcut === undefined ? [] : [dShortcut])];
}

/** The gradients of a branch times a factor and of a bias, which are sums over everything. */
function sumsOf(): readonly Tensor[] {
  const values = valuesFrom('sums');
  const [x, dy] = [values<Rank.R4>(SUM_SHAPE), values<Rank.R4>(SUM_SHAPE)];
  const factor = tensor<Rank.R1>([0.7]);
  const bias = values<Rank.R1>([SUM_SHAPE[3]]);
  const { dx, dFactor } = scaledSumGradient(dy, { y: null, factor, x });
  const dBias = channelSums(dy);
  const whole = [...(dFactor === undefined ? [] : [wholeGradient(dFactor, factor)]), wholeGradient(dBias, bias)];
  dispose([x, dy, factor, bias, dFactor ?? [], dBias]);
  return [dx, ...whole];
}
