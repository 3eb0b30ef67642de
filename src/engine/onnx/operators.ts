import type { ConvNode, MaxPoolNode, Node, NodeOf, Op, Shape } from '../../core/net/node.ts';
import { EPSILON } from '../ops/norm.ts';
import type { Attribute } from './format.ts';

/** What an operator of a net is written with. */
export interface OnnxWriter {
  /** The module's name in PyTorch: `layer1.0.conv1`. */
  readonly module: string;
  /** The name of the value that a node of the net gives. */
  value(node: string): string;
  /** The shape of what that node gives for one image. */
  shape(node: string): Shape;
  /** The present gain of a block's shortcut. */
  gain(block: number): number;
  /** Adds an operator. Returns the name of its output: the module's, and behind it a suffix where it has several. */
  add(
    opType: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    suffix?: string,
  ): string;
  /** Adds a number or a list of whole numbers under the module's name and a suffix; returns the whole name. */
  constant(suffix: string, value: number | readonly number[]): string;
}

const int = (value: number): Attribute => ({ type: 'int', value });
const ints = (values: readonly number[]): Attribute => ({ type: 'ints', values });
const float = (value: number): Attribute => ({ type: 'float', value });

/** The writer of each operation: adds its operators in inference mode, and returns the name of the value that they give. */
const OPERATORS: { readonly [O in Op]: (node: NodeOf<O>, to: OnnxWriter) => string } = {
  input: (_, to) => to.value('input'),
  conv: (node, to) => {
    const weights = node.bias ? ['weight', 'bias'] : ['weight'];
    const inputs = [to.value(node.input), ...weights.map((kind) => `${to.module}.${kind}`)];
    const pads = node.padding === 'same' ? samePads(node, to.shape(node.input)) : Array<number>(4).fill(node.padding);
    return to.add('Conv', inputs, { ...windowOf(node), pads: ints(pads), group: int(node.groups) });
  },
  norm: (node, to) => {
    const kinds = ['weight', 'bias', 'running_mean', 'running_var'];
    const inputs = [to.value(node.input), ...kinds.map((kind) => `${to.module}.${kind}`)];
    return to.add('BatchNormalization', inputs, { epsilon: float(EPSILON) });
  },
  groupnorm: (node, to) => {
    const inputs = [to.value(node.input), `${to.module}.weight`, `${to.module}.bias`];
    return to.add('GroupNormalization', inputs, { num_groups: int(node.groups), epsilon: float(EPSILON) });
  },
  relu: ({ input, slope = 0 }, to) =>
    slope === 0 ? to.add('Relu', [to.value(input)]) : to.add('LeakyRelu', [to.value(input)], { alpha: float(slope) }),
  scale: (node, to) => to.add('Mul', [to.value(node.input), `${to.module}.weight`]),
  // Evaluation counts the branch by the share of the steps in which it is kept.
  drop: ({ input, rate }, to) => to.add('Mul', [to.value(input), to.constant('kept', 1 - rate)]),
  gate: ({ branch, transform, shortcut, block }, to) => {
    const open = to.add('Sigmoid', [to.value(transform)], {}, 'open');
    const transformed = to.add('Mul', [open, to.value(branch)], {}, 'branch');
    const gain = to.gain(block);
    if (gain === 0) return transformed;
    const closed = to.add('Sub', [to.constant('one', 1), open], {}, 'closed');
    const carried = to.add('Mul', [closed, weakened(shortcut, gain, to)], {}, 'carried');
    return to.add('Add', [transformed, carried], {}, 'sum');
  },
  pad: ({ input, stride, inChannels, shape: [, , channels] }, to) => {
    const [height, width] = to.shape(input);
    const range = [to.constant('from', [0, 0]), to.constant('to', [height, width]), to.constant('axes', [2, 3])];
    const inputs = [to.value(input), ...range, to.constant('steps', [stride, stride])];
    const strided = stride === 1 ? to.value(input) : to.add('Slice', inputs, {}, 'strided');
    return to.add('Pad', [strided, to.constant('pads', [0, 0, 0, 0, 0, channels - inChannels, 0, 0])]);
  },
  add: ({ branch, shortcut, block }, to) => {
    const gain = to.gain(block);
    // A shortcut that is cut is left out.
    return gain === 0 ? to.value(branch) : to.add('Add', [to.value(branch), weakened(shortcut, gain, to)]);
  },
  sum: ({ inputs }, to) =>
    to.add(
      'Sum',
      inputs.map((input) => to.value(input)),
    ),
  pool: ({ input }, to) => to.add('Flatten', [to.add('GlobalAveragePool', [to.value(input)], {}, 'mean')]),
  averagepool: ({ input, kernel }, to) =>
    to.add('AveragePool', [to.value(input)], windowOf({ kernel, stride: kernel })),
  maxpool: (node, to) => {
    const pads = ints(poolPads(node, to.shape(node.input)));
    return to.add('MaxPool', [to.value(node.input)], { ...windowOf(node), pads });
  },
  concat: ({ inputs }, to) =>
    to.add(
      'Concat',
      inputs.map((input) => to.value(input)),
      { axis: int(1) },
    ),
  // Alpha is divided by the size there.
  lrn: ({ input }, to) =>
    to.add('LRN', [to.value(input)], { size: int(5), alpha: float(5e-4), beta: float(0.75), bias: float(2) }),
  dropout: ({ input, rate }, to) => to.add('Dropout', [to.value(input), to.constant('ratio', rate)]),
  flatten: ({ input }, to) => to.add('Flatten', [to.value(input)]),
  dense: ({ input }, to) => {
    const inputs = [to.value(input), `${to.module}.weight`, `${to.module}.bias`];
    return to.add('Gemm', inputs, { transB: int(1) });
  },
};

/** Adds a node's operators; returns the name of the value that it gives. */
export function addOperators<O extends Op>(node: NodeOf<O>, to: OnnxWriter): string {
  return OPERATORS[node.op](node, to);
}

/** The version of the operators that a net needs: the oldest in which they mean what is written here. */
export function opsetOf(nodes: readonly Node[]): number {
  return nodes.some(({ op }) => op === 'groupnorm') ? 21 : 13;
}

/** A shortcut times its gain. */
function weakened(shortcut: string, gain: number, to: OnnxWriter): string {
  if (gain === 1) return to.value(shortcut);
  return to.add('Mul', [to.value(shortcut), to.constant('gain', gain)], {}, 'shortcut');
}

function windowOf({ kernel, stride }: Pick<ConvNode | MaxPoolNode, 'kernel' | 'stride'>) {
  return { kernel_shape: ints([kernel, kernel]), strides: ints([stride, stride]) };
}

/** Padding that keeps ceil(size / stride) pixels a side: of an odd number of rows the last one is behind. */
function samePads({ kernel, stride, shape }: ConvNode, [height, width]: Shape): readonly number[] {
  const padding = (out: number, size: number) => Math.max(0, (out - 1) * stride + kernel - size);
  const [rows, columns] = [padding(shape[0], height), padding(shape[1], width)];
  return [Math.floor(rows / 2), Math.floor(columns / 2), Math.ceil(rows / 2), Math.ceil(columns / 2)];
}

/** Padding of a pool: behind the last pixel as much as the last window reaches beyond it. */
function poolPads({ kernel, stride, padding, shape }: MaxPoolNode, [height, width]: Shape): readonly number[] {
  const behind = (out: number, size: number) => Math.max(0, (out - 1) * stride + kernel - size - padding);
  return [padding, padding, behind(shape[0], height), behind(shape[1], width)];
}
