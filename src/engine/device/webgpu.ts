import { env, findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { sentence } from '../../language/sentence.ts';
import { register } from '../kernels/registry.ts';
import { WEBGPU_KERNELS } from '../kernels/webgpu/all.ts';
import { TrainingBackend } from '../kernels/webgpu/backend.ts';
import { HARDWARE, SOFTWARE } from '../kernels/webgpu/tuning.ts';
import { DeviceError, DeviceLostError } from './error.ts';
import { selfTest } from './self-test.ts';

/** Called when the device is lost, or reports an uncaptured error. */
export type OnBroken = (error: DeviceError | DeviceLostError) => void;

/** The started device: its adapter, and its limits in bytes. */
export interface WebGpuDevice {
  readonly adapter: string;
  readonly memoryLimit: number;
  readonly tensorLimit: number;
}

/** Half of what a browser reports of the machine's memory, which it caps at 8 GiB. */
const MEMORY_LIMIT = 4 * 2 ** 30;

interface ActiveDevice {
  readonly device: GPUDevice;
  readonly started: WebGpuDevice;
  onBroken: OnBroken;
  /** Names of the kernels that the self-test removed; null before it. */
  fallbacks: readonly string[] | null;
}

/** The device that tfjs' webgpu backend runs on, as long as it works. */
let active: ActiveDevice | null = null;

/**
 * Makes tfjs' webgpu backend run on a device of our own, so that its loss and its errors are heard: tfjs itself lets
 * a failed allocation pass as zeros. A device that works stays, with the tensors on it. Throws a `DeviceError` where
 * there is no adapter, or only one in software and that was not asked for.
 */
export async function prepareWebGpu(acceptSoftware: boolean, onBroken: OnBroken): Promise<WebGpuDevice> {
  const gpu = globalThis.navigator?.gpu;
  if (gpu === undefined) throw new DeviceError('webgpu', sentence('errors.device.noWebgpu'));
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new DeviceError('webgpu', sentence('errors.device.noAdapter'));
  if (isSoftware(adapter) && !acceptSoftware) {
    throw new DeviceError('webgpu', sentence('errors.device.software', { adapter: nameOf(adapter) }));
  }
  if (active !== null) {
    active.onBroken = onBroken;
    return active.started;
  }
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  });
  const tuning = isSoftware(adapter) ? SOFTWARE : HARDWARE;
  // tfjs registers its own where WebGPU was there when it was loaded.
  if (findBackendFactory('webgpu') != null) removeBackend('webgpu');
  registerBackend('webgpu', () => new TrainingBackend(device, adapter.info, tuning), 3);
  register(WEBGPU_KERNELS);
  // Otherwise small tensors are computed on the CPU, by other code than the large ones.
  env().set('WEBGPU_CPU_FORWARD', false);
  const started: WebGpuDevice = {
    adapter: nameOf(adapter),
    memoryLimit: MEMORY_LIMIT,
    tensorLimit: Math.min(adapter.limits.maxStorageBufferBindingSize, adapter.limits.maxBufferSize),
  };
  listen({ device, started, onBroken, fallbacks: null });
  return started;
}

/**
 * Tests the kernels on the running device, tfjs' current one, and removes those that fail; resolves with their names. A
 * device that is started again is not tested again: those kernels are still removed. `test` replaces `selfTest` in tests.
 */
export async function webGpuFallbacks(test = selfTest): Promise<readonly string[]> {
  const one = active;
  const fallbacks = one?.fallbacks ?? (await test());
  if (one !== null) one.fallbacks = fallbacks;
  return fallbacks;
}

/** Reports the first loss or error of a device, after which it is no longer used. */
function listen(one: ActiveDevice): void {
  const { device } = one;
  const broke = (error: DeviceError | DeviceLostError) => {
    if (active !== one) return;
    active = null;
    device.destroy();
    one.onBroken(error);
  };
  active = one;
  device.addEventListener('uncapturederror', ({ error }) => {
    broke(new DeviceError('webgpu', error.message, sentence('errors.device.smaller')));
  });
  // The engine never destroys a device in use: where the reason is 'destroyed', the browser or an extension did.
  void device.lost.then(({ message }) => broke(new DeviceLostError('webgpu', message.replace(/[.\s]+$/, ''))));
}

/** What tfjs and the benchmarks time kernels with. */
const FEATURES = ['timestamp-query'] as const satisfies readonly GPUFeatureName[];

/** The limits that tfjs' kernels and ours make use of where an adapter has more than the default. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

function isSoftware({ info }: GPUAdapter): boolean {
  return (
    info.isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(`${info.architecture} ${info.description}`)
  );
}

function nameOf({ info }: GPUAdapter): string {
  if (/swiftshader/i.test(`${info.architecture} ${info.description}`)) return 'SwiftShader';
  return (
    info.description || [info.vendor, info.architecture].filter((part) => part !== '').join(' ') || 'unnamed adapter'
  );
}
