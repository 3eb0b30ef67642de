/** Height, width, channels of one image's activation. */
export type Shape = readonly [height: number, width: number, channels: number];

/**
 * `same`: so that the output is ceil(size / stride), an odd row or column of zeros at the bottom and right. A number: so
 * many on every side, as PyTorch pads, and the output is floor((size + 2 * padding - kernel) / stride) + 1.
 */
export type Padding = 'same' | number;

interface NodeOf<Op extends string> {
  readonly op: Op;
  readonly name: string;
  readonly shape: Shape;
  /** Which block the node belongs to, counted from 1; 0 for what is outside of blocks. */
  readonly block: number;
}

export interface InputNode extends NodeOf<'input'> {}
export interface ConvNode extends NodeOf<'conv'> {
  readonly input: string;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly bias: boolean;
  /** Each group of filters sees as large a share of the channels: `inChannels`, of all where there is one group. */
  readonly groups: number;
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
/** Largest of each window. What is beyond the edges counts as less than anything. */
export interface MaxPoolNode extends NodeOf<'maxpool'> {
  readonly input: string;
  readonly kernel: number;
  readonly stride: number;
  /** Rows and columns before the first; behind the last as many as the output's size takes. */
  readonly padding: number;
}
/** Side by side by channels. */
export interface ConcatNode extends NodeOf<'concat'> {
  readonly inputs: readonly string[];
}
/** x / (2 + 1e-4 * the sum of squares of a channel and two to either side) ^ 0.75 (Krizhevsky et al. 2012, section 3.3). */
export interface LrnNode extends NodeOf<'lrn'> {
  readonly input: string;
}
/** In training each number is 0 at a probability of `rate`, and 1 / (1 - rate) times as large otherwise. */
export interface DropoutNode extends NodeOf<'dropout'> {
  readonly input: string;
  readonly rate: number;
}
/** All numbers of an image in a row: by height, then width, then channel. */
export interface FlattenNode extends NodeOf<'flatten'> {
  readonly input: string;
}
export interface DenseNode extends NodeOf<'dense'> {
  readonly input: string;
  readonly inChannels: number;
}

export type Node =
  | InputNode
  | ConvNode
  | NormNode
  | ReluNode
  | PadNode
  | AddNode
  | PoolNode
  | MaxPoolNode
  | ConcatNode
  | LrnNode
  | DropoutNode
  | FlattenNode
  | DenseNode;

export interface Graph {
  /** In an order in which every node comes after its inputs. The last one gives the logits. */
  readonly nodes: readonly Node[];
}

/** The names of what a node reads. */
export function inputsOf(node: Node): readonly string[] {
  switch (node.op) {
    case 'input':
      return [];
    case 'add':
      return [node.branch, node.shortcut];
    case 'concat':
      return node.inputs;
    default:
      return [node.input];
  }
}
