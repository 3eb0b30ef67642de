import { concat, slice, split, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Padding } from '../../../core/net/node.ts';
import { conv, convFilterGradient, convInputGradient } from './conv2d.ts';
import { wholeGradient } from './parts.ts';

/** Stride, padding and groups of a convolution. */
export interface Sampling {
  readonly stride: number;
  readonly padding: Padding;
  readonly groups: number;
}

const CHANNELS = 3;

/**
 * Convolution in groups: the first filters see the first channels, and so on. x [N, H, W, in], weight
 * [height, width, in / groups, out].
 */
export function groupedConv(x: Tensor4D, weight: Tensor4D, { stride, padding, groups }: Sampling): Tensor4D {
  if (groups === 1) return conv(x, weight, stride, padding);
  return tidy(() => {
    const parts = split<Tensor4D>(x, groups, CHANNELS);
    return concat(
      parts.map((part, nth) => conv(part, filtersOf(weight, nth, groups), stride, padding)),
      CHANNELS,
    );
  });
}

/** The gradient of `groupedConv` with respect to x. */
export function groupedInputGradient(
  dy: Tensor4D,
  weight: Tensor4D,
  { stride, padding, groups }: Sampling,
  inputShape: Tensor4D['shape'],
): Tensor4D {
  if (groups === 1) return convInputGradient(dy, weight, stride, inputShape, undefined, padding);
  const [batch, height, width, channels] = inputShape;
  const shape: Tensor4D['shape'] = [batch, height, width, channels / groups];
  return tidy(() => {
    const parts = split<Tensor4D>(dy, groups, CHANNELS);
    return concat(
      parts.map((part, nth) => {
        return convInputGradient(part, filtersOf(weight, nth, groups), stride, shape, undefined, padding);
      }),
      CHANNELS,
    );
  });
}

/** The gradient of `groupedConv` with respect to its weight, whole or partial [parts, ...shape]. */
export function groupedFilterGradient(
  x: Tensor4D,
  dy: Tensor4D,
  weight: Tensor4D,
  { stride, padding, groups }: Sampling,
  place?: Tensor,
): Tensor {
  if (groups === 1) return convFilterGradient(x, dy, stride, weight.shape, place, padding);
  return tidy(() => {
    const dys = split<Tensor4D>(dy, groups, CHANNELS);
    const parts = split<Tensor4D>(x, groups, CHANNELS).map((part, nth) => {
      const filters = filtersOf(weight, nth, groups);
      const own = convFilterGradient(part, dys[nth] ?? dy, stride, filters.shape, undefined, padding);
      return wholeGradient(own, filters);
    });
    return concat(parts, CHANNELS);
  });
}

function filtersOf(weight: Tensor4D, group: number, groups: number): Tensor4D {
  const [height, width, from, to] = weight.shape;
  return slice(weight, [0, 0, 0, (group * to) / groups], [height, width, from, to / groups]);
}
