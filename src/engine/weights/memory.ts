import type { DeviceInfo } from '../../core/experiment/device.ts';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { inferenceBytes, recordedBytes, trainingBytes } from '../../core/net/memory.ts';
import { type Graph, listParameters, sizeOf } from '../../core/net/node.ts';
import { printable } from '../../core/quote.ts';
import { compile, isRecordable } from '../graph/compile.ts';
import { pixelPartition } from '../kernels/webgpu/channel-sums.ts';
import { filterGradientParts } from '../kernels/webgpu/conv/conv-filter-gradient.ts';
import { convGeometry } from '../kernels/webgpu/conv/conv-geometry.ts';
import { recordingBackend } from '../kernels/webgpu/recording/step-recorder.ts';
import { EVALUATION_CHUNK } from '../training/device-batch.ts';

/** The device has too little memory for a lane. */
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
  device: DeviceInfo,
): void {
  const graph = buildGraph(net, size, classes);
  const largest = largestTensor(graph, Math.max(batch, EVALUATION_CHUNK));
  const remedy = 'choose a smaller net, batch or image size';
  refuse({ name, verb: 'training', needs: stepBytes(graph, batch), largest, remedy }, device);
}

/** Throws a `MemoryError` where running a net on one image would take more than the device reports to have. */
export function checkRunMemory(name: string, graph: Graph, device: DeviceInfo): void {
  const remedy = 'choose a smaller net';
  refuse({ name, verb: 'running', needs: inferenceBytes(graph, 1), largest: largestTensor(graph, 1), remedy }, device);
}

/** Bytes of the largest tensor, activations and parameters, when a net runs on `images` images at once. */
function largestTensor(graph: Graph, images: number): number {
  const activations = graph.nodes.map(({ shape }) => images * sizeOf(shape));
  const parameters = listParameters(graph).map(({ shape }) => sizeOf(shape));
  return 4 * Math.max(...activations, ...parameters);
}

interface Need {
  readonly name: string;
  readonly verb: string;
  /** Peak bytes of all tensors. */
  readonly needs: number;
  /** Bytes of the largest tensor. */
  readonly largest: number;
  readonly remedy: string;
}

function refuse({ name, verb, needs, largest, remedy }: Need, { backend, memoryLimit, tensorLimit }: DeviceInfo): void {
  if (needs > memoryLimit) {
    throw new MemoryError(
      `net ${printable(name)}: ${verb} it takes ${needed(needs)}, and ${backend} here has ${limit(memoryLimit)}; ${remedy}`,
    );
  }
  if (largest > tensorLimit) {
    throw new MemoryError(
      `net ${printable(name)}: its largest tensor takes ${needed(largest)}, and ${backend} here allows ${limit(tensorLimit)}; ${remedy}`,
    );
  }
}

/** Peak bytes of tensors in a training step on the current backend; `batch` is the number of images. */
export function stepBytes(graph: Graph, batch: number): number {
  const recording = recordingBackend();
  if (recording === null || !isRecordable(compile(graph))) return trainingBytes(graph, batch);
  const { tuning } = recording;
  return recordedBytes(graph, batch, (node, input) => {
    if (node.op === 'norm') return pixelPartition(tuning, [batch, ...input]).parts;
    const filter = [node.kernel, node.kernel, node.inChannels, node.shape[2]];
    return filterGradientParts(tuning, convGeometry([batch, ...input], filter, node.stride, node.padding));
  });
}
