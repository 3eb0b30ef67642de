import { instantiateKernels } from './kernels.ts';

/** What a thread needs to help. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly board: number;
  readonly index: number;
}

/** A worker that does nothing else but take units of work from the board (assembly/crew.ts). */
globalThis.onmessage = async ({ data: { module, memory, board, index } }: MessageEvent<HelperStart>) => {
  const kernels = await instantiateKernels(module, memory);
  kernels.join(board);
  postMessage(index);
  kernels.help(index);
};
