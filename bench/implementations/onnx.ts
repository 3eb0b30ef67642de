import webgpuFile from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import wasmFile from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { Graph } from '../../src/core/net/node.ts';
import { listParameters } from '../../src/core/net/operation-facts.ts';
import { onnxFile } from '../../src/engine/onnx/onnx-file.ts';
import { FORWARD_WEIGHTS, type ForwardTask, forwardGraph, forwardImages, forwardName } from '../forward-task.ts';
import type { Implementation } from './implementation.ts';

/** The same net in ONNX Runtime, which folds its norms by itself. */
export async function onnx(task: ForwardTask, backend: 'webgpu' | 'wasm', threads: number): Promise<Implementation> {
  // Who does not want WebGPU gets a smaller and faster binary.
  const ort = backend === 'webgpu' ? await import('onnxruntime-web/webgpu') : await import('onnxruntime-web/wasm');
  ort.env.wasm.wasmPaths = { wasm: backend === 'webgpu' ? webgpuFile : wasmFile };
  ort.env.wasm.numThreads = threads;
  const { size, batch } = task;
  const graph = forwardGraph(task);
  const about = { name: forwardName(task), description: '', metadata: {}, gains: [] };
  const model = onnxFile({ ...about, graph, values: valuesOf(graph) });
  const options = { executionProviders: [backend], freeDimensionOverrides: { batch } };
  const session = await ort.InferenceSession.create(model, options);
  const images = new ort.Tensor('float32', channelsFirst(forwardImages(task), size * size), [batch, 3, size, size]);
  const logits = async (count = 1): Promise<Float32Array> => {
    for (let nth = 1; nth < count; nth++) await session.run({ images });
    const { logits } = await session.run({ images });
    const values = await logits?.getData();
    if (!(values instanceof Float32Array)) throw new Error('onnxruntime: it gave no logits');
    return values;
  };
  return {
    detail: `${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    step: async (count) => {
      await logits(count);
      return 0;
    },
    logits,
  };
}

/** The weights by the names of a lane's snapshot. */
function valuesOf(graph: Graph): ReadonlyMap<string, Float32Array> {
  const { parameter, statistics } = FORWARD_WEIGHTS;
  const parameters = listParameters(graph).map((each) => [`parameter ${each.name}`, parameter(each)] as const);
  const norms = graph.nodes.filter(({ op }) => op === 'norm');
  const running = norms.map(({ name, shape }) => [`running ${name}`, statistics(name, shape[2])] as const);
  return new Map([...parameters, ...running]);
}

function channelsFirst(images: Float32Array, pixels: number): Float32Array {
  const image = 3 * pixels;
  return images.map((_, at) => {
    const channel = Math.floor((at % image) / pixels);
    return images[at - (at % image) + (at % pixels) * 3 + channel] ?? 0;
  });
}
