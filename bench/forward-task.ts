import { buildGraph } from '../src/core/net/graph.ts';
import { type ImageNetDepth, type ImageNetNet, netName } from '../src/core/net/net.ts';
import { type Graph, sizeOf } from '../src/core/net/node.ts';
import type { Parameter } from '../src/core/net/operation-facts.ts';
import { IMAGENET, makeImageNetNet } from '../src/core/net/zoo.ts';
import { Random } from '../src/data/batches/random.ts';
import type { WeightSource } from '../src/engine/inference/weight-source.ts';

/** What every implementation only runs: a residual net of the paper's table 1, on one batch of `size` × `size` noise. */
export interface ForwardTask {
  readonly passes: 'forward';
  readonly depth: ImageNetDepth;
  readonly width: number;
  readonly size: number;
  readonly batch: number;
}

export function isForward(task: object): task is ForwardTask {
  return 'passes' in task;
}

export function forwardName(task: ForwardTask): string {
  const { width, size, batch } = task;
  return `Forward pass of ${netName(forwardNet(task))}, width ${width}, ${size}×${size}, batch ${batch}`;
}

/** It strides where PyTorch's does. */
export function forwardNet({ depth, width }: ForwardTask): ImageNetNet {
  return makeImageNetNet('residual', depth, { width, form: 'pytorch' });
}

export function forwardGraph(task: ForwardTask): Graph {
  return buildGraph(forwardNet(task), task.size, IMAGENET.classes);
}

/** Weights that keep numbers in their range from layer to layer, and norms that do something. */
export const FORWARD_WEIGHTS = {
  parameter: ({ name, shape, initial }: Parameter) => {
    if (initial.type === 'constant') return uniforms(name, sizeOf(shape), initial.value - 0.1, initial.value + 0.1);
    const bound = Math.sqrt(6 / initial.fanIn);
    return uniforms(name, sizeOf(shape), -bound, bound);
  },
  statistics: (norm: string, channels: number) => {
    const values = new Float32Array(2 * channels);
    values.set(uniforms(`${norm}.mean`, channels, -0.1, 0.1));
    values.set(uniforms(`${norm}.variance`, channels, 0.9, 1.9), channels);
    return values;
  },
} satisfies WeightSource;

/** The images [N, size, size, 3]. */
export function forwardImages({ size, batch }: ForwardTask): Float32Array {
  return uniforms('images', batch * size * size * 3, -2, 2);
}

function uniforms(name: string, count: number, from: number, to: number): Float32Array {
  const random = new Random(`bench/${name}`);
  const values = new Float32Array(count);
  for (let nth = 0; nth < count; nth++) values[nth] = from + (to - from) * random.uniform();
  return values;
}
