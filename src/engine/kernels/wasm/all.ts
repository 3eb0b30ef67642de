import type { KernelConfig } from '@tensorflow/tfjs-core';
import { convFilterGradientKernel, convInputGradientKernel, convKernel } from './conv.ts';
import { normBackwardKernel, normEvaluateKernel, normForwardKernel } from './norm.ts';
import { sgdKernel } from './sgd.ts';

/** What we add to tfjs' wasm backend, or do in its stead. */
export const WASM_KERNELS: readonly KernelConfig[] = [
  convKernel,
  convFilterGradientKernel,
  convInputGradientKernel,
  normForwardKernel,
  normEvaluateKernel,
  normBackwardKernel,
  sgdKernel,
];
