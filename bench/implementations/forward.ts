import { tensor4d } from '@tensorflow/tfjs-core';
import type { BackendName } from '../../src/core/experiment/device.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import { FrozenNet } from '../../src/engine/inference/frozen-net.ts';
import { FORWARD_WEIGHTS, type ForwardTask, forwardGraph, forwardImages, forwardNet } from '../forward-task.ts';
import type { Implementation } from './implementation.ts';
import type { WasmPaths } from './ours.ts';

/** The engine of the page, running a net. */
export async function forward(
  task: ForwardTask,
  backend: BackendName,
  threads: number | undefined,
  wasmPaths: WasmPaths | null,
): Promise<Implementation> {
  const { adapter } = await startDevice(backend, {
    ...(wasmPaths === null ? {} : { wasmPaths }),
    ...(threads === undefined ? {} : { wasmThreads: threads }),
  });
  const net = await FrozenNet.load(forwardGraph(task), forwardNet(task).gains, FORWARD_WEIGHTS);
  const images = tensor4d(forwardImages(task), [task.batch, task.size, task.size, 3]);
  const logits = async (count = 1) => {
    for (let nth = 1; nth < count; nth++) net.logits(images).dispose();
    const last = net.logits(images);
    const values = await last.data<'float32'>();
    last.dispose();
    return values;
  };
  return {
    detail: adapter,
    step: async (count) => {
      await logits(count);
      return 0;
    },
    logits,
  };
}
