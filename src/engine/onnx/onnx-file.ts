import type { DataSpec } from '../../core/experiment/experiment.ts';
import { buildGraph } from '../../core/net/graph.ts';
import type { NetSpec } from '../../core/net/net.ts';
import type { Graph, Shape } from '../../core/net/node.ts';
import type { Normalisation } from '../../data/batches/normalise.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import { toStateDict, transpose } from '../state-dict/state-dict.ts';
import { torchModules } from '../state-dict/torch-names.ts';
import { encodeOnnx, type OnnxOperator, type OnnxTensor } from './format.ts';
import { addOperators, type OnnxWriter, opsetOf } from './operators.ts';

/** A net with its weights, as an ONNX file holds it. */
export interface OnnxNet {
  readonly graph: Graph;
  /** The gain of each block's shortcut. */
  readonly gains: readonly number[];
  /** Weights and running statistics by the names of a `LaneSnapshot`. */
  readonly values: ReadonlyMap<string, Float32Array>;
  /** If given, the file normalises: its input is bytes from 0 to 255 as floats. Otherwise it is what the net reads. */
  readonly normalisation?: Normalisation;
  readonly name: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A lane at its present step as an ONNX file that reads the bytes of its data set's images. */
export function laneOnnxFile(
  { name, net, step }: { readonly name: string; readonly net: NetSpec; readonly step: number },
  data: DataSpec,
  { size, classNames, normalisation }: Pick<RaceData, 'size' | 'classNames' | 'normalisation'>,
  values: ReadonlyMap<string, Float32Array>,
): Uint8Array<ArrayBuffer> {
  const facts = { net, step, data, classes: classNames };
  return onnxFile({
    ...{ graph: buildGraph(net, size, classNames.length), gains: net.gains, values, normalisation, name },
    description: `${name} after ${step} steps of training. Input: RGB images, bytes 0 to 255 as floats; they are normalised within.`,
    metadata: Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, JSON.stringify(value)])),
  });
}

/** The names of the model's input [batch, 3, size, size], RGB, and of its output [batch, classes]. */
const IMAGES = 'images';
const LOGITS = 'logits';

/**
 * A net in inference mode as an ONNX file. Operators and weights have PyTorch's module names, weights its layouts. What a
 * cut shortcut alone led to is left out.
 */
export function onnxFile(net: OnnxNet): Uint8Array<ArrayBuffer> {
  const { graph, name, description, metadata } = net;
  const [first, last] = [graph.nodes[0], graph.nodes.at(-1)];
  if (first === undefined || last === undefined) throw new Error('net: it has no nodes');
  const { operators, tensors } = usedOf(operatorsOf(net));
  const [height, width, channels] = first.shape;
  return encodeOnnx({
    ...{ name, description, metadata, operators, tensors, opset: opsetOf(graph.nodes) },
    input: { name: IMAGES, shape: [channels, height, width] },
    output: { name: LOGITS, shape: [last.shape[2]] },
  });
}

interface Parts {
  readonly operators: readonly OnnxOperator[];
  readonly tensors: readonly OnnxTensor[];
}

/** All operators and weights of a net. The last operator gives the logits. */
function operatorsOf({ graph, gains, values, normalisation }: OnnxNet): Parts {
  const operators: OnnxOperator[] = [];
  const tensors: OnnxTensor[] = [...toStateDict(graph, values)];
  const modules = torchModules(graph);
  const shapes = new Map(graph.nodes.map(({ name, shape }) => [name, shape]));
  const given = new Map([['input', IMAGES]]);
  const writer = (module: string): OnnxWriter => ({
    module,
    value: (node) => known(given, node),
    shape: (node) => known(shapes, node),
    gain: (block) => gains[block - 1] ?? 1,
    add(opType, inputs, attributes = {}, suffix = '') {
      const name = suffix === '' ? module : `${module}.${suffix}`;
      operators.push({ opType, name, inputs, output: name, attributes });
      return name;
    },
    constant(suffix, value) {
      const name = `${module}.${suffix}`;
      tensors.push(constant(name, value));
      return name;
    },
  });
  if (normalisation !== undefined) {
    const to = writer('normalise');
    tensors.push(meanOf(normalisation, known(shapes, 'input')));
    const centred = to.add('Sub', [IMAGES, MEAN], {}, 'centred');
    given.set('input', to.add('Mul', [centred, to.constant('scale', normalisation.scale)]));
  }
  for (const node of graph.nodes) given.set(node.name, addOperators(node, writer(modules.get(node.name) ?? node.name)));
  const last = operators.at(-1);
  if (last === undefined) throw new Error('net: it has no layers');
  return { operators: [...operators.slice(0, -1), { ...last, output: LOGITS }], tensors };
}

const MEAN = 'normalise.mean';

/** The mean of the training images, [3, size, size]. */
function meanOf({ mean }: Normalisation, shape: Shape): OnnxTensor {
  const [height, width, channels] = shape;
  return { name: MEAN, shape: [channels, height, width], values: transpose(mean, shape, [2, 0, 1]) };
}

function constant(name: string, value: number | readonly number[]): OnnxTensor {
  if (typeof value === 'number') return { name, shape: [], values: Float32Array.of(value) };
  return { name, shape: [value.length], values: BigInt64Array.from(value, BigInt) };
}

/** The operators on which the logits depend, and their weights. */
function usedOf({ operators, tensors }: Parts): Parts {
  const used = new Set([LOGITS]);
  for (const { output, inputs } of operators.toReversed()) {
    if (used.has(output)) for (const input of inputs) used.add(input);
  }
  return {
    operators: operators.filter(({ output }) => used.has(output)),
    tensors: tensors.filter(({ name }) => used.has(name)),
  };
}

function known<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`net: no ${name}`);
  return value;
}
