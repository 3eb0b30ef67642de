import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Program } from '../graph/compile.ts';
import { operationOf } from '../ops/operations.ts';
import { overwrite, packTensors } from '../ops/tensors/pack.ts';
import { TensorMap, type TensorSource } from '../weights/tensor-map.ts';

/**
 * What is drawn at random before each training step: which branches and numbers it drops. The numbers depend on the seed,
 * the node's name and the step alone, so twins drop the same. They lie in tensors that a recorded step reads.
 */
export class Draws {
  readonly #program: Program;
  readonly #seed: number;
  readonly #tensors = new TensorMap();

  constructor(program: Program, seed: number) {
    this.#program = program;
    this.#seed = seed;
  }

  /** The drawn tensors, by the output of the instruction that reads them. */
  get tensors(): TensorSource {
    return this.#tensors;
  }

  get all(): readonly Tensor[] {
    return [...this.#tensors.entries()].map(([, drawn]) => drawn);
  }

  /** Draws for this step. On a backend that packs, the tensors stay the same. */
  draw(step: number): void {
    for (const instruction of this.#program.instructions) {
      const drawn = operationOf(instruction).draw?.(instruction, `${this.#seed}/${instruction.output}/${step}`);
      if (drawn === undefined) continue;
      const place = this.#tensors.find(instruction.output);
      if (place !== undefined && overwrite(place, drawn.values)) continue;
      const made = tensor([...drawn.values], [...drawn.shape]);
      for (const each of packTensors([made])) this.#tensors.set(instruction.output, each);
      made.dispose();
    }
  }

  dispose(): void {
    this.#tensors.dispose();
  }
}
