import type { Graph, Node } from '../../spec/node.ts';
import { parametersOf } from '../../spec/parameter.ts';

/** One tensor of a net's `state_dict` in PyTorch, and where its numbers are with us. */
export interface TorchTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** As `Lane.remembered` calls the tensor that holds it. */
  readonly held: string;
  /** The shape of what is held there, or of the part of it. */
  readonly heldShape: readonly number[];
  /** Which axis of what is held each axis of PyTorch's is. */
  readonly axes: readonly number[];
  /** Where the part begins in what is held, in numbers. */
  readonly from: number;
}

/**
 * The `state_dict` of a net, with the names that torchvision's ResNet has: `layer1.0.conv1.weight`. Convolution weights
 * are [out, in, height, width] there, dense ones [out, in]; a norm's running statistics are two tensors.
 */
export function torchTensors(graph: Graph): readonly TorchTensor[] {
  return graph.nodes.flatMap(tensorsOf);
}

function tensorsOf(node: Node): readonly TorchTensor[] {
  const module = torchModule(node.name);
  const trained = parametersOf(node).map(({ name, shape }): TorchTensor => {
    const kind = name.slice(name.lastIndexOf('.') + 1);
    const axes = AXES[shape.length] ?? shape.map((_, axis) => axis);
    return {
      name: `${module}.${TORCH_KINDS[kind] ?? kind}`,
      shape: axes.map((axis) => shape[axis] ?? 0),
      held: `parameter ${name}`,
      heldShape: shape,
      axes,
      from: 0,
    };
  });
  if (node.op !== 'norm') return trained;
  const channels = node.shape[2];
  const statistic = (name: string, nth: number): TorchTensor => ({
    name: `${module}.${name}`,
    shape: [channels],
    held: `running ${node.name}`,
    heldShape: [channels],
    axes: [0],
    from: nth * channels,
  });
  return [...trained, statistic('running_mean', 0), statistic('running_var', 1)];
}

const TORCH_KINDS: Readonly<Record<string, string>> = { scale: 'weight', shift: 'bias' };

/** By rank: ours are [height, width, in, out] and [in, out]. */
const AXES: Readonly<Record<number, readonly number[]>> = { 2: [1, 0], 4: [3, 2, 0, 1] };

const STEM_AND_HEAD: Readonly<Record<string, string>> = {
  'stem.conv': 'conv1',
  'stem.norm': 'bn1',
  'head.dense': 'fc',
};

const IN_BLOCK: readonly (readonly [RegExp, string])[] = [
  [/^shortcut\.conv$/, 'downsample.0'],
  [/^shortcut\.norm$/, 'downsample.1'],
  [/^norm(\d+)$/, 'bn$1'],
];

/** What PyTorch's module is called that does what a node of this name does; the same where torchvision has none. */
export function torchModule(node: string): string {
  const block = /^stage(\d+)\.block(\d+)\.(.+)$/.exec(node);
  if (block === null) return STEM_AND_HEAD[node] ?? node;
  const [, stage = '', nth = '', rest = ''] = block;
  const inside = IN_BLOCK.reduce((name, [pattern, theirs]) => name.replace(pattern, theirs), rest);
  return `layer${stage}.${Number(nth) - 1}.${inside}`;
}
