import {
  blockUntilReady,
  defaultDevice,
  init,
  type Array as JaxArray,
  jit,
  lax,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import { type Graph, inputsOf, type Node } from '../../src/core/net/node.ts';
import { batchOf, CLASSES, graphOf, RATES, startValues, type Task } from '../task.ts';
import type { Implementation } from './implementation.ts';

// jax-js wants `x.ref` wherever x is used again: a function takes over its arguments.
type Values = Record<string, JaxArray>;

const EPSILON = 1e-5;

/** The same net written in jax-js, its training step under `jit`. Images and filters are channels first, as it likes them. */
export async function jax(task: Task, backend: 'webgpu' | 'wasm'): Promise<Implementation> {
  const devices = await init(backend);
  if (!devices.includes(backend)) throw new Error(`jax-js: no ${backend} here`);
  defaultDevice(backend);
  const graph = graphOf(task);
  const { images, labels } = batchOf(task);
  const { batch, size } = task;
  const x = np.transpose(np.array(images).reshape([batch, size, size, 3]), [0, 3, 1, 2]);
  const y = nn.oneHot(np.array(labels, { dtype: np.int32 }), CLASSES);

  const lossAndGradients = valueAndGrad((weights: Values, pixels: JaxArray, answers: JaxArray) => {
    const logits = forward(graph, weights, pixels);
    return nn
      .logSoftmax(logits)
      .mul(answers)
      .sum()
      .mul(-1 / batch);
  });
  const step = jit((weights: Values, velocities: Values, pixels: JaxArray, answers: JaxArray) => {
    const [loss, gradients] = lossAndGradients(tree.ref(weights), pixels, answers);
    const next = tree.map((v: JaxArray, g: JaxArray) => v.mul(RATES.momentum).add(g), velocities, gradients);
    const moved = tree.map((w: JaxArray, v: JaxArray) => w.sub(v.mul(RATES.rate)), weights, tree.ref(next));
    return [moved, next, loss] as const;
  });

  let weights: Values = startWeights(graph);
  let velocities: Values = tree.map((weight: JaxArray) => np.zerosLike(weight), tree.ref(weights));
  return {
    detail: backend,
    step: async (count) => {
      let value = Number.NaN;
      for (let nth = 1; nth <= count; nth++) {
        const [moved, next, loss] = step(weights, velocities, x.ref, y.ref);
        weights = moved;
        velocities = next;
        if (nth === count) value = (await loss.data())[0] ?? Number.NaN;
        else loss.dispose();
      }
      await blockUntilReady(weights);
      return value;
    },
  };
}

function startWeights(graph: Graph): Values {
  return Object.fromEntries(
    startValues(graph).map(({ name, shape, values }) => {
      const value = np.array(new Float32Array(values)).reshape([...shape]);
      if (shape.length === 4) return [name, np.transpose(value, [3, 2, 0, 1])];
      return [name, shape.length === 1 && !name.includes('dense') ? value.reshape([1, shape[0] ?? 0, 1, 1]) : value];
    }),
  );
}

/** Logits [N, classes] of images [N, 3, size, size]; takes over both. */
function forward({ nodes }: Graph, weights: Values, images: JaxArray): JaxArray {
  const uses = countUses(nodes);
  const made = new Map<string, JaxArray>([['input', images]]);
  const use = (name: string): JaxArray => {
    const value = made.get(name);
    const left = uses.get(name) ?? 0;
    if (value === undefined || left === 0) throw new Error(`net: no ${name}`);
    uses.set(name, left - 1);
    return left === 1 ? value : value.ref;
  };
  const weight = (name: string): JaxArray => {
    const value = weights[name];
    if (value === undefined) throw new Error(`net: no ${name}`);
    return value;
  };
  for (const node of nodes) {
    const { name } = node;
    if (node.op === 'conv') {
      const strides = [node.stride, node.stride];
      made.set(name, lax.convGeneralDilated(use(node.input), weight(`${name}.weight`), strides, 'SAME'));
    } else if (node.op === 'norm') {
      made.set(name, normalise(use(node.input), weight(`${name}.scale`), weight(`${name}.shift`)));
    } else if (node.op === 'relu') {
      made.set(name, nn.relu(use(node.input)));
    } else if (node.op === 'add') {
      made.set(name, use(node.branch).add(use(node.shortcut)));
    } else if (node.op === 'pool') {
      made.set(name, np.mean(use(node.input), [2, 3]));
    } else if (node.op === 'dense') {
      made.set(name, np.dot(use(node.input), weight(`${name}.weight`)).add(weight(`${name}.bias`)));
    }
  }
  return made.get(nodes.at(-1)?.name ?? '') ?? images;
}

/** Batch normalisation of x [N, C, H, W] with the statistics of the batch. */
function normalise(x: JaxArray, scale: JaxArray, shift: JaxArray): JaxArray {
  const over = [0, 2, 3];
  const centred = x.sub(np.mean(x.ref, over, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), over, { keepdims: true });
  return centred.mul(scale.div(np.sqrt(variance.add(EPSILON)))).add(shift);
}

function countUses(nodes: readonly Node[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const node of nodes) {
    for (const name of inputsOf(node)) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}
