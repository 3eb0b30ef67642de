import { beforeAll, expect, test } from 'vitest';
import { makeNet } from '../../core/net/net.ts';
import { makeVgg } from '../../core/net/zoo.ts';
import { ROOMY } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { HARDWARE } from '../kernels/webgpu/tuning.ts';
import { checkMemory, MemoryError } from './memory.ts';

beforeAll(async () => {
  await startDevice('wasm');
});

test.each([
  { name: 'ResNet-110', net: makeNet('residual', 110, { width: 16 }), what: 'gradients in parts' },
  { name: 'VGG-16', net: makeVgg(16, { width: 64 }), what: 'weights' },
])('where steps are recorded, all $what of $name have to fit one buffer', ({ name, net }) => {
  const trained = { size: 32, classes: 10, batch: 128, measured: 1000 };
  const device = { ...ROOMY, backend: 'webgpu', memoryLimit: 2 ** 34 } as const;
  const check = (tensorLimit: number) => () =>
    checkMemory({ name, net }, trained, { ...device, tensorLimit }, { tuning: HARDWARE });
  expect(check(2 ** 28)).not.toThrow();
  expect(check(2 ** 27)).toThrow(MemoryError);
  expect(check(2 ** 27)).toThrow(/one buffer of \d+ MB, and webgpu here allows 134 MB/);
});
