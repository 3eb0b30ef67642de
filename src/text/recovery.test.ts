import { expect, test } from 'vitest';
import { recoverySentence } from './recovery.ts';

const device = {
  backend: 'webgpu',
  adapter: 'Apple M3',
  memoryLimit: 1,
  tensorLimit: 1,
  passedOver: [],
  fallbacks: [],
} as const;
const loss = { backend: 'webgpu', reason: 'Device was destroyed' } as const;

test('says why, from where and on what', () => {
  expect(recoverySentence({ from: 'device', loss, step: 25, device })).toBe(
    'WebGPU says: “Device was destroyed”. The race goes on from step 25, on WebGPU: Apple M3.',
  );
});

test('says why it is on something else, and nothing where the browser says nothing', () => {
  const reason = 'the browser offers no graphics adapter';
  const wasm = {
    ...device,
    backend: 'wasm',
    adapter: '2 threads',
    passedOver: [{ backend: 'webgpu', reason }],
  } as const;
  expect(recoverySentence({ from: 'device', loss: { ...loss, reason: '' }, step: 0, device: wasm })).toBe(
    'The browser took WebGPU away. No WebGPU any more: the browser offers no graphics adapter. The race goes on from step 0, on WebAssembly: 2 threads.',
  );
});
