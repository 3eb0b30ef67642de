import { recordedBytes, trainingBytes } from '../../core/net/memory.ts';
import type { Graph } from '../../core/net/node.ts';
import { compile, isRecordable } from '../graph/compile.ts';
import { pixelPartition } from '../kernels/webgpu/channel-sums.ts';
import { filterGradientParts } from '../kernels/webgpu/conv/conv-filter-gradient.ts';
import { convGeometry } from '../kernels/webgpu/conv/conv-geometry.ts';
import { recordingBackend } from '../kernels/webgpu/recording/step-recorder.ts';

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
