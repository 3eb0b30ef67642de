import { BINARIES } from './binaries.ts';

/** What assembly/kernels.ts exports. Pointers and offsets are in bytes. */
export interface Kernels {
  readonly join: (board: number) => void;
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

/**
 * The kernels as a module for a memory that is shared or not: with relaxed SIMD (a multiply and add in one rounding)
 * where the engine knows it. Null where it does not even know SIMD.
 */
export async function loadKernels(shared: boolean): Promise<WebAssembly.Module | null> {
  const variants = shared ? (['relaxedShared', 'plainShared'] as const) : (['relaxed', 'plain'] as const);
  for (const variant of variants) {
    const bytes = Uint8Array.from(atob(BINARIES[variant]), (character) => character.charCodeAt(0));
    if (WebAssembly.validate(bytes)) return WebAssembly.compile(bytes);
  }
  return null;
}

export async function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Kernels> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  if (!isKernels(exports)) throw new Error('kernels: the binary is not of this version');
  return exports;
}
