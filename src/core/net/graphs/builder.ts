import type { DenseNode, FirstWeights, Graph, Node, NormStart, Padding, Shape } from '../node.ts';

/** Options of a convolution. The default is 3x3, stride 1, no bias, and keeps the map's size. */
interface ConvOptions {
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: Padding;
  readonly bias?: boolean;
  readonly groups?: number;
  readonly start?: FirstWeights | undefined;
  /** Initial bias; 0 if left out. */
  readonly biasStart?: number;
}

interface MaxPoolOptions {
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: number;
  /** Whether a last window may reach beyond the edge. */
  readonly ceil?: boolean;
}

/** Number of window positions along a side. Throws an `Error` if the map is smaller than the window. */
function stops(size: number, kernel: number, stride: number, padding: number, round = Math.floor): number {
  const count = round((size + 2 * padding - kernel) / stride) + 1;
  // A window that would begin behind the last pixel is left out.
  const inside = round === Math.ceil && (count - 1) * stride >= size + padding ? count - 1 : count;
  if (inside < 1) throw new Error(`image: a map of ${size} pixels a side is too small for a window of ${kernel}`);
  return inside;
}

/** Builds a graph node by node. Each method returns the node that it added, as the input of the next. */
export class GraphBuilder {
  readonly #nodes: Node[] = [];
  /** Block of the nodes that are added next, counted from 1; 0 outside of blocks. */
  block = 0;

  input(size: number): Node {
    return this.#push({ op: 'input', name: 'input', shape: [size, size, 3], block: 0 });
  }

  conv(
    name: string,
    from: Node,
    channels: number,
    {
      kernel = 3,
      stride = 1,
      padding = Math.floor(kernel / 2),
      bias = false,
      groups = 1,
      start,
      biasStart = 0,
    }: ConvOptions = {},
  ): Node {
    const side = (size: number) =>
      padding === 'same' ? Math.ceil(size / stride) : stops(size, kernel, stride, padding);
    const [height, width, all] = from.shape;
    const shape: Shape = [side(height), side(width), channels];
    const inChannels = all / groups;
    const { block } = this;
    return this.#push({
      ...{ op: 'conv', name, shape, block, input: from.name },
      ...{ kernel, stride, padding, bias, groups, inChannels, ...(start && { start }) },
      ...(biasStart !== 0 && { biasStart }),
    });
  }

  norm(name: string, from: Node, start: NormStart = {}): Node {
    return this.#push({ op: 'norm', name, shape: from.shape, block: this.block, input: from.name, ...start });
  }

  /** A ReLU; `slope` is its slope below zero. */
  relu(name: string, from: Node, slope = 0): Node {
    const { block } = this;
    return this.#push({
      ...{ op: 'relu', name, shape: from.shape, block, input: from.name },
      ...(slope !== 0 && { slope }),
    });
  }

  /** One learned number times a value; `start` is the number at the start. */
  scale(name: string, from: Node, start: number): Node {
    return this.#push({ op: 'scale', name, shape: from.shape, block: this.block, input: from.name, start });
  }

  /** A value that training steps drop as a whole at a probability of `rate`. */
  drop(name: string, from: Node, rate: number): Node {
    return this.#push({ op: 'drop', name, shape: from.shape, block: this.block, input: from.name, rate });
  }

  /** T * branch + (1 - T) * gain * shortcut, T the sigmoid of `transform`. */
  gate(name: string, branch: Node, transform: Node, shortcut: Node): Node {
    const { shape } = branch;
    const inputs = { branch: branch.name, transform: transform.name, shortcut: shortcut.name };
    return this.#push({ op: 'gate', name, shape, block: this.block, ...inputs });
  }

  /** Group normalisation. Throws an `Error` where the groups do not divide the channels. */
  groupNorm(name: string, from: Node, groups: number, start: NormStart = {}): Node {
    const { shape } = from;
    if (shape[2] % groups !== 0) throw new Error(`net: ${groups} groups do not divide ${shape[2]} channels`);
    return this.#push({ op: 'groupnorm', name, shape, block: this.block, input: from.name, groups, ...start });
  }

  pad(name: string, from: Node, channels: number, stride: number): Node {
    const [height, width, inChannels] = from.shape;
    const shape: Shape = [Math.ceil(height / stride), Math.ceil(width / stride), channels];
    return this.#push({ op: 'pad', name, shape, block: this.block, input: from.name, stride, inChannels });
  }

  add(name: string, branch: Node, shortcut: Node): Node {
    const { block } = this;
    return this.#push({ op: 'add', name, shape: branch.shape, block, branch: branch.name, shortcut: shortcut.name });
  }

  /** The sum of values of one shape. */
  sum(name: string, [first, second, ...others]: readonly [Node, Node, ...Node[]]): Node {
    const inputs = [first.name, second.name, ...others.map((node) => node.name)] as const;
    return this.#push({ op: 'sum', name, shape: first.shape, block: this.block, inputs });
  }

  pool(name: string, from: Node): Node {
    return this.#push({ op: 'pool', name, shape: [1, 1, from.shape[2]], block: this.block, input: from.name });
  }

  averagePool(name: string, from: Node, kernel: number): Node {
    const [height, width, channels] = from.shape;
    if (height % kernel !== 0)
      throw new Error(`image: a map of ${height} pixels a side has no whole windows of ${kernel}`);
    const shape: Shape = [height / kernel, width / kernel, channels];
    return this.#push({ op: 'averagepool', name, shape, block: this.block, input: from.name, kernel });
  }

  maxPool(name: string, from: Node, options: MaxPoolOptions = {}): Node {
    const { kernel = 3, stride = 2, padding = 0, ceil = false } = options;
    const side = (size: number) => stops(size, kernel, stride, padding, ceil ? Math.ceil : Math.floor);
    const shape: Shape = [side(from.shape[0]), side(from.shape[1]), from.shape[2]];
    return this.#push({ op: 'maxpool', name, shape, block: this.block, input: from.name, kernel, stride, padding });
  }

  concat(name: string, from: readonly [Node, ...Node[]]): Node {
    const [height, width] = from[0].shape;
    const channels = from.reduce((sum, { shape }) => sum + shape[2], 0);
    const inputs = from.map((node) => node.name);
    return this.#push({ op: 'concat', name, shape: [height, width, channels], block: this.block, inputs });
  }

  lrn(name: string, from: Node): Node {
    return this.#push({ op: 'lrn', name, shape: from.shape, block: this.block, input: from.name });
  }

  dropout(name: string, from: Node, rate: number): Node {
    return this.#push({ op: 'dropout', name, shape: from.shape, block: this.block, input: from.name, rate });
  }

  flatten(name: string, from: Node): Node {
    const [height, width, channels] = from.shape;
    const shape: Shape = [1, 1, height * width * channels];
    return this.#push({ op: 'flatten', name, shape, block: this.block, input: from.name });
  }

  dense(name: string, from: Node, channels: number, start?: DenseNode['start']): Node {
    const inChannels = from.shape[2];
    const { block } = this;
    return this.#push({
      ...{ op: 'dense', name, shape: [1, 1, channels], block, input: from.name, inChannels, ...(start && { start }) },
    });
  }

  get graph(): Graph {
    return { nodes: this.#nodes };
  }

  #push(node: Node): Node {
    this.#nodes.push(node);
    return node;
  }
}

/** Channels of a net of this width where the net of width 64 has `channels`. */
export function scaled(channels: number, width: number): number {
  return Math.max(1, Math.round((channels * width) / 64));
}
