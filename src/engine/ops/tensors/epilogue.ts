import {
  add,
  getBackend,
  mul,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Padding } from '../../../core/net/node.ts';
import { callKernel, hasKernel } from '../../kernels/registry.ts';
import { concatChannels } from './channels.ts';
import { CONV, groupedConv, groupsOf, type Sampling } from './conv2d.ts';
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

/** The epilogue of a convolution: relu?(y + bias + gain * shortcut), with bias [out] and a scalar gain, each optional. */
export interface ConvEnd extends Rectified {
  readonly bias: Tensor1D | null;
  readonly sum: { readonly shortcut: Tensor4D; readonly gain: Scalar } | null;
}

/** No epilogue. */
const NO_END: ConvEnd = { bias: null, sum: null, relu: false };

function inputsOf(x: Tensor4D, weight: Tensor4D, { bias, sum }: ConvEnd) {
  return { x, weight, bias: bias ?? undefined, shortcut: sum?.shortcut, gain: sum?.gain };
}

function attributesOf({ stride, padding }: Omit<Sampling, 'groups'>, { relu, slope = 0 }: ConvEnd, moments: boolean) {
  return { stride, padding, moments, relu, slope };
}

/** `groupedConv` with its end, in one pass where the backend can. `packedShape` is the filter's shape where it is packed. */
export function finishedConv(
  x: Tensor4D,
  weight: Tensor4D,
  sampling: Sampling,
  end: ConvEnd,
  packedShape: Shape4D | null = null,
): Tensor4D {
  if (!hasKernel(CONV)) return finish(groupedConv(x, weight, sampling), end);
  if (sampling.groups > 1) return finishedGroups(x, weight, sampling, end);
  const attrs = { ...attributesOf(sampling, end, false), ...(packedShape === null ? {} : { packedShape }) };
  const [y] = callKernel<[Tensor4D]>(CONV, inputsOf(x, weight, end), attrs);
  return y;
}

/** A convolution of several groups, each with its end. */
function finishedGroups(x: Tensor4D, weight: Tensor4D, sampling: Sampling, end: ConvEnd): Tensor4D {
  const { groups } = sampling;
  const { bias, sum } = end;
  // A sum that begins with the bias rounds otherwise, and what was trained on wasm is to be the same again.
  if (getBackend() === 'wasm') return finish(groupedConv(x, weight, sampling), end);
  return tidy(() => {
    const biases = bias === null ? [] : groupsOf(groups, bias);
    const shortcuts = sum === null ? [] : groupsOf(groups, sum.shortcut);
    return concatChannels(
      groupsOf(groups, x, weight).map(([part = x, filters = weight], nth) => {
        const [ownBias = null] = biases[nth] ?? [];
        const [shortcut] = shortcuts[nth] ?? [];
        const ownSum = sum === null || shortcut === undefined ? null : { shortcut, gain: sum.gain };
        return finishedConv(part, filters, { ...sampling, groups: 1 }, { ...end, bias: ownBias, sum: ownSum });
      }),
    );
  });
}

/** Output of a convolution before a norm. */
export interface ConvWithMoments {
  readonly y: Tensor4D;
  /** Partial moments of y for `normForward`; null if the backend does not compute them here. */
  readonly moments: Tensor | null;
}

/** A convolution with its end before a norm, which needs the moments of y. */
export function convWithMoments(
  x: Tensor4D,
  weight: Tensor4D,
  stride: number,
  padding: Padding = 'same',
  end: ConvEnd = NO_END,
): ConvWithMoments {
  const sampling = { stride, padding, groups: 1 };
  if (!hasKernel(CONV)) return { y: finishedConv(x, weight, sampling, end), moments: null };
  type Outputs = [Tensor4D, ...Tensor[]];
  const [y, moments] = callKernel<Outputs>(CONV, inputsOf(x, weight, end), attributesOf(sampling, end, true));
  return { y, moments: moments ?? null };
}

/** Applies the epilogue as a composition; takes ownership of y. */
function finish(y: Tensor4D, { bias, sum, ...end }: ConvEnd): Tensor4D {
  if (bias === null && sum === null && !end.relu) return y;
  const finished = tidy(() => {
    const biased: Tensor4D = bias === null ? y : add(y, bias);
    return rectify(sum === null ? biased : add<Tensor4D>(biased, mul(sum.shortcut, sum.gain)), end);
  });
  y.dispose();
  return finished;
}
