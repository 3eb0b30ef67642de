import { instantiateKernels } from './kernels.ts';
import type { WorkerThreadStart } from './thread-pool.ts';

/** A worker that does nothing but take units of work from the jobQueue (assembly/crew.ts), from when it is told its index. */
globalThis.onmessage = async ({ data: { module, memory, jobQueue } }: MessageEvent<WorkerThreadStart>) => {
  const kernels = await instantiateKernels(module, memory);
  kernels.join(jobQueue);
  globalThis.onmessage = ({ data: index }: MessageEvent<number>) => kernels.help(index);
  postMessage('ready');
};
