import type { KernelConfig } from '@tensorflow/tfjs-core';
import { convFilterGradientKernel } from './conv.ts';
import { normBackwardKernel, normEvaluateKernel, normForwardKernel } from './norm.ts';
import { sgdKernel } from './sgd.ts';

/** What we add to tfjs' webgpu backend, or do in its stead. */
export const WEBGPU_KERNELS: readonly KernelConfig[] = [
  convFilterGradientKernel,
  normForwardKernel,
  normEvaluateKernel,
  normBackwardKernel,
  sgdKernel,
];
