import type { Tensor } from '@tensorflow/tfjs-core';
import { canPack, pack } from '../ops/tensors/pack.ts';
import { TensorMap } from './tensor-map.ts';

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
    const packed = pack(entries.map(([, tensor]) => tensor));
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
