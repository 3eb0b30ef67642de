import { matMul, slice, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { startDevice } from '../../src/engine/device/device.ts';

/** What a GPU can do at most, as measured. */
export interface Probe {
  readonly adapter: string;
  /** Memory bandwidth while one large buffer is copied to another, reads plus writes, in GB/s. */
  readonly bandwidth: number;
  /** Throughput of tfjs' product of large float32 matrices, in TFLOP/s. */
  readonly matmul: number;
}

const COPIED_BYTES = 2 ** 28;
const SIDE = 4096;
const REPEATS = 20;
const TURNS = 5;

/** The least of some turns, in seconds each, of `REPEATS` of something that the GPU is to have finished. */
async function fastest(run: () => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  // The first compiles and allocates.
  for (let turn = 0; turn <= TURNS; turn++) {
    const begun = performance.now();
    await run();
    if (turn > 0) least = Math.min(least, (performance.now() - begun) / 1000 / REPEATS);
  }
  return least;
}

async function copyRate(): Promise<number> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  const device = await adapter?.requestDevice({ requiredLimits: { maxBufferSize: COPIED_BYTES } });
  if (device === undefined) throw new Error('adapter: none');
  const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const [from, to] = [0, 1].map(() => device.createBuffer({ size: COPIED_BYTES, usage }));
  if (from === undefined || to === undefined) throw new Error('buffer: none');
  const seconds = await fastest(async () => {
    const encoder = device.createCommandEncoder();
    for (let nth = 0; nth < REPEATS; nth++) encoder.copyBufferToBuffer(from, 0, to, 0, COPIED_BYTES);
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
  });
  device.destroy();
  return (2 * COPIED_BYTES) / seconds / 1e9;
}

async function matmulRate(): Promise<number> {
  const values = Float32Array.from({ length: SIDE * SIDE }, (_, index) => Math.sin(index));
  const [a, b] = [tensor2d(values, [SIDE, SIDE]), tensor2d(values, [SIDE, SIDE])];
  const seconds = await fastest(async () => {
    const products: Tensor[] = [];
    for (let nth = 0; nth < REPEATS; nth++) {
      products.at(-1)?.dispose();
      products.push(matMul(a, b));
    }
    const last = products.at(-1);
    const corner = last === undefined ? undefined : slice(last, [0, 0], [1, 1]);
    last?.dispose();
    await corner?.data();
    corner?.dispose();
  });
  return (2 * SIDE ** 3) / seconds / 1e12;
}

export async function probe(): Promise<Probe> {
  const { adapter } = await startDevice('webgpu');
  return { adapter, bandwidth: await copyRate(), matmul: await matmulRate() };
}

/** The adapter's name alone. */
export async function nameAdapter(): Promise<string> {
  return (await startDevice('webgpu')).adapter;
}
