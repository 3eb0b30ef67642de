import { listOf, type Phrase, sentence } from '../../language/sentence.ts';
import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode, getBackend, setBackend } from '@tensorflow/tfjs-core';
import { BACKENDS, type BackendChoice, type BackendName, type DeviceInfo } from '../../core/experiment/device.ts';
import { DeviceError } from './error.ts';
import { startWasm } from './wasm.ts';
import { type OnBroken, prepareWebGpu, webGpuFallbacks } from './webgpu.ts';

/** Options of `startDevice`. */
export interface DeviceOptions {
  /** Where tfjs' three wasm files are, by their names; in Node it finds them itself. */
  readonly wasmPaths?: Readonly<Record<string, string>>;
  readonly onBroken?: OnBroken;
  /** The threads of wasm, where the page is isolated; left out, as many as are measured to help. */
  readonly wasmThreads?: number;
}

const START_TIME_LIMIT = 20_000;

/** The heap of tfjs' wasm binaries grows up to 4 GiB. */
const HEAP_LIMIT = 2 ** 32;

/**
 * Starts a backend and makes it tfjs' current one: the chosen one, or with `auto` the first that works. Rejects with a
 * `DeviceError` if none does.
 */
export async function startDevice(choice: BackendChoice, options: DeviceOptions = {}): Promise<DeviceInfo> {
  enableProdMode();
  const passedOver: { backend: BackendName; reason: Phrase }[] = [];
  for (const backend of choice === 'auto' ? BACKENDS : [choice]) {
    try {
      const started = await withTimeLimit(backend, (signal) => start(backend, choice !== 'auto', options, signal));
      return { ...started, backend, passedOver };
    } catch (error) {
      // A browser may refuse a device with an error of its own.
      const named = error instanceof DeviceError ? error : new DeviceError(backend, String(error));
      if (choice !== 'auto') throw named;
      passedOver.push({ backend, reason: named.reason });
    }
  }
  throw new DeviceError(
    'cpu',
    listOf(passedOver.map(({ reason }) => reason)),
    sentence('errors.device.currentBrowser'),
  );
}

type Started = Omit<DeviceInfo, 'backend' | 'passedOver'>;

/**
 * Once it is `passedOver`, another backend may be running: then it rejects without taking its place, and the loss of its
 * device is not told as that of the other.
 */
async function start(
  backend: BackendName,
  asked: boolean,
  options: DeviceOptions,
  passedOver: AbortSignal,
): Promise<Started> {
  switch (backend) {
    case 'webgpu': {
      const device = await prepareWebGpu(asked, (error) => {
        if (!passedOver.aborted) options.onBroken?.(error);
      });
      await activate(backend, passedOver);
      return { ...device, fallbacks: await webGpuFallbacks() };
    }
    case 'wasm': {
      const started = await startWasm(options.wasmPaths, () => activate(backend, passedOver), options.wasmThreads);
      return { ...started, memoryLimit: HEAP_LIMIT, tensorLimit: HEAP_LIMIT, fallbacks: [] };
    }
    case 'cpu':
      await activate(backend, passedOver);
      return { adapter: 'JavaScript', memoryLimit: HEAP_LIMIT, tensorLimit: HEAP_LIMIT, fallbacks: [] };
    default:
      return backend satisfies never;
  }
}

async function activate(backend: BackendName, passedOver: AbortSignal): Promise<void> {
  passedOver.throwIfAborted();
  const worked = await setBackend(backend);
  if (passedOver.aborted) {
    // tfjs keeps the name of the one that runs, but computes on the one that came last.
    await setBackend(getBackend());
    passedOver.throwIfAborted();
  }
  if (!worked || getBackend() !== backend) throw new DeviceError(backend, sentence('errors.device.notStarted'));
}

/**
 * What `begin` resolves with; it hears when it is passed over, since it failed or is late. tfjs waits for ever for a worker
 * thread that failed to load.
 */
async function withTimeLimit<T>(backend: BackendName, begin: (passedOver: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const limit = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const late = new DeviceError(backend, sentence('errors.device.late', { seconds: START_TIME_LIMIT / 1000 }));
  const timer = setTimeout(() => controller.abort(late), START_TIME_LIMIT);
  try {
    return await Promise.race([begin(signal), limit]);
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
