import type { RunDevice, Simd } from '../../core/experiment/device.ts';
import { BACKEND_TEXT } from '../../ui/strings.ts';

const SIMD_TEXT: Readonly<Record<Simd, string>> = { relaxed: 'relaxed SIMD', plain: 'plain SIMD' };

/** What the device menu says of the wasm kernels that run here. */
export const SIMD_NOTE: Readonly<Record<Simd, string>> = {
  relaxed:
    'Relaxed SIMD rounds a multiplication and an addition once. Browsers without it compute curves that differ in their last bits.',
  plain:
    'This browser has no relaxed SIMD, which rounds a multiplication and an addition once: curves differ in their last bits from those of browsers that have it.',
};

/** "WebAssembly: 2 threads" and, where there is more to say, ", relaxed SIMD". */
export function deviceParts({ backend, adapter, simd }: RunDevice): readonly [name: string, detail: string] {
  return [`${BACKEND_TEXT[backend]}: ${adapter}`, simd === undefined ? '' : `, ${SIMD_TEXT[simd]}`];
}

/** "WebAssembly: 2 threads, relaxed SIMD" */
export function deviceText(device: RunDevice): string {
  return deviceParts(device).join('');
}

/** "WebAssembly with relaxed SIMD": what decides the last bits of a curve, the number of threads left out. */
export function computedOn({ backend, adapter, simd }: RunDevice): string {
  if (backend === 'webgpu') return `${BACKEND_TEXT.webgpu}: ${adapter}`;
  return simd === undefined ? BACKEND_TEXT[backend] : `${BACKEND_TEXT[backend]} with ${SIMD_TEXT[simd]}`;
}

/** For a race that goes on where other last bits may come out than where it began. */
export function resumedElsewhere(before: RunDevice, now: RunDevice, step: number): string {
  return `The race was computed on ${computedOn(before)} up to step ${step} and goes on on ${computedOn(now)}: its last bits may differ from those of an uninterrupted race.`;
}

/** For runs beside each other of which some were computed where other last bits may come out. */
export function comparedAcross(devices: readonly RunDevice[]): string {
  const names = [...new Set(devices.map(computedOn))];
  return `Computed on ${names.slice(0, -1).join(', ')} and ${names.at(-1)}: where nothing else differs, the last bits still may.`;
}
