import { concat, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { disposeOnError } from './dispose-on-error.ts';

interface Waiting {
  readonly tensor: Tensor;
  readonly take: (values: Float32Array) => void;
}

/**
 * Batches reads of small results from the device: a read takes milliseconds whatever its size, so they are queued and
 * read together.
 */
export class Readback {
  #waiting: Waiting[] = [];

  /** Queues a float32 tensor and takes ownership; the next `flush` calls `take` with its values. */
  add(tensor: Tensor, take: Waiting['take']): void {
    this.#waiting.push({ tensor, take });
  }

  /** Reads all queued tensors and delivers their values in the order in which they were added. */
  async flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    let all: Tensor;
    try {
      all = tidy(() => concat(waiting.map(({ tensor }) => reshape(tensor, [tensor.size]))));
    } finally {
      for (const { tensor } of waiting) tensor.dispose();
    }
    const values = Float32Array.from(await all.data().finally(() => all.dispose()));
    let at = 0;
    for (const { tensor, take } of waiting) {
      take(values.subarray(at, at + tensor.size));
      at += tensor.size;
    }
  }

  dispose(): void {
    for (const { tensor } of this.#waiting) tensor.dispose();
    this.#waiting = [];
  }
}

/** Numbers per read: 16 MB, which every device can bind. */
const GROUP = 4 * 2 ** 20;

/**
 * Reads the values of float32 tensors at the time of the call, by name. They are copied on the device before this
 * returns its promise, so the tensors may be changed or disposed of meanwhile.
 */
export async function readTensors(
  tensors: readonly (readonly [string, Tensor])[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const values = new Map<string, Float32Array>();
  const readbacks: Readback[] = [];
  let room = 0;
  disposeOnError(() => {
    for (const [name, tensor] of tensors) {
      if (tensor.size > room) {
        readbacks.push(new Readback());
        room = GROUP;
      }
      readbacks.at(-1)?.add(tensor.clone(), (read) => values.set(name, read));
      room -= tensor.size;
    }
  });
  await Promise.all(readbacks.map((readback) => readback.flush()));
  return values;
}
