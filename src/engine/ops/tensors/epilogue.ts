import {
  add,
  mul,
  relu as rectify,
  type Scalar,
  step,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { callKernel, hasKernel } from '../../kernels/registry.ts';
import { CONV, groupedConv, type Sampling } from './conv2d.ts';

/** Name of the kernel in tfjs' registry. */
export const PACK_FILTER = 'PackFilter';

type Shape4D = Tensor4D['shape'];

/** Whether the backend reads filters faster in a packed order. */
export function packsFilters(): boolean {
  return hasKernel(PACK_FILTER);
}

/** Packs a filter [height, width, in, out] into the backend's own order, for nets that are only run. */
export function packFilter(weight: Tensor): Tensor {
  return callKernel(PACK_FILTER, { weight });
}

/** The epilogue of a convolution: relu?(y + bias + gain * shortcut), with bias [out] and a scalar gain. */
export interface ConvEnd {
  readonly bias: Tensor1D;
  readonly sum: { readonly shortcut: Tensor4D; readonly gain: Scalar } | null;
  readonly relu: boolean;
}

/** `groupedConv` with its end, in one pass where the backend can. `packedShape` is the filter's shape where it is packed. */
export function finishedConv(
  x: Tensor4D,
  weight: Tensor4D,
  sampling: Sampling,
  end: ConvEnd,
  packedShape: Shape4D | null = null,
): Tensor4D {
  if (!hasKernel(CONV) || sampling.groups > 1) return finish(groupedConv(x, weight, sampling), end);
  const { stride, padding } = sampling;
  const inputs = { x, weight, bias: end.bias, shortcut: end.sum?.shortcut, gain: end.sum?.gain };
  const attrs = { stride, padding, moments: false, relu: end.relu, ...(packedShape === null ? {} : { packedShape }) };
  const [y] = callKernel<[Tensor4D]>(CONV, inputs, attrs);
  return y;
}

/** Applies the epilogue as a composition; takes ownership of y. */
function finish(y: Tensor4D, { bias, sum, relu }: ConvEnd): Tensor4D {
  const finished = tidy(() => {
    if (sum === null) return addBias(y, bias, relu);
    const total: Tensor4D = add(add(y, bias), mul(sum.shortcut, sum.gain));
    return relu ? rectify(total) : total;
  });
  y.dispose();
  return finished;
}

/** x + bias, the bias [C] along the last axis, with a ReLU if `relu` is true. */
export function addBias<T extends Tensor>(x: T, bias: Tensor1D, relu: boolean): T {
  return tidy(() => {
    const sum = add<T>(x, bias);
    return relu ? rectify<T>(sum) : sum;
  });
}

/** The gradient with respect to a ReLU's input; y is its output. */
export function reluGradient<T extends Tensor>(dy: T, y: Tensor): T {
  return tidy(() => mul<T>(dy, step(y)));
}

/** The gradient of a bias [C]: the sum of dy over all other axes. */
export function biasGradient(dy: Tensor): Tensor1D {
  return sum(
    dy,
    Array.from({ length: dy.rank - 1 }, (_, side) => side),
  );
}
