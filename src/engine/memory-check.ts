import type { DeviceInfo } from '../spec/device.ts';
import type { LaneSpec } from '../spec/experiment.ts';
import { buildGraph } from '../spec/graph.ts';
import { listParameters, sizeOf } from '../spec/parameter.ts';
import { EVALUATION_CHUNK } from './evaluation.ts';
import { stepBytes } from './step-bytes.ts';

/** A lane that the device has no room for. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError';
}

/** Needs are rounded up and limits down, so that the sentence makes sense where they are close. */
const needed = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
const limit = (bytes: number) => `${Math.floor(bytes / 1e6).toLocaleString('en')} MB`;

/** Throws a `MemoryError` where training a lane would take more than the device reports to have. */
export function checkMemory(
  { name, net }: LaneSpec,
  { size, classes, batch }: { readonly size: number; readonly classes: number; readonly batch: number },
  { backend, memoryLimit, tensorLimit }: DeviceInfo,
): void {
  const graph = buildGraph(net, size, classes);
  const needs = stepBytes(graph, batch);
  const images = Math.max(batch, EVALUATION_CHUNK);
  const activations = graph.nodes.map(({ shape }) => images * sizeOf(shape));
  const parameters = listParameters(graph).map(({ shape }) => sizeOf(shape));
  const largest = 4 * Math.max(...activations, ...parameters);
  const remedy = 'choose a smaller net, batch or image size';
  if (needs > memoryLimit) {
    throw new MemoryError(
      `net ${name}: training it takes ${needed(needs)}, and ${backend} here has ${limit(memoryLimit)}; ${remedy}`,
    );
  }
  if (largest > tensorLimit) {
    throw new MemoryError(
      `net ${name}: its largest tensor takes ${needed(largest)}, and ${backend} here allows ${limit(tensorLimit)}; ${remedy}`,
    );
  }
}
