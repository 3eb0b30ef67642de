import { engine, getBackend, getKernel, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';

/** Whether the current backend has a kernel of this name. Without our own kernel, an operation is a composition. */
export function hasKernel(name: string): boolean {
  return getKernel(name, getBackend()) !== undefined;
}

/** Calls a kernel; inputs that are undefined are left out. */
export function callKernel<Output extends Tensor | Tensor[]>(
  name: string,
  inputs: Readonly<Record<string, Tensor | null | undefined>>,
  attrs: NamedAttrMap = {},
): Output {
  const given: Record<string, Tensor> = {};
  for (const [key, tensor] of Object.entries(inputs)) if (tensor) given[key] = tensor;
  return engine().runKernel<Output>(name, given, attrs);
}
