import type { Tensor } from '@tensorflow/tfjs-core';
import { Readback } from './readback.ts';

/** Numbers read at once: 16 MB, which every device can bind. */
const GROUP = 4 * 2 ** 20;

/**
 * The values of float32 tensors as they are at the call. They are copied on the device before this returns its promise,
 * so that they may be changed or disposed of while they are read.
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
