import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { getKernel, type KernelConfig, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Inputs } from '../inputs.ts';

/** What a wasm kernel of ours works with: tensors on the heap, and the backend's own kernels. */
export interface Heap {
  /** A new tensor; its values are whatever lay there. It may move the heap: ask for `floats` afterwards. */
  make(shape: readonly number[]): TensorInfo;
  /** A tensor's values, where they are. Valid until the next `make` or `call`. */
  floats(tensor: TensorInfo): Float32Array;
  /** Runs one of the backend's kernels that has a single output. */
  call(kernelName: string, inputs: Record<string, TensorInfo>, attrs: NamedAttrMap): TensorInfo;
  free(...tensors: readonly TensorInfo[]): void;
}

function heapOf(backend: unknown): Heap {
  if (!(backend instanceof BackendWasm)) throw new Error('kernel: the backend is not wasm');
  return {
    make: (shape) => backend.makeOutput([...shape], 'float32'),
    floats: (tensor) => {
      const view = backend.typedArrayFromHeap(tensor);
      if (!(view instanceof Float32Array)) throw new Error(`kernel: dtype must be float32, not ${tensor.dtype}`);
      return view;
    },
    call: (kernelName, inputs, attrs) => {
      const output = getKernel(kernelName, 'wasm').kernelFunc({ inputs, attrs, backend });
      if (Array.isArray(output)) throw new Error(`kernel: ${kernelName} has several outputs`);
      return output;
    },
    free: (...tensors) => {
      for (const tensor of tensors) backend.disposeData(tensor.dataId);
    },
  };
}

/** A kernel for the wasm backend, as tfjs' registry takes it. */
export function wasmKernel(
  kernelName: string,
  run: (heap: Heap, inputs: Inputs, attrs: NamedAttrMap) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => run(heapOf(backend), inputs, attrs ?? {}),
  };
}
