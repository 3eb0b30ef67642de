import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Labels } from './ops/loss.ts';

/** Images [N, size, size, 3] and their right answers, on the device. */
export interface DeviceBatch {
  readonly images: Tensor4D;
  readonly labels: Labels;
  /** Which step's it is, where it is trained on: what is dropped follows from it. */
  readonly step?: number;
}
