import { moments, tidy } from '@tensorflow/tfjs-core';
import type { ResponsesResult } from '../../../features/insight/probes/responses.ts';
import { evaluate, forward } from '../../graph/forward.ts';
import { disposeBatch, upload } from '../../training/device-batch.ts';
import { Readback } from '../../weights/readback.ts';
import { convLayers, instructionAlone } from '../layers.ts';
import { inScope } from '../measurement.ts';
import { readNorms } from '../norm-moments.ts';
import type { Subject } from '../subject.ts';

/**
 * Standard deviations of the layers' responses (He et al. 2015, figure 7), on the batch of the lane's next step. Behind
 * batch norms they follow from the norms' moments; where another norm or none follows a layer, that part is computed once
 * more without its sum and ReLU.
 */
export function probeResponses(subject: Subject): Promise<ResponsesResult> {
  return inScope(async (scope) => {
    const { lane, step, data, graph, program, weights } = subject;
    const batch = upload(data.batch(step), data.size, data.classes);
    scope.own({ dispose: () => disposeBatch(batch) });
    const convs = convLayers(graph);
    const names = convs.flatMap(({ response }) => (response.op === 'norm' ? [response.name] : []));
    const trace = forward(program, weights, batch.images, 'batch', names.length < convs.length);
    scope.own(trace.values);
    scope.own(trace.statistics);
    const readback = scope.own(new Readback());
    const { momentsOf } = readNorms(names, trace.statistics, weights, readback);
    const variances = new Map<string, number>();
    for (const { response } of convs) {
      if (response.op === 'norm') continue;
      readback.add(
        tidy(() => moments(evaluate(instructionAlone(program, response), weights, trace.values)).variance),
        ([value = Number.NaN]) => variances.set(response.name, value),
      );
    }
    // Activations are large, and training goes on while the sums are read.
    trace.values.dispose();
    await readback.flush();

    const varianceOf = ({ op, name }: (typeof convs)[number]['response']): number => {
      if (op !== 'norm') return variances.get(name) ?? Number.NaN;
      const { mean, meanSquare } = momentsOf(name);
      return meanSquare - mean * mean;
    };
    const layers = convs.map(({ layer, block, kernel, response }) => ({
      ...{ layer, block, kernel },
      deviation: Math.sqrt(Math.max(0, varianceOf(response))),
    }));
    const sorted = layers.map(({ deviation }) => deviation).toSorted((a, b) => b - a);
    return { name: 'responses', lane, step, layers, sorted };
  });
}
