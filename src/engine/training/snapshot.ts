import type { Tensor } from '@tensorflow/tfjs-core';
import { Readback } from '../weights/readback.ts';

/** Numbers per read: 16 MB, which every device can bind. */
const GROUP = 4 * 2 ** 20;

/**
 * Reads the values of float32 tensors at the time of the call, by name. They are copied on the device before this
 * returns its promise, so the tensors may be changed or disposed of meanwhile.
 */
export async function readValues(
  tensors: readonly (readonly [string, Tensor])[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  const readbacks: Readback[] = [];
  let room = 0;
  for (const [name, tensor] of tensors) {
    if (tensor.size > room) {
      readbacks.push(new Readback());
      room = GROUP;
    }
    readbacks.at(-1)?.add(tensor.clone(), (read) => values.set(name, read));
    room -= tensor.size;
  }
  await Promise.all(readbacks.map((readback) => readback.flush()));
  return values;
}
