import { add, mul, type Scalar, type Tensor, type Tensor1D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { callKernel, hasKernel } from '../../kernels/registry.ts';
import { CONV, groupedConv, type Sampling } from './conv2d.ts';
import { type Rectified, rectify } from './scaled-sum.ts';

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
export interface ConvEnd extends Rectified {
  readonly bias: Tensor1D;
  readonly sum: { readonly shortcut: Tensor4D; readonly gain: Scalar } | null;
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
  const attrs = {
    stride,
    padding,
    moments: false,
    relu: end.relu,
    slope: end.slope ?? 0,
    ...(packedShape === null ? {} : { packedShape }),
  };
  const [y] = callKernel<[Tensor4D]>(CONV, inputs, attrs);
  return y;
}

/** Applies the epilogue as a composition; takes ownership of y. */
function finish(y: Tensor4D, { bias, sum, ...end }: ConvEnd): Tensor4D {
  const finished = tidy(() => {
    const biased: Tensor4D = add(y, bias);
    return rectify(sum === null ? biased : add<Tensor4D>(biased, mul(sum.shortcut, sum.gain)), end);
  });
  y.dispose();
  return finished;
}
