import { addN, dispose, mul, tidy } from '@tensorflow/tfjs-core';
import { peakBytes } from '../../src/engine/checks/peak-meter.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import { upload } from '../../src/engine/evaluation.ts';
import { Lane } from '../../src/engine/lane.ts';
import type { BackendName } from '../../src/spec/device.ts';
import { batchOf, CLASSES, netOf, RATES, SEED, type Task } from '../task.ts';
import type { Contender } from './contender.ts';

export type WasmPaths = Readonly<Record<string, string>>;

/** The engine of the page. */
export async function ours(
  task: Task,
  backend: BackendName,
  lanes: number,
  wasmPaths: WasmPaths | null,
): Promise<Contender> {
  const broken: Error[] = [];
  const onBroken = (error: Error) => broken.push(error);
  const { adapter } = await startDevice(backend, wasmPaths === null ? { onBroken } : { onBroken, wasmPaths });
  const batch = upload(batchOf(task), task.size, CLASSES);
  const nets = Array.from({ length: lanes }, () => new Lane(netOf(task), task.size, CLASSES, SEED));
  const ask = () => nets.map((net) => net.step(batch, RATES));
  const step = async (count: number) => {
    for (let nth = 1; nth < count; nth++) dispose(ask());
    const metrics = ask();
    const mean = tidy(() => mul(addN(metrics), 1 / lanes));
    dispose(metrics);
    const [loss = Number.NaN] = await mean.data<'float32'>();
    mean.dispose();
    for (const error of broken) throw error;
    return loss;
  };
  const peak = async () => {
    const most = peakBytes(() => dispose(ask()));
    await step(1);
    return most;
  };
  return { detail: adapter, step, peak };
}
