import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { TrainingBackend } from '../backend.ts';

/** An output tensor of this shape: `place` if that has the shape, else a newly allocated one. */
export function outputIn(
  backend: TrainingBackend,
  place: TensorInfo | undefined,
  shape: readonly number[],
): TensorInfo {
  const fits =
    place !== undefined && place.shape.length === shape.length && place.shape.every((side, at) => side === shape[at]);
  return fits ? backend.again(place) : backend.make(shape);
}
