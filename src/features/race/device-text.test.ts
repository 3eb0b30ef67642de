import { expect, test } from 'vitest';
import { comparedAcross, computedOn, deviceText, resumedElsewhere } from './device-text.ts';

const relaxed = { backend: 'wasm', adapter: '2 threads', simd: 'relaxed' } as const;
const plain = { backend: 'wasm', adapter: '4 threads', simd: 'plain' } as const;

test('a device is named with the SIMD that computes on it', () => {
  expect(deviceText(relaxed)).toBe('WebAssembly: 2 threads, relaxed SIMD');
  expect(deviceText({ backend: 'webgpu', adapter: 'Apple M3' })).toBe('WebGPU: Apple M3');
  expect(computedOn({ backend: 'wasm', adapter: '1 thread' })).toBe('WebAssembly');
});

test('a race that goes on elsewhere is said to have other last bits, as are runs beside each other', () => {
  expect(resumedElsewhere(relaxed, plain, 25)).toContain(
    'on WebAssembly with relaxed SIMD up to step 25 and continues on WebAssembly with plain SIMD',
  );
  expect(comparedAcross([relaxed, plain, { ...relaxed, adapter: '1 thread' }])).toMatch(
    /^Computed on WebAssembly with relaxed SIMD and WebAssembly with plain SIMD: /,
  );
});
