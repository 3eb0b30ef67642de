import { backend } from '@tensorflow/tfjs-core';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet, type NetSpec, netName } from '../../core/net/net.ts';
import { TrainingBackend } from '../../engine/kernels/webgpu/backend.ts';
import { disposeBatch } from '../../engine/training/device-batch.ts';
import { Model } from '../../engine/training/model.ts';
import { stepMemory } from '../../engine/weights/memory.ts';
import type { Check } from './check.ts';
import { GOLDEN_SHAPE, GOLDEN_WIDTH, goldenBatch, type Task } from './golden.ts';

const NETS = [
  makeNet('plain', 8, { option: 'A', width: GOLDEN_WIDTH }),
  makeNet('residual', 8, { option: 'B', width: GOLDEN_WIDTH }),
  makeNet('residual', 11, { option: 'B', width: GOLDEN_WIDTH, block: 'bottleneck' }),
];

/** How far what is foretold may be from what is allocated, as a share of it. */
const TOLERANCE = 0.15;

/** Compares the bytes that training was foretold to take with the buffers that there are after the first steps. */
export async function checkStepMemory(
  nets: readonly NetSpec[] = NETS,
  { size, classes }: Pick<Task, 'size' | 'classes'> = GOLDEN_SHAPE,
  batches: readonly number[] = [1, GOLDEN_SHAPE.batch],
): Promise<readonly Check[]> {
  const current = backend();
  if (!(current instanceof TrainingBackend)) return [];
  const checks: Check[] = [];
  for (const net of nets) {
    for (const batch of batches) {
      const images = goldenBatch({ size, classes, batch });
      const before = current.trainingBytes;
      const model = new Model(net, size, classes, 1);
      for (let step = 0; step < 3; step++) {
        const metrics = model.step({ ...images, step }, { rate: 0.03, momentum: 0.9, decay: 1e-4 });
        await metrics.data();
        metrics.dispose();
      }
      const taken = current.trainingBytes - before + 4 * images.images.size;
      const foretold = stepMemory(buildGraph(net, size, classes), batch).total;
      const what = `memory of a step: ${netName(net)}, batch ${batch}`;
      checks.push({ what, difference: Math.abs(foretold / taken - 1), tolerance: TOLERANCE });
      model.dispose();
      disposeBatch(images);
    }
  }
  checks.push({ what: 'memory of steps: bytes left', difference: Math.abs(current.trainingBytes), tolerance: 0 });
  return checks;
}
