import type { Phrase } from '../../language/sentence.ts';

/** TensorFlow.js backends, in order of preference. */
export const BACKENDS = ['webgpu', 'wasm', 'cpu'] as const;
/** A backend of TensorFlow.js. */
export type BackendName = (typeof BACKENDS)[number];

/** `auto` takes the first that works of WebGPU on a real adapter, wasm, and plain JavaScript. */
export type BackendChoice = BackendName | 'auto';

/**
 * The SIMD instructions of the wasm kernels. Relaxed SIMD rounds a multiplication and an addition once, plain SIMD rounds
 * each: the last bits of a curve differ.
 */
export const SIMDS = ['relaxed', 'plain'] as const;
/** The SIMD variant that the wasm kernels run with. */
export type Simd = (typeof SIMDS)[number];

/** Maximum number of threads of wasm: more would compete for memory bandwidth. */
export const MOST_THREADS = 8;

/** The backend and adapter that nets train on, and their limits. */
export interface DeviceInfo {
  readonly backend: BackendName;
  /** "Apple M3", "SwiftShader", "2 threads". */
  readonly adapter: string;
  /** Present for wasm only. */
  readonly simd?: Simd;
  /** Cores on which wasm may train lanes: as many as threads were measured to help, but 2 where there are. */
  readonly cores?: number;
  /** Bytes that one lane's training may take. */
  readonly memoryLimit: number;
  /** Bytes that one tensor may have. */
  readonly tensorLimit: number;
  /** The engine's own kernels that failed the self-test here; compositions of tfjs kernels replace them. */
  readonly fallbacks: readonly string[];
  /** The backends that were tried before this one, each with the reason why it was not taken. */
  readonly passedOver: readonly { readonly backend: BackendName; readonly reason: Phrase }[];
}

/** The device that computed a run. Earlier versions recorded no `simd`. */
export type RunDevice = Pick<DeviceInfo, 'backend' | 'adapter' | 'simd'>;

/** The properties of the training device that a run records. */
export function runDevice({ backend, adapter, simd }: DeviceInfo): RunDevice {
  return { backend, adapter, ...(simd && { simd }) };
}

/**
 * Whether the same experiment may give other last bits on one device than on the other. Two runs on wasm of which one
 * does not record its `simd` count as equal, since the answer is unknown.
 */
export function roundsDifferently(one: RunDevice, other: RunDevice): boolean {
  if (one.backend !== other.backend) return true;
  if (one.backend === 'webgpu') return one.adapter !== other.adapter;
  return one.simd !== undefined && other.simd !== undefined && one.simd !== other.simd;
}

/** The names of the backends: products, the same in every language. */
export const BACKEND_NAMES: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};
