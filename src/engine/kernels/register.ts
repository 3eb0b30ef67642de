import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** Adds our own kernels to tfjs' registry, replacing tfjs' of the same name. */
export function register(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels) {
    if (getKernel(kernel.kernelName, kernel.backendName) !== undefined) {
      unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    registerKernel(kernel);
  }
}
