import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { TrainingBackend } from './backend.ts';

/** An output of this shape: in the place that was given for it, where that has the shape, else a new one. */
export function outputIn(
  backend: TrainingBackend,
  place: TensorInfo | undefined,
  shape: readonly number[],
): TensorInfo {
  const fits =
    place !== undefined && place.shape.length === shape.length && place.shape.every((side, at) => side === shape[at]);
  return fits ? backend.again(place) : backend.make(shape);
}
