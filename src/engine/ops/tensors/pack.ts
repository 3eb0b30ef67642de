import { backend, type Tensor } from '@tensorflow/tfjs-core';
import { callKernel, hasKernel } from '../../kernels/registry.ts';
import { TrainingBackend } from '../../kernels/webgpu/backend.ts';
import { TensorMap } from '../../weights/tensor-map.ts';

/** Name of the kernel in tfjs' registry. */
export const PACK = 'PackTensors';

/** Whether the backend can pack tensors into one buffer and then change them in place (our WebGPU backend). */
export function canPack(): boolean {
  return hasKernel(PACK);
}

/** Copies tensors into one buffer, so that one dispatch can work on all; separate copies if the backend cannot pack. */
export function packTensors(tensors: readonly Tensor[]): readonly Tensor[] {
  if (!canPack()) return tensors.map((tensor) => tensor.clone());
  return callKernel<Tensor[]>(PACK, Object.fromEntries(tensors.map((tensor, nth) => [`x${nth}`, tensor])));
}

/** Packs tensors where the backend can; else returns them unchanged. */
export function packIfSupported(tensors: readonly Tensor[]): readonly Tensor[] {
  return canPack() ? packTensors(tensors) : tensors;
}

/** Overwrites the values of a packed tensor. Returns false, and writes nothing, if the tensor is not packed. */
export function overwrite(tensor: Tensor, values: readonly number[]): boolean {
  const current = backend();
  if (!(current instanceof TrainingBackend)) return false;
  const slice = current.sliceOf(tensor);
  if (slice !== undefined) current.overwrite(slice, Float32Array.from(values));
  return slice !== undefined;
}

/**
 * Packed buffers for the values that each step computes (gradients, batch statistics), so that one dispatch can read
 * them all. A value gets its place after its first computation, since its number of parts is unknown before.
 */
export class PackedBuffers {
  readonly #buffers = new TensorMap();

  /** The tensor into which the next step writes the value of this name, if it has one yet. */
  find(name: string): Tensor | undefined {
    return this.#buffers.find(name);
  }

  /** If any value lies outside its place, packs all of them into new places, which the next step writes to. */
  ensurePacked(values: TensorMap): void {
    if (!canPack()) return;
    const entries = [...values.entries()];
    if (entries.every(([name, { dataId }]) => this.#buffers.find(name)?.dataId === dataId)) return;
    const packed = packTensors(entries.map(([, tensor]) => tensor));
    entries.forEach(([name], nth) => {
      const place = packed[nth];
      if (place === undefined) return;
      values.set(name, place);
      this.#buffers.set(name, place.clone());
    });
  }

  dispose(): void {
    this.#buffers.dispose();
  }
}
