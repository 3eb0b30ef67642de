import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { convFilterGradientKernel, convInputGradientKernel } from './conv.ts';
import { normBackwardKernel, normEvaluateKernel, normForwardKernel } from './norm.ts';
import { sgdKernel } from './sgd.ts';

const KERNELS = [
  convFilterGradientKernel,
  convInputGradientKernel,
  normForwardKernel,
  normEvaluateKernel,
  normBackwardKernel,
  sgdKernel,
];

/** Adds our kernels to tfjs' wasm backend, or puts them in the place of its own. */
export function registerWasmKernels(): void {
  for (const kernel of KERNELS) {
    if (getKernel(kernel.kernelName, kernel.backendName) !== undefined) {
      unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    registerKernel(kernel);
  }
}
