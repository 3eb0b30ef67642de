import { instantiateKernels } from './kernels.ts';
import type { WorkerThreadStart } from './thread-pool.ts';

/** A worker thread of the pool: it takes units of jobs (assembly/thread-pool.ts), once it is told its index. */
globalThis.onmessage = async ({ data: { module, memory, jobQueue } }: MessageEvent<WorkerThreadStart>) => {
  const kernels = await instantiateKernels(module, memory);
  kernels.attach(jobQueue);
  globalThis.onmessage = ({ data: index }: MessageEvent<number>) => kernels.runWorkerThread(index);
  postMessage('ready');
};
