import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs';
import type { Graph } from '../../src/core/net/node.ts';
import { batchOf, CLASSES, graphOf, RATES, startValues, type Task } from '../task.ts';
import type { Implementation } from './implementation.ts';

/** The same net in tfjs-layers, as tfjs comes. */
export async function stock(task: Task, backend: 'webgpu' | 'cpu' | 'webgl'): Promise<Implementation> {
  if (!(await tf.setBackend(backend)) || tf.getBackend() !== backend) throw new Error(`tfjs: no ${backend} here`);
  const graph = graphOf(task);
  const model = build(graph, task);
  for (const [layer, values] of byNode(graph)) model.getLayer(layer).setWeights(withStatistics(values));
  const { images, labels } = batchOf(task);
  const x = tf.tensor4d(images, [task.batch, task.size, task.size, 3]);
  const y: tf.Tensor2D = tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES).toFloat().as2D(task.batch, CLASSES);
  const step = async (count: number) => {
    let loss = Number.NaN;
    for (let nth = 0; nth < count; nth++) loss = Number(await model.trainOnBatch(x, y));
    return loss;
  };
  return { detail: backend, step };
}

function build({ nodes }: Graph, { size }: Task): tf.LayersModel {
  const made = new Map<string, tf.SymbolicTensor>();
  const from = (name: string) => made.get(name) ?? fail(name);
  const { layers } = tf;
  const input = tf.input({ shape: [size, size, 3] });
  for (const node of nodes) {
    const name = layerName(node.name);
    switch (node.op) {
      case 'input':
        made.set(node.name, input);
        break;
      case 'conv': {
        const [filters, kernelSize, strides] = [node.shape[2], node.kernel, node.stride];
        const layer = layers.conv2d({ name, filters, kernelSize, strides, padding: 'same', useBias: false });
        made.set(node.name, symbolic(layer.apply(from(node.input))));
        break;
      }
      case 'norm': {
        const layer = layers.batchNormalization({ name, epsilon: 1e-5, momentum: 0.9 });
        made.set(node.name, symbolic(layer.apply(from(node.input))));
        break;
      }
      case 'relu':
        made.set(node.name, symbolic(layers.activation({ name, activation: 'relu' }).apply(from(node.input))));
        break;
      case 'add':
        made.set(node.name, symbolic(layers.add({ name }).apply([from(node.branch), from(node.shortcut)])));
        break;
      case 'pool':
        made.set(node.name, symbolic(layers.globalAveragePooling2d({ name }).apply(from(node.input))));
        break;
      case 'dense': {
        const layer = layers.dense({ name, units: node.shape[2], activation: 'softmax' });
        made.set(node.name, symbolic(layer.apply(from(node.input))));
        break;
      }
      case 'pad':
        throw new Error('net: tfjs-layers has no padding shortcut; give it projections');
      default:
        throw new Error(`net: none that is compared has a ${node.op}`);
    }
  }
  const model = tf.model({ inputs: input, outputs: from(nodes.at(-1)?.name ?? '') });
  model.compile({ optimizer: tf.train.momentum(RATES.rate, RATES.momentum), loss: 'categoricalCrossentropy' });
  return model;
}

/** The start values of each layer, in tfjs-layers' order. */
function byNode(graph: Graph): ReadonlyMap<string, readonly tf.Tensor[]> {
  const layers = new Map<string, tf.Tensor[]>();
  for (const { name, shape, values } of startValues(graph)) {
    const layer = layerName(name.slice(0, name.lastIndexOf('.')));
    layers.set(layer, [...(layers.get(layer) ?? []), tf.tensor(values, [...shape])]);
  }
  return layers;
}

/** A normalisation has, behind scale and shift, its running mean and variance. */
function withStatistics(values: readonly tf.Tensor[]): tf.Tensor[] {
  const [first] = values;
  const isNorm = values.length === 2 && first?.rank === 1;
  return isNorm ? [...values, tf.zerosLike(first), tf.onesLike(first)] : [...values];
}

const layerName = (name: string) => name.replaceAll('.', '_');

function symbolic(x: unknown): tf.SymbolicTensor {
  if (!(x instanceof tf.SymbolicTensor)) throw new Error('net: a layer gave something else than one symbolic tensor');
  return x;
}

function fail(name: string): never {
  throw new Error(`net: no ${name}`);
}
