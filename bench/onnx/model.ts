import {
  type ConvNode,
  type Graph,
  type MaxPoolNode,
  type Node,
  nodeParameters,
  type Parameter,
} from '../../src/core/net/node.ts';
import type { WeightSource } from '../../src/engine/inference/weight-source.ts';
import { EPSILON } from '../../src/engine/ops/norm.ts';
import { ATTRIBUTE, FLOAT, MODEL } from './schema.ts';

/** The oldest versions whose operators and fields have the meaning that is used here. */
const OPERATORS = 13;
const IR_VERSION = 8;

interface Values {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface Operator {
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute?: readonly object[];
}

/** A net as an ONNX file, from `input` [batch, 3, size, size] to `logits`. Rejects where a node has no counterpart there. */
export async function onnxModel({ nodes }: Graph, source: WeightSource, batch: number): Promise<Uint8Array> {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (first === undefined || last === undefined) throw new Error('net: it has no nodes');
  const weights: Values[] = [];
  for (const node of nodes) weights.push(...(await valuesOf(node, source)));
  const operators = nodes.flatMap(operatorsOf);
  const [height, width, channels] = first.shape;
  return MODEL.encode({
    irVersion: IR_VERSION,
    producerName: 'ResNet Playground',
    opsetImport: [{ domain: '', version: OPERATORS }],
    graph: {
      name: 'net',
      node: [...operators, { opType: 'Identity', input: [last.name], output: ['logits'] }],
      initializer: weights.map(initializer),
      input: [valueInfo(first.name, [batch, channels, height, width])],
      output: [valueInfo('logits', [batch, last.shape[2]])],
    },
  }).finish();
}

function operatorsOf(node: Node): readonly Operator[] {
  const { name } = node;
  const output = [name];
  const weights = nodeParameters(node).map((parameter) => parameter.name);
  switch (node.op) {
    case 'input':
      return [];
    case 'conv': {
      const attribute = [...windowOf(node), { name: 'group', i: node.groups, type: ATTRIBUTE.int }];
      return [{ opType: 'Conv', input: [node.input, ...weights], output, attribute }];
    }
    case 'norm': {
      const attribute = [{ name: 'epsilon', f: EPSILON, type: ATTRIBUTE.float }];
      const input = [node.input, ...weights, `${name}.mean`, `${name}.variance`];
      return [{ opType: 'BatchNormalization', input, output, attribute }];
    }
    case 'relu':
      return [{ opType: 'Relu', input: [node.input], output }];
    case 'add':
      return [{ opType: 'Add', input: [node.branch, node.shortcut], output }];
    case 'maxpool':
      return [{ opType: 'MaxPool', input: [node.input], output, attribute: windowOf(node) }];
    case 'pool': {
      const maps = `${name}.maps`;
      return [
        { opType: 'GlobalAveragePool', input: [node.input], output: [maps] },
        { opType: 'Flatten', input: [maps], output },
      ];
    }
    case 'dense':
      return [{ opType: 'Gemm', input: [node.input, ...weights], output }];
    default:
      throw new Error(`net: none that is compared has a ${node.op}`);
  }
}

/** Everything that a node has learnt. */
async function valuesOf(node: Node, source: WeightSource): Promise<readonly Values[]> {
  const values: Values[] = [];
  for (const parameter of nodeParameters(node)) values.push(turned(parameter, await source.parameter(parameter)));
  if (node.op !== 'norm') return values;
  const channels = node.shape[2];
  const statistics = await source.statistics(node.name, channels);
  return [
    ...values,
    { name: `${node.name}.mean`, shape: [channels], values: statistics.slice(0, channels) },
    { name: `${node.name}.variance`, shape: [channels], values: statistics.slice(channels) },
  ];
}

/** Filters are [out, in, height, width] there. */
function turned({ name, shape }: Parameter, values: Float32Array): Values {
  const [height = 1, width = 1, from = 1, to = 1] = shape;
  if (shape.length !== 4) return { name, shape, values };
  const result = new Float32Array(values.length);
  const taps = height * width;
  for (let tap = 0; tap < taps; tap++) {
    for (let i = 0; i < from; i++) {
      for (let o = 0; o < to; o++) result[(o * from + i) * taps + tap] = values[(tap * from + i) * to + o] ?? 0;
    }
  }
  return { name, shape: [to, from, height, width], values: result };
}

function windowOf({ kernel, stride, padding }: ConvNode | MaxPoolNode): readonly object[] {
  if (padding === 'same') throw new Error('net: one that is compared pads as PyTorch does');
  const ints = (name: string, values: readonly number[]) => ({ name, ints: values, type: ATTRIBUTE.ints });
  const pads = ints('pads', [padding, padding, padding, padding]);
  return [ints('kernel_shape', [kernel, kernel]), ints('strides', [stride, stride]), pads];
}

function initializer({ name, shape, values }: Values) {
  return {
    name,
    dims: shape,
    dataType: FLOAT,
    rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  };
}

function valueInfo(name: string, shape: readonly number[]) {
  const dim = shape.map((dimValue) => ({ dimValue }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}
