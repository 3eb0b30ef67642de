import {
  engine,
  getBackend,
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  registerKernel,
  Tensor,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { Padding } from '../../core/net/node.ts';

/** Our own kernels on the wasm backend, by name. */
const ownOnWasm = new Map<string, KernelConfig['kernelFunc']>();

/** Adds our own kernels to tfjs' registry, replacing tfjs' of the same name. */
export function register(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels) {
    if (kernel.backendName === 'wasm') ownOnWasm.set(kernel.kernelName, kernel.kernelFunc);
    if (getKernel(kernel.kernelName, kernel.backendName) !== undefined) {
      unregisterKernel(kernel.kernelName, kernel.backendName);
    }
    registerKernel(kernel);
  }
}

/** Whether the current backend has a kernel of this name. Without our own kernel, an operation is a composition. */
export function hasKernel(name: string): boolean {
  return ownKernel(name) !== undefined || getKernel(name, getBackend()) !== undefined;
}

function ownKernel(name: string): KernelConfig['kernelFunc'] | undefined {
  return getBackend() === 'wasm' ? ownOnWasm.get(name) : undefined;
}

/** Calls a kernel; inputs that are undefined count as left out. */
export function callKernel<Output extends Tensor | Tensor[]>(
  name: string,
  inputs: Readonly<Record<string, Tensor | undefined>>,
  attrs: NamedAttrMap = {},
): Output {
  const own = ownKernel(name);
  if (own !== undefined) return runOwn<Output>(own, inputs, attrs);
  const given: Record<string, Tensor> = {};
  for (const [key, tensor] of Object.entries(inputs)) if (tensor !== undefined) given[key] = tensor;
  return engine().runKernel<Output>(name, given, attrs);
}

/**
 * Calls one of our kernels as tfjs does, without its scope, its profile and its check for leaks, which take as long as
 * small kernels do.
 */
function runOwn<Output extends Tensor | Tensor[]>(
  kernel: KernelConfig['kernelFunc'],
  inputs: Readonly<Record<string, Tensor | undefined>>,
  attrs: NamedAttrMap,
): Output;
function runOwn(
  kernel: KernelConfig['kernelFunc'],
  inputs: Readonly<Record<string, Tensor | undefined>>,
  attrs: NamedAttrMap,
): Tensor | Tensor[] {
  const outputs = kernel({ inputs, attrs, backend: engine().backend });
  return Array.isArray(outputs) ? outputs.map(tensorOf) : tensorOf(outputs);
}

/** The tensor of an output; one that a kernel changed in place is a tensor already. */
function tensorOf(output: TensorInfo): Tensor {
  return output instanceof Tensor ? output : engine().makeTensorFromTensorInfo(output);
}

const inputNames = new Map<string, string[]>();

/** The name of the nth of several inputs, such as "weight3": kept, since a string that is made each time is a slow key. */
export function inputName(name: string, nth: number): string {
  const names = inputNames.get(name) ?? [];
  inputNames.set(name, names);
  while (names.length <= nth) names.push(`${name}${names.length}`);
  return names[nth] ?? '';
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
