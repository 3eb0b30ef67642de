import type { Lesion, LesionKind } from '../../../core/results/lesion.ts';
import { Random } from '../../../data/batches/random.ts';
import type { Subject } from '../subject.ts';
import { areAlike, lesionsOf } from './blocks.ts';

/** Draws random lesions of one kind, `count` at a time, each block at most once; a swap takes any two alike blocks. */
export class LesionChooser {
  readonly #pool: readonly Lesion[];
  readonly #kind: LesionKind;
  readonly #random: Random;

  constructor(subject: Subject, kind: LesionKind, seed: number) {
    this.#kind = kind;
    this.#random = new Random(`lesions/${kind}/${seed}`);
    this.#pool = kind === 'swap' ? pairs(subject) : lesionsOf(subject, kind);
  }

  /** The largest number of lesions at once, at most `wanted`. */
  most(wanted: number): number {
    if (this.#pool.length === 0) return 0;
    return this.#kind === 'swap' ? wanted : Math.min(wanted, this.#pool.length);
  }

  choose(count: number): readonly Lesion[] {
    const rest = [...this.#pool];
    const chosen: Lesion[] = [];
    while (chosen.length < count && rest.length > 0) {
      const at = this.#random.below(rest.length);
      const found = this.#kind === 'swap' ? rest.slice(at, at + 1) : rest.splice(at, 1);
      chosen.push(...found);
    }
    return chosen;
  }
}

function pairs(subject: Subject): readonly Lesion[] {
  const blocks = subject.weights.gains.map((_, index) => index + 1);
  return blocks.flatMap((block) =>
    blocks
      .filter((other) => other > block && areAlike(subject, block, other))
      .map((other) => ({ kind: 'swap', block, other }) as const),
  );
}
