import type { ConvStart } from './choices.ts';

/** Height, width, channels of one image's activation. */
export type Shape = readonly [height: number, width: number, channels: number];

/**
 * `same`: the output has ceil(size / stride) pixels a side; an odd row or column of zeros is at the bottom and right. A
 * number: this many zeros on every side, as PyTorch pads; the output has floor((size + 2 * padding - kernel) / stride)
 * + 1.
 */
export type Padding = 'same' | number;

interface Base<Op extends string> {
  readonly op: Op;
  readonly name: string;
  readonly shape: Shape;
  /** The block that the node belongs to, counted from 1; 0 outside of blocks. */
  readonly block: number;
}

/** The images, [size, size, 3]. */
export interface InputNode extends Base<'input'> {}
/** A 2D convolution (cross-correlation), with a bias or without. */
export interface ConvNode extends Base<'conv'> {
  readonly input: string;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly bias: boolean;
  /** Number of filter groups; each reads `inChannels` of the input channels. */
  readonly groups: number;
  readonly inChannels: number;
  /** Its initial weights; He's normal if left out. */
  readonly start?: FirstWeights;
  /** Initial bias; 0 if left out. */
  readonly biasStart?: number;
}
/** Initial weights of one convolution other than He's normal: of a start, a share of He's, or all alike. */
export type FirstWeights =
  | Exclude<ConvStart, { type: 'fixup' }>
  | { readonly type: 'he'; readonly share: number }
  | { readonly type: 'constant'; readonly value: number };

/** Batch normalisation over batch, height and width, with a learned scale and shift. */
export interface NormNode extends Base<'norm'>, NormStart {
  readonly input: string;
}
/** Initial values of a norm: of its scale, 1 if left out, and of its shift, 0 if left out. */
export interface NormStart {
  readonly scale?: number;
  readonly shift?: number;
}
/** max(x, 0), or x below zero times a slope. */
export interface ReluNode extends Base<'relu'> {
  readonly input: string;
  /** The slope below zero (leaky ReLU; Maas et al. 2013), 0 to 1; 0 if left out. */
  readonly slope?: number;
}
/** x times one learned number (De and Smith 2020; Bachlechner et al. 2020). */
export interface ScaleNode extends Base<'scale'> {
  readonly input: string;
  /** The number at the start. */
  readonly start: number;
}
/**
 * A branch that a training step drops at a probability of `rate`, for all images at once, and that counts 1 - rate in
 * evaluation (Huang et al. 2016, section 3).
 */
export interface DropNode extends Base<'drop'> {
  readonly input: string;
  readonly rate: number;
}
/**
 * T * branch + (1 - T) * gain * shortcut, with T = sigmoid(transform) for each number (Srivastava et al. 2015, "Highway
 * Networks", equation 3). The three inputs have its shape.
 */
export interface GateNode extends Base<'gate'> {
  readonly branch: string;
  readonly transform: string;
  readonly shortcut: string;
}
/**
 * Normalisation of each image over height, width and the channels of each group, with a learned scale and shift of each
 * channel (Wu and He 2018).
 */
export interface GroupNormNode extends Base<'groupnorm'>, NormStart {
  readonly input: string;
  /** Number of groups; divides the channels. */
  readonly groups: number;
}
/** Option A where the shape changes: every `stride`-th pixel, and zeros in the new channels. */
export interface PadNode extends Base<'pad'> {
  readonly input: string;
  readonly stride: number;
  readonly inChannels: number;
}
/** branch + gain * shortcut. */
export interface AddNode extends Base<'add'> {
  readonly branch: string;
  readonly shortcut: string;
}
/** The sum of values of one shape. */
export interface SumNode extends Base<'sum'> {
  readonly inputs: readonly [string, string, ...string[]];
}
/** Mean over height and width. */
export interface PoolNode extends Base<'pool'> {
  readonly input: string;
}
/** Mean of each window of `kernel` times `kernel` pixels, which do not overlap. */
export interface AveragePoolNode extends Base<'averagepool'> {
  readonly input: string;
  readonly kernel: number;
}
/** Largest of each window. What is beyond the edges counts as less than anything. */
export interface MaxPoolNode extends Base<'maxpool'> {
  readonly input: string;
  readonly kernel: number;
  readonly stride: number;
  /** Rows and columns before the first; behind the last as many as the output's size takes. */
  readonly padding: number;
}
/** Concatenation along the channels. */
export interface ConcatNode extends Base<'concat'> {
  readonly inputs: readonly string[];
}
/** x / (2 + 1e-4 * the sum of squares of a channel and two to either side) ^ 0.75 (Krizhevsky et al. 2012, section 3.3). */
export interface LrnNode extends Base<'lrn'> {
  readonly input: string;
}
/** In training each number, of a map or of rows, is 0 at a probability of `rate`, and 1 / (1 - rate) times as large otherwise. */
export interface DropoutNode extends Base<'dropout'> {
  readonly input: string;
  readonly rate: number;
}
/** Flattens an image to one row: by height, then width, then channel. */
export interface FlattenNode extends Base<'flatten'> {
  readonly input: string;
}
/** A fully connected layer with bias. */
export interface DenseNode extends Base<'dense'> {
  readonly input: string;
  readonly inChannels: number;
  /** Its initial weights; He's normal if left out. */
  readonly start?: Extract<FirstWeights, { type: 'constant' }>;
}

/** A node of a net's graph: one operation and its output's shape. */
export type Node =
  | InputNode
  | ConvNode
  | NormNode
  | ReluNode
  | ScaleNode
  | DropNode
  | GateNode
  | GroupNormNode
  | PadNode
  | AddNode
  | SumNode
  | PoolNode
  | AveragePoolNode
  | MaxPoolNode
  | ConcatNode
  | LrnNode
  | DropoutNode
  | FlattenNode
  | DenseNode;

/** The name of an operation. */
export type Op = Node['op'];
/** The node type of an operation. */
export type NodeOf<O extends Op> = Extract<Node, { op: O }>;

/** A net as a list of nodes. */
export interface Graph {
  /** In an order in which every node comes after its inputs. The last one gives the logits. */
  readonly nodes: readonly Node[];
}

/** The names of a node's inputs. */
export function inputsOf(node: Node): readonly string[] {
  switch (node.op) {
    case 'input':
      return [];
    case 'add':
      return [node.branch, node.shortcut];
    case 'gate':
      return [node.branch, node.transform, node.shortcut];
    case 'sum':
    case 'concat':
      return node.inputs;
    default:
      return [node.input];
  }
}

/** Number of elements of a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
