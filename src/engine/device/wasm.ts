import { BackendWasm, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { backend } from '@tensorflow/tfjs-core';
import type { DeviceInfo } from '../../core/experiment/device.ts';
import { register } from '../kernels/register.ts';
import { WASM_KERNELS } from '../kernels/wasm/all.ts';
import { assembleCrew } from '../kernels/wasm/crew.ts';
import { DeviceError } from './error.ts';

/** Maximum number of threads: more would compete for memory bandwidth. */
const MOST_THREADS = 8;

/**
 * Starts tfjs' wasm backend by `activate` and loads our kernels onto its heap, with `threads` threads where the page
 * is isolated; by default, as many as were measured to help. Throws a `DeviceError` where there is no SIMD.
 */
export async function startWasm(
  paths: Readonly<Record<string, string>> | undefined,
  activate: () => Promise<void>,
  threads?: number,
): Promise<Pick<DeviceInfo, 'adapter' | 'simd'>> {
  if (typeof WebAssembly === 'undefined') throw new DeviceError('wasm', 'this browser has no WebAssembly');
  if (paths !== undefined && !pathsSet) setWasmPaths({ ...paths });
  pathsSet = true;
  register(WASM_KERNELS);
  // The threads are ours: tfjs' own would only be in their way.
  if (globalThis.crossOriginIsolated === true) setThreadsCount(1);
  await activate();
  const started = backend();
  if (!(started instanceof BackendWasm)) throw new DeviceError('wasm', 'tfjs started another backend');
  const most = threads ?? Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, MOST_THREADS);
  const crew = await assembleCrew(started, most, threads === undefined);
  if (crew === null) throw new DeviceError('wasm', 'this browser has no WebAssembly SIMD');
  const { ofThreads } = crew;
  const some = crew.threads < ofThreads ? `${crew.threads} of ${ofThreads}` : `${ofThreads}`;
  return { adapter: `${some} ${ofThreads === 1 ? 'thread' : 'threads'}`, simd: crew.simd };
}

/** tfjs refuses to be told twice. */
let pathsSet = false;
