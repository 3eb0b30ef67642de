import type { Graph, Node, Shape } from '../../core/net/node.ts';
import { nodeParameters } from '../../core/net/operation-facts.ts';

/** One tensor of a net's PyTorch `state_dict`, and the engine's tensor that holds its values. */
export interface TorchTensor {
  readonly name: string;
  /** PyTorch's shape: a dense layer after a flattened map has one axis for the three of the map. */
  readonly shape: readonly number[];
  /** Name of the holding tensor in `Model.stateTensors`. */
  readonly held: string;
  /** Shape of the holding tensor, or of the part that holds this one. */
  readonly heldShape: readonly number[];
  /** Permutation from the held layout to PyTorch's. */
  readonly axes: readonly number[];
  /** Offset of the part in the holding tensor, in numbers. */
  readonly from: number;
}

/**
 * The `state_dict` of a net, with the names that torchvision's net of its design has: `layer1.0.conv1.weight`.
 * Convolution weights are [out, in, height, width] there, dense ones [out, in]; a norm's running statistics are two tensors.
 */
export function torchTensors(graph: Graph): readonly TorchTensor[] {
  const modules = torchModules(graph);
  const maps = flattenedMaps(graph);
  return graph.nodes.flatMap((node) => tensorsOf(node, modules.get(node.name) ?? node.name, maps.get(node.name)));
}

/**
 * Whether a file's tensor of this name is not part of the net's computation: counters of norms and of averaged models
 * (`AveragedModel.n_averaged`), and GoogLeNet's auxiliary heads.
 */
export function isBeside(name: string): boolean {
  return /(^|\.)(num_batches_tracked|n_averaged)$/.test(name) || /(^|\.)aux[12]\./.test(name);
}

/** The maps whose numbers dense layers read in a row: PyTorch has them by channel, then height, then width. */
function flattenedMaps({ nodes }: Graph): ReadonlyMap<string, Shape> {
  const shapes = new Map(nodes.map(({ name, shape }) => [name, shape]));
  const maps = new Map<string, Shape>();
  for (const node of nodes) {
    if (node.op !== 'flatten' && node.op !== 'dropout' && node.op !== 'dense') continue;
    const map = node.op === 'flatten' ? shapes.get(node.input) : maps.get(node.input);
    if (map !== undefined) maps.set(node.name, map);
  }
  return maps;
}

function tensorsOf(node: Node, module: string, map: Shape | undefined): readonly TorchTensor[] {
  const trained = nodeParameters(node).map(({ name, shape }): TorchTensor => {
    const kind = name.slice(name.lastIndexOf('.') + 1);
    const isOfMap = map !== undefined && shape.length === 2;
    const heldShape = isOfMap ? [...map, ...shape.slice(1)] : shape;
    const axes = AXES[heldShape.length] ?? heldShape.map((_, axis) => axis);
    return {
      name: `${module}.${TORCH_KINDS[kind] ?? kind}`,
      shape: isOfMap ? shape.toReversed() : axes.map((axis) => shape[axis] ?? 0),
      held: `parameter ${name}`,
      heldShape,
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

/** By rank: ours are [height, width, in, out], of a dense layer behind a map too, and [in, out]. */
const AXES: Readonly<Record<number, readonly number[]>> = { 2: [1, 0], 4: [3, 2, 0, 1] };

/** PyTorch's module names, by the nodes that compute what the modules do. */
export function torchModules({ nodes }: Graph): ReadonlyMap<string, string> {
  const flatten = nodes.findIndex(({ op }) => op === 'flatten');
  // VGG and AlexNet are two rows of modules there, and each has its place in its row for a name.
  const inRow = (at: number) => (at < flatten ? `features.${at - 1}` : `classifier.${at - flatten - 1}`);
  return new Map(nodes.map(({ name }, at) => [name, flatten < 0 ? torchModule(name) : inRow(at)]));
}

const STEM_AND_HEAD: Readonly<Record<string, string>> = {
  'stem.conv': 'conv1',
  'stem.norm': 'bn1',
  'head.norm': 'bn2',
  'head.dense': 'fc',
};

const IN_BLOCK: readonly (readonly [RegExp, string])[] = [
  [/^shortcut\.conv$/, 'downsample.0'],
  [/^shortcut\.norm$/, 'downsample.1'],
  [/^gate\.conv$/, 'gate'],
  [/^mix\.conv$/, 'mix.0'],
  [/^mix\.norm$/, 'mix.1'],
  [/^norm(\d+)$/, 'bn$1'],
];

/** GoogLeNet's, whose layers are a convolution and a norm each. */
const IN_MODULE: readonly (readonly [RegExp, string])[] = [
  [/\.one\./, '.branch1.'],
  [/\.reduce3\./, '.branch2.0.'],
  [/\.three\./, '.branch2.1.'],
  [/\.reduce5\./, '.branch3.0.'],
  [/\.five\./, '.branch3.1.'],
  [/\.pooled\./, '.branch4.1.'],
  [/\.norm$/, '.bn'],
];

/** torchvision's module name for a node of a ResNet or GoogLeNet; the node's own name where torchvision has none. */
export function torchModule(node: string): string {
  const rename = (name: string, patterns: typeof IN_BLOCK) =>
    patterns.reduce((renamed, [pattern, theirs]) => renamed.replace(pattern, theirs), name);
  const block = /^stage(\d+)\.block(\d+)\.(.+)$/.exec(node);
  if (block === null) return STEM_AND_HEAD[node] ?? rename(node, IN_MODULE);
  const [, stage = '', nth = '', rest = ''] = block;
  return `layer${stage}.${Number(nth) - 1}.${rename(rest, IN_BLOCK)}`;
}
