import { backend, dispose, type Rank, type Tensor, type Tensor4D, tensor, zeros } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';
import { TrainingBackend } from '../../engine/kernels/webgpu/backend.ts';
import { HARDWARE, SOFTWARE } from '../../engine/kernels/webgpu/tuning.ts';
import { normBackward, normForward } from '../../engine/ops/norm.ts';
import { convFilterGradient, convInputGradient } from '../../engine/ops/tensors/conv2d.ts';
import { convWithMoments } from '../../engine/ops/tensors/epilogue.ts';
import { packTensors } from '../../engine/ops/tensors/pack.ts';
import { sgdUpdate, wholeGradient } from '../../engine/ops/tensors/updates.ts';
import { type Check, largestDifference } from './check.ts';

/** One with more pixels than the rows of a workgroup, one with channels that cannot be read together; and strides. */
const SHAPES = [
  { shape: [5, 16, 16, 4], stride: 1 },
  { shape: [3, 7, 7, 5], stride: 2 },
] as const;

/** Shaders for a GPU share memory between threads, those for an adapter in software do not: both must say the same. */
export async function checkTunings(): Promise<readonly Check[]> {
  const current = backend();
  if (!(current instanceof TrainingBackend)) return [];
  const own = current.tuning;
  const checks: Check[] = [];
  for (const {
    shape: [...shape],
    stride,
  } of SHAPES) {
    const results: (readonly Tensor[])[] = [];
    for (const tuning of [HARDWARE, SOFTWARE]) {
      current.tuning = tuning;
      results.push([...normAfterConv(shape), ...updateAfterConv(shape, stride)]);
    }
    current.tuning = own;
    const [hardware = [], software = []] = results;
    for (const [nth, tensor] of hardware.entries()) {
      const others = (await software[nth]?.data()) ?? [];
      const difference = largestDifference(await tensor.data(), others);
      checks.push({ what: `tunings, ${shape.join('x')}: result ${nth}`, difference, tolerance: 1e-5 });
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
function updateAfterConv(shape: Tensor4D['shape'], stride: number): readonly Tensor[] {
  const [batch, height, width, channels] = shape;
  const values = valuesFrom(`update ${shape.join('x')}`);
  const filterShape: Tensor4D['shape'] = [3, 3, channels, 2 * channels];
  const sides = [Math.ceil(height / stride), Math.ceil(width / stride)] as const;
  const [x, addend] = [values<Rank.R4>(shape), values<Rank.R4>(shape)];
  const dy = values<Rank.R4>([batch, ...sides, 2 * channels]);
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
