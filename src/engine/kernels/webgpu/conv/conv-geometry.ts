import { backend_util } from '@tensorflow/tfjs-core';
import { type Padding, sizeOf } from '../../../../core/net/node.ts';
import { shape4D } from '../../registry.ts';

/** Sizes of a convolution: batch, heights, widths, channels, kernel, stride and padding. */
export interface ConvGeometry {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly from: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly to: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly stride: number;
  /** Rows and columns of zero padding before the first. */
  readonly top: number;
  readonly left: number;
}

/** The geometry of convolving x [N, H, W, in] with a filter [KH, KW, in, out]. */
export function convGeometry(
  x: readonly number[],
  filter: readonly number[],
  stride: number,
  padding: Padding,
): ConvGeometry {
  const info = backend_util.computeConv2DInfo(shape4D(x), shape4D(filter), stride, 1, padding, 'floor');
  return {
    batch: info.batchSize,
    height: info.inHeight,
    width: info.inWidth,
    from: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    to: info.outChannels,
    kernelHeight: info.filterHeight,
    kernelWidth: info.filterWidth,
    stride,
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
}

/** Neighbouring pixels of a row that one thread computes, at most `most`: it reads each filter value once for all. */
export function pixelsPerThread(width: number, most: number): number {
  return [8, 4, 2].find((pixels) => pixels <= most && width % pixels === 0) ?? 1;
}

/** The number of pixels N * H * W of a shape [N, H, W, C]. */
export function pixelsOf(shape: readonly number[]): number {
  return sizeOf(shape.slice(0, 3));
}
