import {
  add,
  mul,
  relu as rectify,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { addBias } from './bias.ts';
import { CONV } from './conv2d.ts';
import { groupedConv, type Sampling } from './grouped-conv.ts';
import { callKernel, hasKernel } from './kernel.ts';

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
