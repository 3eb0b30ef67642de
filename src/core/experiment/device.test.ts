import { expect, test } from 'vitest';
import { type RunDevice, roundsDifferently } from './device.ts';

const wasm = (simd?: RunDevice['simd'], adapter = '2 threads'): RunDevice => ({
  backend: 'wasm',
  adapter,
  ...(simd && { simd }),
});
const gpu = (adapter: string): RunDevice => ({ backend: 'webgpu', adapter });

test.each([
  ['another SIMD', wasm('relaxed'), wasm('plain'), true],
  ['another number of threads', wasm('relaxed'), wasm('relaxed', '1 thread'), false],
  ['a run of before SIMD was recorded', wasm(), wasm('plain'), false],
  ['another backend', wasm('plain'), { backend: 'cpu', adapter: 'JavaScript' }, true],
  ['another adapter of WebGPU', gpu('Apple M3'), gpu('NVIDIA'), true],
  ['the same adapter', gpu('Apple M3'), gpu('Apple M3'), false],
] as const)('%s', (_, one, other, differs) => {
  expect([roundsDifferently(one, other), roundsDifferently(other, one)]).toEqual([differs, differs]);
});
