import { BackendWasm, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { backend, type KernelConfig } from '@tensorflow/tfjs-core';
import { type DeviceInfo, MOST_THREADS } from '../../core/experiment/device.ts';
import { sentence } from '../../language/sentence.ts';
import { register } from '../kernels/registry.ts';
import { wasmConcatChannelsKernel, wasmSplitChannelsKernel } from '../kernels/wasm/channels.ts';
import {
  wasmConvFilterGradientKernel,
  wasmConvInputGradientKernel,
  wasmConvKernel,
  wasmPackFilterKernel,
} from '../kernels/wasm/conv.ts';
import { wasmDropoutKernel } from '../kernels/wasm/dropout.ts';
import { wasmGateGradientKernel, wasmGateKernel } from '../kernels/wasm/gate.ts';
import { wasmGroupNormBackwardKernel, wasmGroupNormKernel } from '../kernels/wasm/group-norm.ts';
import { wasmNormBackwardKernel, wasmNormEvaluateKernel, wasmNormForwardKernel } from '../kernels/wasm/norm.ts';
import { wasmPadShortcutGradientKernel, wasmPadShortcutKernel } from '../kernels/wasm/pad.ts';
import {
  wasmAveragePoolGradientKernel,
  wasmAveragePoolKernel,
  wasmMaxPoolGradientKernel,
  wasmMaxPoolKernel,
  wasmPoolGradientKernel,
  wasmPoolKernel,
} from '../kernels/wasm/pooling.ts';
import { wasmChannelSumsKernel, wasmScaledSumGradientKernel, wasmScaledSumKernel } from '../kernels/wasm/scaled-sum.ts';
import { createThreadPool, threadPoolOf } from '../kernels/wasm/thread-pool.ts';
import { wasmMovingAveragesKernel, wasmSgdKernel } from '../kernels/wasm/updates.ts';
import { DeviceError } from './error.ts';

/** Cores that a machine with more than one is trusted to have, even if a second thread was measured not to help. */
const LEAST_CORES = 2;

/**
 * Starts tfjs' wasm backend by `activate` and loads our kernels onto its heap, with `threads` threads where the page
 * is isolated; by default, as many as were measured to help. Throws a `DeviceError` where there is no SIMD.
 */
export async function startWasm(
  paths: Readonly<Record<string, string>> | undefined,
  activate: () => Promise<void>,
  threads?: number,
): Promise<Pick<DeviceInfo, 'adapter' | 'simd' | 'cores'>> {
  if (typeof WebAssembly === 'undefined') throw new DeviceError('wasm', sentence('errors.device.noWasm'));
  if (paths !== undefined && !pathsSet) setWasmPaths({ ...paths });
  pathsSet = true;
  register(WASM_KERNELS);
  // The threads are ours: tfjs' own would only be in their way.
  if (globalThis.crossOriginIsolated === true) setThreadsCount(1);
  await activate();
  const started = backend();
  if (!(started instanceof BackendWasm)) throw new DeviceError('wasm', sentence('errors.device.another'));
  const most = threads ?? Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, MOST_THREADS);
  const pool = await createThreadPool(started, most, threads === undefined);
  if (pool === null) throw new DeviceError('wasm', sentence('errors.device.noSimd'));
  const { ofThreads, useful } = pool;
  await pool.resize(threads ?? useful);
  const some = pool.threads < ofThreads ? `${pool.threads} of ${ofThreads}` : `${ofThreads}`;
  // Without isolation there are no threads that could be measured. With it, a machine that is busy just now measures too few.
  const isolated = globalThis.crossOriginIsolated === true;
  const cores = isolated ? Math.max(useful, Math.min(ofThreads, LEAST_CORES)) : most;
  return { adapter: `${some} ${ofThreads === 1 ? 'thread' : 'threads'}`, simd: pool.simd, cores };
}

/** Trains with this number of threads from now on, where the page is isolated. */
export async function setWasmThreads(threads: number): Promise<void> {
  const started = backend();
  if (started instanceof BackendWasm) await threadPoolOf(started).resize(threads);
}

/** tfjs refuses to be told twice. */
let pathsSet = false;

/** Our kernels for tfjs' wasm backend; some replace tfjs' own of the same name. */
const WASM_KERNELS: readonly KernelConfig[] = [
  wasmConvKernel,
  wasmPackFilterKernel,
  wasmConvFilterGradientKernel,
  wasmConvInputGradientKernel,
  wasmNormForwardKernel,
  wasmNormEvaluateKernel,
  wasmNormBackwardKernel,
  wasmSgdKernel,
  wasmMovingAveragesKernel,
  wasmPadShortcutKernel,
  wasmPadShortcutGradientKernel,
  wasmPoolKernel,
  wasmPoolGradientKernel,
  wasmMaxPoolKernel,
  wasmMaxPoolGradientKernel,
  wasmAveragePoolKernel,
  wasmAveragePoolGradientKernel,
  wasmConcatChannelsKernel,
  wasmSplitChannelsKernel,
  wasmScaledSumKernel,
  wasmScaledSumGradientKernel,
  wasmChannelSumsKernel,
  wasmDropoutKernel,
  wasmGateKernel,
  wasmGateGradientKernel,
  wasmGroupNormKernel,
  wasmGroupNormBackwardKernel,
];
