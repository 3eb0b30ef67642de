import { nodeParameters, type Parameter } from '../../../core/net/operation-facts.ts';
import { LESION_KINDS, type Lesion, type LesionKind } from '../../../core/results/lesion.ts';
import { Random } from '../../../data/batches/random.ts';
import type { Subject } from '../subject.ts';

/** A block's parameters, including its projection, by their names within the block ("conv1.weight"). */
export function blockParameters({ graph }: Pick<Subject, 'graph'>, block: number): ReadonlyMap<string, Parameter> {
  const own = graph.nodes.filter((node) => node.block === block).flatMap(nodeParameters);
  return new Map(own.map((parameter) => [withinBlock(parameter.name), parameter]));
}

/** Full names of a block's norms, by their names within the block. */
export function blockNorms({ graph }: Pick<Subject, 'graph'>, block: number): ReadonlyMap<string, string> {
  const own = graph.nodes.filter((node) => node.block === block && node.op === 'norm');
  return new Map(own.map(({ name }) => [withinBlock(name), name]));
}

/** "stage1.block2.conv1.weight" is "conv1.weight" within its block. */
function withinBlock(name: string): string {
  return name.split('.').slice(2).join('.');
}

/**
 * Text by block that is the same for two blocks if they can be swapped: same strides, and parameters of the same names and
 * shapes. A net may have 600 blocks, which are 180,000 pairs: each block is looked at once.
 */
function blockShapes({ graph }: Pick<Subject, 'graph'>): ReadonlyMap<number, string> {
  const shapes = new Map<number, string>();
  for (const node of graph.nodes) {
    const parameters = nodeParameters(node).map(({ name, shape }) => [withinBlock(name), shape]);
    const own = JSON.stringify([node.op, node.shape, parameters]);
    shapes.set(node.block, (shapes.get(node.block) ?? '') + own);
  }
  return shapes;
}

/** Every lesion of a kind that the net allows, in the order of its blocks. A shortcut of gain 0 cannot be cut. */
export function lesionsOf(subject: Subject, kind: LesionKind): readonly Lesion[] {
  const { gains } = subject.weights;
  const blocks = gains.map((_, index) => index + 1);
  switch (kind) {
    case 'branch':
    case 'reset':
      return blocks.map((block) => ({ kind, block }));
    case 'shortcut':
      return blocks.filter((block) => gains[block - 1] !== 0).map((block) => ({ kind, block }));
    case 'swap': {
      const shapes = blockShapes(subject);
      return blocks.flatMap((block) => {
        const other = blocks.find((each) => each > block && shapes.get(block) === shapes.get(each));
        return other === undefined ? [] : [{ kind, block, other }];
      });
    }
    default:
      return kind satisfies never;
  }
}

/** Throws if a lesion does not apply to the net: no such block, or blocks of different shapes. */
export function checkLesion(subject: Subject, lesion: Lesion): void {
  const count = subject.weights.gains.length;
  const blocks = lesion.kind === 'swap' ? [lesion.block, lesion.other] : [lesion.block];
  for (const block of blocks) {
    if (!Number.isInteger(block) || block < 1 || block > count) {
      throw new Error(`lesion: block ${block} is not one of 1 to ${count}`);
    }
  }
  if (!LESION_KINDS.includes(lesion.kind)) throw new Error(`lesion: ${lesion.kind} is not one of ${LESION_KINDS}`);
  if (lesion.kind === 'swap') {
    const shapes = blockShapes(subject);
    if (shapes.get(lesion.block) !== shapes.get(lesion.other)) {
      throw new Error(`lesion: blocks ${lesion.block} and ${lesion.other} have different shapes and cannot be swapped`);
    }
  }
}

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
  const shapes = blockShapes(subject);
  return blocks.flatMap((block) =>
    blocks
      .filter((other) => other > block && shapes.get(block) === shapes.get(other))
      .map((other) => ({ kind: 'swap', block, other }) as const),
  );
}
