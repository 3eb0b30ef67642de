import { SIMDS, type Simd } from '../../../core/experiment/device.ts';
import { BINARIES } from './binaries.ts';
import { JOB_LAYOUTS } from './job-layouts.ts';

type KernelName = keyof typeof JOB_LAYOUTS;

/** What assembly/kernels.ts exports. */
export interface Kernels extends Readonly<Record<KernelName, (job: number) => void>> {
  /** Attaches the calling thread to the job queue at this address. */
  readonly attach: (jobQueue: number) => void;
  /** Sets the number of worker threads that take part from the next job on. */
  readonly setWorkerThreads: (count: number) => void;
  /** Never returns. */
  readonly runWorkerThread: (index: number) => void;
}

const NAMES: readonly string[] = ['attach', 'setWorkerThreads', 'runWorkerThread', ...Object.keys(JOB_LAYOUTS)];

/** The fields of a kernel's job, see its class in assembly/: addresses and strides in bytes, sizes, numbers. */
export type Job<Kernel extends KernelName> = Readonly<Record<keyof (typeof JOB_LAYOUTS)[Kernel], number>>;

interface Field {
  readonly name: string;
  /** In bytes. */
  readonly offset: number;
  readonly isFloat: boolean;
}

function fieldsOf(
  layout: Readonly<Record<string, { readonly offset: number; readonly type: string }>>,
): readonly Field[] {
  return Object.entries(layout).map(([name, { offset, type }]) => ({ name, offset, isFloat: type === 'f32' }));
}

/** As arrays, since jobs are written hundreds of times in a step. */
const FIELDS: Readonly<Record<KernelName, readonly Field[]>> = {
  runConv: fieldsOf(JOB_LAYOUTS.runConv),
  runPackFilter: fieldsOf(JOB_LAYOUTS.runPackFilter),
  runWinograd: fieldsOf(JOB_LAYOUTS.runWinograd),
  runWinogradFilter: fieldsOf(JOB_LAYOUTS.runWinogradFilter),
  runFilterGradient: fieldsOf(JOB_LAYOUTS.runFilterGradient),
  runMaxPool: fieldsOf(JOB_LAYOUTS.runMaxPool),
  runNormForward: fieldsOf(JOB_LAYOUTS.runNormForward),
  runNormBackward: fieldsOf(JOB_LAYOUTS.runNormBackward),
  runScaledSum: fieldsOf(JOB_LAYOUTS.runScaledSum),
  runScaledSumGradient: fieldsOf(JOB_LAYOUTS.runScaledSumGradient),
  runChannelSums: fieldsOf(JOB_LAYOUTS.runChannelSums),
  runDropout: fieldsOf(JOB_LAYOUTS.runDropout),
  runGate: fieldsOf(JOB_LAYOUTS.runGate),
  runGateGradient: fieldsOf(JOB_LAYOUTS.runGateGradient),
  runCopyChannels: fieldsOf(JOB_LAYOUTS.runCopyChannels),
  runPadShortcut: fieldsOf(JOB_LAYOUTS.runPadShortcut),
  runPadShortcutGradient: fieldsOf(JOB_LAYOUTS.runPadShortcutGradient),
  runPool: fieldsOf(JOB_LAYOUTS.runPool),
  runPoolGradient: fieldsOf(JOB_LAYOUTS.runPoolGradient),
  runSgd: fieldsOf(JOB_LAYOUTS.runSgd),
};

/** Size of the largest job, in bytes. */
export const JOB_BYTES = 4 * Math.max(...Object.values(FIELDS).map(({ length }) => length));

/** Writes a job to the address `at` and runs a kernel on it. */
export function runKernel<Kernel extends KernelName>(
  kernels: Kernels,
  memory: ArrayBufferLike,
  at: number,
  kernel: Kernel,
  job: Job<Kernel>,
): void {
  const view = new DataView(memory, at, JOB_BYTES);
  const values: Readonly<Record<string, number>> = job;
  for (const { name, offset, isFloat } of FIELDS[kernel]) {
    const value = values[name] ?? 0;
    if (isFloat) view.setFloat32(offset, value, true);
    else view.setUint32(offset, value, true);
  }
  kernels[kernel](at);
}

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

/** Instantiates the kernels on a memory. Throws if the binary does not export what this version calls. */
export async function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Kernels> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  if (!isKernels(exports)) throw new Error('kernels: the binary is not of this version');
  return exports;
}
