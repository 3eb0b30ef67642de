import { backend, type Tensor } from '@tensorflow/tfjs-core';
import { callKernel, hasKernel } from '../../kernels/registry.ts';
import { TrainingBackend } from '../../kernels/webgpu/backend.ts';

export const PACK = 'PackTensors';

/** Whether the backend can pack tensors into one buffer and then change them in place (our WebGPU backend). */
export function canPack(): boolean {
  return hasKernel(PACK);
}

/** Copies tensors into one buffer, so that one dispatch can work on all; separate copies if the backend cannot pack. */
export function pack(tensors: readonly Tensor[]): readonly Tensor[] {
  if (!canPack()) return tensors.map((tensor) => tensor.clone());
  return callKernel<Tensor[]>(PACK, Object.fromEntries(tensors.map((tensor, nth) => [`x${nth}`, tensor])));
}

/** Packs tensors where the backend can; else returns them unchanged. */
export function packIfSupported(tensors: readonly Tensor[]): readonly Tensor[] {
  return canPack() ? pack(tensors) : tensors;
}

/** Overwrites the values of a packed tensor. Returns false, and writes nothing, if the tensor is not packed. */
export function overwrite(tensor: Tensor, values: readonly number[]): boolean {
  const current = backend();
  if (!(current instanceof TrainingBackend)) return false;
  const slice = current.sliceOf(tensor);
  if (slice !== undefined) current.overwrite(slice, Float32Array.from(values));
  return slice !== undefined;
}
