import type { ResponsesResult } from '../../../features/insight/probes/responses.ts';
import { forward } from '../../graph/forward.ts';
import { disposeBatch, upload } from '../../training/device-batch.ts';
import { Readback } from '../../weights/readback.ts';
import { convLayers } from '../layers.ts';
import { readNorms } from '../norm-moments.ts';
import type { Subject } from '../subject.ts';

/**
 * Standard deviations of the responses after each norm (He et al. 2015, figure 7), on the batch of the lane's next
 * step. Computed from the norms' moments, so no activation is read back.
 */
export async function probeResponses(subject: Subject): Promise<ResponsesResult> {
  const { lane, step, data, graph, program, weights } = subject;
  const batch = upload(data.batch(step), data.size, data.classes);
  const trace = forward(program, weights, batch.images, 'batch', false);
  trace.values.dispose();
  disposeBatch(batch);
  const convs = convLayers(graph);
  const readback = new Readback();
  const names = convs.map(({ norm }) => norm.name);
  const { momentsOf } = readNorms(names, trace.statistics, weights, readback);
  trace.statistics.dispose();
  await readback.flush();

  const layers = convs.map(({ layer, block, kernel, norm }) => {
    const { mean, meanSquare } = momentsOf(norm.name);
    return { layer, block, kernel, deviation: Math.sqrt(Math.max(0, meanSquare - mean * mean)) };
  });
  const sorted = layers.map(({ deviation }) => deviation).toSorted((a, b) => b - a);
  return { name: 'responses', lane, step, layers, sorted };
}
