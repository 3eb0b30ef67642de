import type { Tensor } from '@tensorflow/tfjs-core';
import { pack, packs } from './ops/pack.ts';
import { TensorMap } from './tensor-map.ts';

/**
 * Where values that each step computes anew lie side by side on the device, so that one dispatch can use them all. A
 * value gets its place after it was computed once: before, nobody knows how many parts it comes in.
 */
export class Places {
  readonly #places = new TensorMap();

  /** The place of this name, if it has one yet. */
  find(name: string): Tensor | undefined {
    return this.#places.find(name);
  }

  /** Moves values that are not in their places to new ones, all of them, for the next step to put its own there. */
  settle(values: TensorMap): void {
    if (!packs()) return;
    const entries = [...values.entries()];
    if (entries.every(([name, { dataId }]) => this.#places.find(name)?.dataId === dataId)) return;
    const packed = pack(entries.map(([, tensor]) => tensor));
    entries.forEach(([name], nth) => {
      const place = packed[nth];
      if (place === undefined) return;
      values.set(name, place);
      this.#places.set(name, place.clone());
    });
  }

  dispose(): void {
    this.#places.dispose();
  }
}
