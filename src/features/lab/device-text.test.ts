import { expect, test } from 'vitest';
import {
  comparedAcross,
  computedOn,
  deviceText,
  recoverySentence,
  recoveryTitle,
  resumedElsewhere,
} from './device-text.ts';

const relaxed = { backend: 'wasm', adapter: '2 threads', simd: 'relaxed' } as const;
const plain = { backend: 'wasm', adapter: '4 threads', simd: 'plain' } as const;

const device = {
  backend: 'webgpu',
  adapter: 'Apple M3',
  memoryLimit: 1,
  tensorLimit: 1,
  passedOver: [],
  fallbacks: [],
} as const;
const loss = { backend: 'webgpu', reason: 'Device was destroyed' } as const;

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

test('a recovery says why, from where and on what', () => {
  expect(recoverySentence({ from: 'device', loss, step: 25, device })).toBe(
    'WebGPU says: “Device was destroyed”. The race continues from step 25, on WebGPU: Apple M3.',
  );
});

test('a recovery says why it is on something else, and nothing where the browser says nothing', () => {
  const reason = 'the browser offers no graphics adapter';
  const wasm = {
    ...device,
    backend: 'wasm',
    adapter: '2 threads',
    passedOver: [{ backend: 'webgpu', reason }],
  } as const;
  expect(recoverySentence({ from: 'device', loss: { ...loss, reason: '' }, step: 0, device: wasm })).toBe(
    'The browser took WebGPU away. WebGPU is no longer used: the browser offers no graphics adapter. The race continues from step 0, on WebAssembly: 2 threads.',
  );
});

test.each([
  [
    { how: 'ended', reason: '' },
    { step: 125, lost: 12, training: true },
    'The training worker ended',
    'The browser does not say why. Training continues from step 125 in a new worker; 12 steps were lost.',
  ],
  [
    { how: 'wounded', reason: 'x is not defined' },
    { step: 30, lost: 0, training: false },
    'An error in the training worker',
    'It says: “x is not defined”. The race continues from step 30 in a new worker; nothing was lost.',
  ],
  [
    { how: 'wounded', reason: 'x is not defined' },
    { step: 30, lost: 1, training: true },
    'An error in the training worker',
    'It says: “x is not defined”. Training continues from step 30 in a new worker; 1 step was lost.',
  ],
] as const)('a worker that is %j is told as such, with where the race goes on', (end, where, title, sentence) => {
  const facts = { from: 'worker', end, ...where } as const;
  expect([recoveryTitle(facts), recoverySentence(facts)]).toEqual([title, sentence]);
});
