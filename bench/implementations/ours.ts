import { dispose } from '@tensorflow/tfjs-core';
import type { BackendName } from '../../src/core/experiment/device.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import { peakBytes } from '../../src/testing/engine/peak-meter.ts';
import type { Task } from '../task.ts';
import type { Implementation } from './implementation.ts';
import { makeNets } from './nets.ts';

export type WasmPaths = Readonly<Record<string, string>>;

/** The engine of the page. */
export async function ours(
  task: Task,
  backend: BackendName,
  lanes: number,
  wasmPaths: WasmPaths | null,
): Promise<Implementation> {
  const broken: Error[] = [];
  const onBroken = (error: Error) => broken.push(error);
  const { adapter } = await startDevice(backend, wasmPaths === null ? { onBroken } : { onBroken, wasmPaths });
  const nets = makeNets(task, lanes);
  const step = async (count: number) => {
    const loss = await nets.step(count);
    for (const error of broken) throw error;
    return loss;
  };
  const peak = async () => {
    const most = peakBytes(() => dispose(nets.ask()));
    await step(1);
    return most;
  };
  return { detail: adapter, step, peak };
}
