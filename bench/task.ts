import type { BlockChoices } from '../src/core/net/choices.ts';
import { buildGraph } from '../src/core/net/graph.ts';
import { makeNet, type NetSpec } from '../src/core/net/net.ts';
import type { Graph } from '../src/core/net/node.ts';
import { listParameters } from '../src/core/net/operation-facts.ts';
import { Random } from '../src/data/batches/random.ts';
import { initialValues } from '../src/engine/weights/initial.ts';

/** What every implementation trains: a residual net with projections, on one batch of `size` × `size` noise. */
export interface Task {
  readonly depth: number;
  readonly width: number;
  readonly size: number;
  readonly batch: number;
  /** In what its blocks differ from those of He et al. 2015. */
  readonly choices?: BlockChoices;
}

export const CLASSES = 10;
export const SEED = 1;

/** Plain SGD with momentum: weight decay is not in every implementation. */
export const RATES = { rate: 0.03, momentum: 0.9, decay: 0 } as const;

export function nameOf({ depth, width, size, batch }: Task): string {
  return `ResNet-${depth}, width ${width}, ${size}×${size}, batch ${batch}`;
}

export function netOf({ depth, width, choices }: Task): NetSpec {
  return makeNet('residual', depth, { width, option: 'B', choices });
}

export function graphOf(task: Task): Graph {
  return buildGraph(netOf(task), task.size, CLASSES);
}

export interface StartValue {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The weights that every implementation starts with, in the engine's layouts: [height, width, in, out], [in, out]. */
export function startValues(graph: Graph): readonly StartValue[] {
  return listParameters(graph).map((parameter) => ({
    name: parameter.name,
    shape: parameter.shape,
    values: initialValues(parameter, SEED),
  }));
}

/** The images [N, size, size, 3], standard normals, and their classes. */
export function batchOf({ size, batch }: Task): { readonly images: Float32Array; readonly labels: Int32Array } {
  const pixels = new Random('bench/images');
  const images = new Float32Array(batch * size * size * 3);
  for (let at = 0; at + 1 < images.length; at += 2) images.set(pixels.normals(), at);
  const classes = new Random('bench/labels');
  return { images, labels: Int32Array.from({ length: batch }, () => classes.below(CLASSES)) };
}
