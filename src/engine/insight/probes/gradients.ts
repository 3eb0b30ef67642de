import { square, sum, tidy } from '@tensorflow/tfjs-core';
import type { GradientsResult } from '../../../features/insight/probes/gradients.ts';
import { disposeBatch, upload } from '../../evaluation/evaluation.ts';
import { Readback } from '../../weights/readback.ts';
import { differentiate } from '../differentiate.ts';
import { weightedLayers } from '../layers.ts';
import type { Subject } from '../subject.ts';

/** Euclidean norms of the gradients by layer, on the batch of the lane's next step. */
export async function probeGradients(subject: Subject): Promise<GradientsResult> {
  const { lane, step, data, graph, program, weights } = subject;
  const batch = upload(data.batch(step), data.size, data.classes);
  const { gradients, metrics } = differentiate(program, weights, batch);
  metrics.dispose();
  disposeBatch(batch);
  const readback = new Readback();
  const squares = new Map<string, number>();
  for (const [name, gradient] of gradients.entries()) {
    const add = ([value = Number.NaN]: Float32Array) => squares.set(name, value);
    readback.add(
      tidy(() => sum(square(gradient))),
      add,
    );
  }
  gradients.dispose();
  await readback.flush();

  // A layer whose output has no effect has no gradient.
  const normOf = (weight: string) => Math.sqrt(squares.get(weight) ?? 0);
  const weighted = weightedLayers(graph);
  const convs = weighted.filter(({ layer }) => !layer.startsWith('head.'));
  const [stem = '', last = ''] = [convs.at(0)?.weight, convs.at(-1)?.weight];
  const layers = weighted.map(({ layer, block, weight }) => ({ layer, block, norm: normOf(weight) }));
  const total = Math.sqrt([...squares.values()].reduce((all, each) => all + each, 0));
  return { name: 'gradients', lane, step, layers, ratio: normOf(stem) / normOf(last), total };
}
