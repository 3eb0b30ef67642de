import type { TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/net/node.ts';
import { PACK } from '../../ops/tensors/pack.ts';
import { required } from '../registry.ts';
import type { TrainingBackend } from './backend.ts';
import type { Slice } from './recording/buffers.ts';
import { createBuffer } from './recording/buffers.ts';
import { webGpuKernel } from './shader.ts';

/** Alignment of a storage buffer binding's offset, in bytes, that every device allows. */
const ALIGNMENT = 256;

/** See ops/tensors/pack.ts, pack: the inputs x0, x1, ... are copied, but for those that already lie side by side. */
export const webgpuPackKernel = webGpuKernel(PACK, (backend, inputs) => {
  const tensors = Object.keys(inputs).map((name) => required(inputs, name));
  return packed(backend, tensors) === null ? copies(backend, tensors) : tensors.map((each) => backend.retain(each));
});

/** The slices of tensors that all lie in one buffer, in order; null where they do not. */
export function packed(backend: TrainingBackend, tensors: readonly TensorInfo[]): readonly Slice[] | null {
  const slices = tensors.flatMap((tensor) => backend.sliceOf(tensor) ?? []);
  const areTogether = slices.length === tensors.length && slices.every(({ buffer }) => buffer === slices[0]?.buffer);
  return areTogether ? slices : null;
}

function copies(backend: TrainingBackend, tensors: readonly TensorInfo[]): TensorInfo[] {
  let end = 0;
  const places = tensors.map(({ shape }) => {
    const place = { offset: end, size: 4 * sizeOf(shape) };
    end += Math.ceil(place.size / ALIGNMENT) * ALIGNMENT;
    return place;
  });
  const buffer = createBuffer(backend.device, end);
  return tensors.map((tensor, index) => {
    const { offset, size } = places[index]!;
    const slice = { buffer, offset, size };
    backend.copy(backend.locate(tensor), slice);
    return backend.makeSlice(tensor.shape, tensor.dtype, slice);
  });
}
