import { instantiateKernels } from './kernels.ts';
import type { HelperStart } from './thread-pool.ts';

/** A worker that does nothing but take units of work from the board (assembly/crew.ts), from when it is told its index. */
globalThis.onmessage = async ({ data: { module, memory, board } }: MessageEvent<HelperStart>) => {
  const kernels = await instantiateKernels(module, memory);
  kernels.join(board);
  globalThis.onmessage = ({ data: index }: MessageEvent<number>) => kernels.help(index);
  postMessage('ready');
};
