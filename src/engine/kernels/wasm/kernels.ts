import { SIMDS, type Simd } from '../../../core/experiment/device.ts';
import { BINARIES } from './binaries.ts';

/** What assembly/kernels.ts exports. Pointers and offsets are in bytes. */
export interface Kernels {
  readonly join: (jobQueue: number) => void;
  readonly allowHelpers: (count: number) => void;
  /** Never returns. */
  readonly help: (index: number) => void;
  readonly packFilter: Numeric;
  readonly conv: Numeric;
  readonly filterGradient: Numeric;
  readonly maxPool: Numeric;
  readonly normForward: Numeric;
  readonly normBackward: Numeric;
  readonly descend: Numeric;
}
type Numeric = (...numbers: number[]) => void;

const NAMES = [
  'join',
  'allowHelpers',
  'help',
  'packFilter',
  'conv',
  'filterGradient',
  'maxPool',
  'normForward',
  'normBackward',
  'descend',
] as const satisfies readonly (keyof Kernels)[];

function isKernels(exports: WebAssembly.Exports): exports is WebAssembly.Exports & Kernels {
  return NAMES.every((name) => typeof exports[name] === 'function');
}

/** The compiled WebAssembly module of our kernels, and which SIMD instructions it uses. */
export interface LoadedKernels {
  readonly module: WebAssembly.Module;
  readonly simd: Simd;
}

/**
 * Compiles the kernels for a memory that is shared or not, with relaxed SIMD where the engine supports it. Null where
 * it does not even support plain SIMD.
 */
export async function loadKernels(shared: boolean): Promise<LoadedKernels | null> {
  for (const simd of SIMDS) {
    const binary = BINARIES[shared ? (`${simd}Shared` as const) : simd];
    const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
    if (WebAssembly.validate(bytes)) return { module: await WebAssembly.compile(bytes), simd };
  }
  return null;
}

export async function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Kernels> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  if (!isKernels(exports)) throw new Error('kernels: the binary is not of this version');
  return exports;
}
