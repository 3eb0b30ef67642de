import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** Adds kernels of ours to tfjs' registry, or puts them in the place of its own. */
export function register(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels) {
    if (getKernel(kernel.kernelName, kernel.backendName) !== undefined) {
      unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    registerKernel(kernel);
  }
}
