import {
  engine,
  getBackend,
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  registerKernel,
  type Tensor,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { Padding } from '../../core/net/node.ts';

/** Adds our own kernels to tfjs' registry, replacing tfjs' of the same name. */
export function register(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels) {
    if (getKernel(kernel.kernelName, kernel.backendName) !== undefined) {
      unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    registerKernel(kernel);
  }
}

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

/** The inputs of a kernel, by name. */
export type Inputs = Readonly<Record<string, TensorInfo | undefined>>;

/** The input of this name. Throws if it is missing. */
export function required(inputs: Inputs, name: string): TensorInfo {
  const tensor = inputs[name];
  if (tensor === undefined) throw new Error(`kernel: no input ${name}`);
  return tensor;
}

/** The attribute of this name as a number. */
export function numeric(attrs: NamedAttrMap, name: string): number {
  return Number(attrs[name]);
}

/** A convolution's `padding` attribute. Throws if it is invalid. */
export function paddingOf({ padding }: NamedAttrMap): Padding {
  return typeof padding === 'number' ? padding : 'same';
}

/** [N, H, W, C] of images, or [height, width, in, out] of a filter. */
export type Shape4D = [number, number, number, number];

/** Narrows an attribute to a shape of rank 4. Throws if it is none. */
export function shape4D(value: unknown): Shape4D {
  if (!Array.isArray(value) || value.length !== 4) throw new Error(`kernel: shape ${String(value)} has not four sides`);
  return [Number(value[0]), Number(value[1]), Number(value[2]), Number(value[3])];
}
