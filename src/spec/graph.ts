import { blockCount, EXPANSION, type NetSpec, STAGES } from './net.ts';

/** Height, width, channels of one image's activation. */
export type Shape = readonly [height: number, width: number, channels: number];

interface NodeOf<Op extends string> {
  readonly op: Op;
  readonly name: string;
  readonly shape: Shape;
  /** Which block the node belongs to, counted from 1; 0 for the stem and the head. */
  readonly block: number;
}

export interface InputNode extends NodeOf<'input'> {}
/** Convolution without a bias, padded so that the output is ceil(size / stride). */
export interface ConvNode extends NodeOf<'conv'> {
  readonly input: string;
  readonly kernel: number;
  readonly stride: number;
  readonly inChannels: number;
}
/** Batch normalisation over batch, height and width, with a learned scale and shift. */
export interface NormNode extends NodeOf<'norm'> {
  readonly input: string;
}
export interface ReluNode extends NodeOf<'relu'> {
  readonly input: string;
}
/** Option A where the shape changes: every `stride`-th pixel, and zeros in the new channels. */
export interface PadNode extends NodeOf<'pad'> {
  readonly input: string;
  readonly stride: number;
  readonly inChannels: number;
}
/** branch + gain * shortcut. */
export interface AddNode extends NodeOf<'add'> {
  readonly branch: string;
  readonly shortcut: string;
}
/** Mean over height and width. */
export interface PoolNode extends NodeOf<'pool'> {
  readonly input: string;
}
export interface DenseNode extends NodeOf<'dense'> {
  readonly input: string;
  readonly inChannels: number;
}

export type Node = InputNode | ConvNode | NormNode | ReluNode | PadNode | AddNode | PoolNode | DenseNode;

export interface Graph {
  /** In an order in which every node comes after its inputs. The last one gives the logits. */
  readonly nodes: readonly Node[];
}

/** The net as a flat list of named nodes, for square RGB images of `size` pixels. */
export function buildGraph(net: NetSpec, size: number, classes: number): Graph {
  const nodes: Node[] = [{ op: 'input', name: 'input', shape: [size, size, 3], block: 0 }];
  let last: Node = nodes[0] as InputNode;
  let block = 0;

  const push = <N extends Node>(node: N): N => {
    nodes.push(node);
    return node;
  };
  const conv = (name: string, from: Node, channels: number, kernel: number, stride: number): ConvNode => {
    const [height, width, inChannels] = from.shape;
    const shape: Shape = [Math.ceil(height / stride), Math.ceil(width / stride), channels];
    return push({ op: 'conv', name, shape, block, input: from.name, kernel, stride, inChannels });
  };
  const norm = (name: string, from: Node): NormNode =>
    push({ op: 'norm', name, shape: from.shape, block, input: from.name });
  const relu = (name: string, from: Node): ReluNode =>
    push({ op: 'relu', name, shape: from.shape, block, input: from.name });

  /** F(x): the convolutions of one block, each with its normalisation, the last without its ReLU. */
  const branch = (prefix: string, from: Node, channels: number, stride: number): Node => {
    const wide = channels * EXPANSION[net.block];
    const layers =
      net.block === 'basic'
        ? [
            { channels, kernel: 3, stride },
            { channels, kernel: 3, stride: 1 },
          ]
        : [
            { channels, kernel: 1, stride },
            { channels, kernel: 3, stride: 1 },
            { channels: wide, kernel: 1, stride: 1 },
          ];
    let x = from;
    for (const [index, layer] of layers.entries()) {
      const nth = index + 1;
      x = norm(`${prefix}.norm${nth}`, conv(`${prefix}.conv${nth}`, x, layer.channels, layer.kernel, layer.stride));
      if (nth < layers.length) x = relu(`${prefix}.relu${nth}`, x);
    }
    return x;
  };
  /** S(x): identity, padding or projection, as the net's option has it. */
  const shortcut = (prefix: string, from: Node, channels: number, stride: number): Node => {
    const [height, width, inChannels] = from.shape;
    const changes = stride !== 1 || inChannels !== channels;
    if (net.option === 'C' || (net.option === 'B' && changes)) {
      return norm(`${prefix}.shortcut.norm`, conv(`${prefix}.shortcut.conv`, from, channels, 1, stride));
    }
    const shape: Shape = [Math.ceil(height / stride), Math.ceil(width / stride), channels];
    const name = `${prefix}.shortcut.pad`;
    return changes ? push({ op: 'pad', name, shape, block, input: from.name, stride, inChannels }) : from;
  };

  last = relu('stem.relu', norm('stem.norm', conv('stem.conv', last, net.width, 3, 1)));
  const perStage = blockCount(net) / STAGES;
  for (let stage = 1; stage <= STAGES; stage++) {
    for (let index = 1; index <= perStage; index++) {
      block += 1;
      const prefix = `stage${stage}.block${index}`;
      const stride = stage > 1 && index === 1 ? 2 : 1;
      const channels = net.width * 2 ** (stage - 1);
      const s = shortcut(prefix, last, channels * EXPANSION[net.block], stride);
      const f = branch(prefix, last, channels, stride);
      const sum = push({ op: 'add', name: `${prefix}.add`, shape: f.shape, block, branch: f.name, shortcut: s.name });
      last = relu(`${prefix}.relu`, sum);
    }
  }
  block = 0;
  const channels = last.shape[2];
  const pool = push({ op: 'pool', name: 'head.pool', shape: [1, 1, channels], block, input: last.name });
  push({ op: 'dense', name: 'head.dense', shape: [1, 1, classes], block, input: pool.name, inChannels: channels });
  return { nodes };
}

/** Which stage (from 1) a block (from 1) belongs to. */
export function stageOf(net: NetSpec, block: number): number {
  return Math.ceil((block * STAGES) / blockCount(net));
}
