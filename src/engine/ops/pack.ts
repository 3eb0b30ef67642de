import { backend, type Tensor } from '@tensorflow/tfjs-core';
import { TrainingBackend } from '../kernels/webgpu/backend.ts';
import { callKernel, hasKernel } from './kernel.ts';

export const PACK = 'PackTensors';

/** Whether the backend can lay tensors side by side, where it then changes them in place. */
export function packs(): boolean {
  return hasKernel(PACK);
}

/** The same tensors side by side, so that one dispatch can work on them all; where the backend packs, else copies. */
export function pack(tensors: readonly Tensor[]): readonly Tensor[] {
  if (!packs()) return tensors.map((tensor) => tensor.clone());
  return callKernel<Tensor[]>(PACK, Object.fromEntries(tensors.map((tensor, nth) => [`x${nth}`, tensor])));
}

/** The same side by side where the backend packs, else as they are. */
export function together(tensors: readonly Tensor[]): readonly Tensor[] {
  return packs() ? pack(tensors) : tensors;
}

/** Writes values over those of a tensor that is packed; false where it is not, and nothing was written. */
export function overwrite(tensor: Tensor, values: readonly number[]): boolean {
  const current = backend();
  if (!(current instanceof TrainingBackend)) return false;
  const slice = current.sliceOf(tensor);
  if (slice !== undefined) current.overwrite(slice, Float32Array.from(values));
  return slice !== undefined;
}
