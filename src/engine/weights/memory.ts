import type { DeviceInfo } from '../../core/experiment/device.ts';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { inferenceBytes, type RecordedMemory, recordedMemory, trainingBytes } from '../../core/net/memory.ts';
import { type Graph, sizeOf } from '../../core/net/node.ts';
import { listParameters } from '../../core/net/operation-facts.ts';
import { printable } from '../../core/quote.ts';
import { SaidError, type Sentence, sentence } from '../../language/sentence.ts';
import { compile, isRecordable } from '../graph/compile.ts';
import type { TrainingBackend } from '../kernels/webgpu/backend.ts';
import { pixelPartition } from '../kernels/webgpu/channel-sums.ts';
import { filterGradientParts } from '../kernels/webgpu/conv/conv-filter-gradient.ts';
import { convGeometry } from '../kernels/webgpu/conv/conv-geometry.ts';
import { groupNormPartition } from '../kernels/webgpu/norm/group-norm.ts';
import { recordingBackend } from '../kernels/webgpu/recording/step-recorder.ts';
import { TRAINING_CHUNK } from '../training/device-batch.ts';

/** The device has too little memory for a lane. */
export class MemoryError extends SaidError {
  override readonly name = 'MemoryError';
}

/** Megabytes; needs are rounded up and limits down, so that the sentence makes sense where they are close. */
const neededMegabytes = (bytes: number) => Math.ceil(bytes / 1e6);
const limitMegabytes = (bytes: number) => Math.floor(bytes / 1e6);

/** The backend that records steps, or null. */
type Recording = Pick<TrainingBackend, 'tuning'> | null;

/** The images of a race. */
interface TrainedOn {
  readonly size: number;
  readonly classes: number;
  readonly batch: number;
  /** The training images that errors and losses are measured on. */
  readonly measured: number;
}

/**
 * Throws a `MemoryError` where training a lane, or a measurement of it, would take more than the device reports to have.
 * `recording` records its steps; null where none does.
 */
export function checkMemory(
  { name, net }: LaneSpec,
  { size, classes, batch, measured }: TrainedOn,
  device: DeviceInfo,
  recording: Recording = recordingBackend(),
): void {
  const graph = buildGraph(net, size, classes);
  // Lesions and landscapes run on the most images at once.
  const largest = largestTensor(graph, Math.max(batch, Math.min(TRAINING_CHUNK, measured)));
  const remedy = sentence('errors.memory.smaller');
  const { total, largestPacked } = stepMemory(graph, batch, recording);
  refuse({ name, message: 'errors.memory.training', needs: total, largest, largestPacked, remedy }, device);
}

/** Throws a `MemoryError` where running a net on one image would take more than the device reports to have. */
export function checkRunMemory(name: string, graph: Graph, device: DeviceInfo): void {
  const needs = inferenceBytes(graph, 1);
  const remedy = sentence('errors.memory.smallerNet');
  refuse({ name, message: 'errors.memory.running', needs, largest: largestTensor(graph, 1), remedy }, device);
}

/**
 * How many images, at most `most`, a net may run on at once: half of what the device reports to have is left free. 1 where
 * fewer have no room.
 */
export function runBatch(graph: Graph, { memoryLimit, tensorLimit }: DeviceInfo, most: number): number {
  let images = most;
  while (
    images > 1 &&
    (2 * inferenceBytes(graph, images) > memoryLimit || largestTensor(graph, images) > tensorLimit)
  ) {
    images = Math.floor(images / 2);
  }
  return images;
}

/** Bytes of the largest tensor, activations and parameters, when a net runs on `images` images at once. */
function largestTensor(graph: Graph, images: number): number {
  const activations = graph.nodes.map(({ shape }) => images * sizeOf(shape));
  const parameters = listParameters(graph).map(({ shape }) => sizeOf(shape));
  return 4 * Math.max(...activations, ...parameters);
}

interface Need {
  readonly name: string;
  readonly message: 'errors.memory.training' | 'errors.memory.running';
  /** Peak bytes of all tensors. */
  readonly needs: number;
  /** Bytes of the largest tensor. */
  readonly largest: number;
  /** Bytes of the largest buffer that holds something of all parameters. */
  readonly largestPacked?: number;
  readonly remedy: Sentence;
}

function refuse({ name, message, needs, largest, largestPacked = 0, remedy }: Need, device: DeviceInfo): void {
  const { backend, memoryLimit, tensorLimit } = device;
  const values = (needed: number, limit: number) => ({
    name: printable(name),
    backend,
    needed: neededMegabytes(needed),
    limit: limitMegabytes(limit),
  });
  if (needs > memoryLimit) throw new MemoryError(sentence(message, values(needs, memoryLimit)));
  if (largest > tensorLimit)
    throw new MemoryError(sentence('errors.memory.tensor', { ...values(largest, tensorLimit), remedy }));
  if (largestPacked > tensorLimit)
    throw new MemoryError(sentence('errors.memory.packed', { ...values(largestPacked, tensorLimit), remedy }));
}

/** Peak bytes of tensors in a training step on the current backend; `batch` is the number of images. */
export function stepMemory(graph: Graph, batch: number, recording: Recording = recordingBackend()): RecordedMemory {
  if (recording === null || !isRecordable(compile(graph)))
    return { total: trainingBytes(graph, batch), largestPacked: 0 };
  const { tuning } = recording;
  return recordedMemory(graph, batch, (node, input) => {
    if (node.op === 'norm') return pixelPartition(tuning, [batch, ...input]).parts;
    if (node.op === 'groupnorm') return groupNormPartition(tuning, [batch, ...input], node.groups).parts;
    // Each group is a convolution of its own.
    const [height, width] = input;
    const filter = [node.kernel, node.kernel, node.inChannels, node.shape[2] / node.groups];
    const images = [batch, height, width, node.inChannels];
    return filterGradientParts(tuning, convGeometry(images, filter, node.stride, node.padding));
  });
}
