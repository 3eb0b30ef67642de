import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Labels } from '../ops/tensors/loss.ts';

/** Images [N, size, size, 3] and their labels, on the device. */
export interface DeviceBatch {
  readonly images: Tensor4D;
  readonly labels: Labels;
  /** The training step that uses it, which seeds dropout; missing for evaluation. */
  readonly step?: number;
}
