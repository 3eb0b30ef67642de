import { concat, reshape, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';

interface Waiting {
  readonly tensor: Tensor;
  readonly take: (values: Float32Array) => void;
}

/**
 * Small results on their way from the device. They wait there until many can be read at once: one read costs
 * milliseconds however little it brings.
 */
export class Readback {
  #waiting: Waiting[] = [];

  /** Takes over a float32 tensor; its values come to `take` with a later `flush`. */
  add(tensor: Tensor, take: Waiting['take']): void {
    this.#waiting.push({ tensor, take });
  }

  /** Reads everything that waits, in the order in which it was added. */
  async flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 0) return;
    const flat: Tensor1D[] = waiting.map(({ tensor }) => reshape(tensor, [tensor.size]));
    const all = concat(flat);
    for (const part of flat) part.dispose();
    for (const { tensor } of waiting) tensor.dispose();
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
