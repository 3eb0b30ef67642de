import { square, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { GradientsResult } from '../../../features/insight/probes/gradients.ts';
import { differentiate } from '../../graph/backward.ts';
import { disposeBatch, upload } from '../../training/device-batch.ts';
import { disposeOnError } from '../../weights/dispose-on-error.ts';
import { Readback } from '../../weights/readback.ts';
import type { TensorMap } from '../../weights/tensor-map.ts';
import { weightedLayers } from '../layers.ts';
import { inScope } from '../measurement.ts';
import type { Subject } from '../subject.ts';

/** Euclidean norms of the gradients and of the weights by layer, on the batch of the lane's next step. */
export function probeGradients(subject: Subject): Promise<GradientsResult> {
  return inScope(async (scope) => {
    const { lane, step, graph, weights } = subject;
    const gradients = scope.own(batchGradients(subject, step));
    const readback = scope.own(new Readback());
    const gradientNorms = readNorms(gradients.entries(), readback);
    const weightNorms = readNorms(weights.parameters.entries(), readback);
    // Training goes on while the norms are read.
    gradients.dispose();
    await readback.flush();

    // A layer whose output has no effect has no gradient.
    const normOf = (weight: string) => gradientNorms.get(weight) ?? 0;
    const weighted = weightedLayers(graph);
    const convs = weighted.filter(({ layer }) => !layer.startsWith('head.'));
    const [stem = '', last = ''] = [convs.at(0)?.weight, convs.at(-1)?.weight];
    const layers = weighted.map(({ layer, block, weight }) => {
      return { layer, block, norm: normOf(weight), weight: weightNorms.get(weight) ?? Number.NaN };
    });
    const total = Math.hypot(...gradientNorms.values());
    return { name: 'gradients', lane, step, layers, ratio: normOf(stem) / normOf(last), total };
  });
}

/** The loss's gradients with respect to all parameters, on the training batch of a step. The caller disposes of them. */
export function batchGradients({ data, program, weights }: Subject, step: number): TensorMap {
  return disposeOnError(() => {
    const batch = upload(data.batch(step), data.size, data.classes);
    const { gradients, metrics } = differentiate(program, weights, batch);
    metrics.dispose();
    disposeBatch(batch);
    return gradients;
  });
}

/** Queues reads of the Euclidean norms of these tensors; the map is filled by the next flush. */
function readNorms(
  tensors: Iterable<readonly [name: string, tensor: Tensor]>,
  readback: Readback,
): ReadonlyMap<string, number> {
  const norms = new Map<string, number>();
  for (const [name, tensor] of tensors) {
    readback.add(
      tidy(() => sum(square(tensor))),
      ([value = Number.NaN]) => norms.set(name, Math.sqrt(value)),
    );
  }
  return norms;
}
