import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { register } from '../kernels/register.ts';
import { WASM_KERNELS } from '../kernels/wasm/all.ts';
import { DeviceError } from './error.ts';

/** tfjs keeps so many workers for its threads, and starts no more threads whatever it is asked for. */
const MOST_THREADS = 8;

/**
 * Starts tfjs' wasm backend by `activate`, with a thread on every core where the page is isolated, and gives the
 * number of its threads.
 */
export async function startWasm(
  paths: Readonly<Record<string, string>> | undefined,
  activate: () => Promise<void>,
): Promise<number> {
  if (typeof WebAssembly === 'undefined') throw new DeviceError('wasm', 'this browser has no WebAssembly');
  if (paths !== undefined && !pathsSet) setWasmPaths({ ...paths });
  pathsSet = true;
  register(WASM_KERNELS);
  if (globalThis.crossOriginIsolated !== true) {
    await activate();
    return 1;
  }
  const threads = Math.min(navigator.hardwareConcurrency, MOST_THREADS);
  setThreadsCount(threads);
  await withCores(2 * threads, activate);
  return Math.max(1, getThreadsCount());
}

/** tfjs refuses to be told twice. */
let pathsSet = false;

/** tfjs starts at most half as many threads as the browser says that there are cores: meanwhile it says `cores`. */
async function withCores(cores: number, run: () => Promise<void>): Promise<void> {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores, configurable: true });
  try {
    await run();
  } finally {
    // The browser's own is the prototype's.
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
}
