import { expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { trainingBytes } from '../../core/net/memory.ts';
import { makeNet } from '../../core/net/net.ts';
import { IMAGENET, makeVgg } from '../../core/net/zoo.ts';
import { ROOMY } from '../../testing/engine/tiny-race.ts';
import { checkMemory, checkRunMemory, MemoryError } from './memory.ts';

const lane = { name: 'ResNet-32', net: makeNet('residual', 32) };
const sizes = { size: 16, classes: 4, batch: 64, measured: 1000 };

function check(limits: Partial<typeof ROOMY>): () => void {
  return () => checkMemory(lane, sizes, { ...ROOMY, ...limits });
}

test('what fits is let pass, to the last byte', () => {
  const bytes = trainingBytes(buildGraph(lane.net, 16, 4), 64);
  expect(check({ memoryLimit: bytes })).not.toThrow();
  expect(check({ memoryLimit: bytes - 1 })).toThrow(MemoryError);
});

test('what does not fit is refused with what it takes and what there is', () => {
  const call = check({ memoryLimit: 20_000_000 });
  expect(call).toThrow(MemoryError);
  expect(call).toThrow(
    'net ResNet-32: training it takes 22 MB, and wasm here has 20 MB; choose a smaller net, batch or image size',
  );
});

test('a tensor that is too large for the device is refused likewise, be it in a measurement on 250 images', () => {
  expect(check({ tensorLimit: 250 * 16 * 16 * 8 * 4 })).not.toThrow();
  const call = check({ backend: 'webgpu', tensorLimit: 250 * 16 * 16 * 8 * 4 - 1 });
  expect(call).toThrow(MemoryError);
  expect(call).toThrow(
    'net ResNet-32: its largest tensor takes 3 MB, and webgpu here allows 2 MB; choose a smaller net, batch or image size',
  );
});

test('images that a small set has not are not counted', () => {
  const limits = { ...ROOMY, tensorLimit: 120 * 16 * 16 * 8 * 4 };
  expect(() => checkMemory(lane, { ...sizes, measured: 120 }, limits)).not.toThrow();
  expect(() => checkMemory(lane, { ...sizes, measured: 121 }, limits)).toThrow(MemoryError);
});

test('a net that is only run is refused likewise: VGG-19 has 575 MB of weights', () => {
  const graph = buildGraph(makeVgg(19), IMAGENET.size, IMAGENET.classes);
  expect(() => checkRunMemory('VGG-19', graph, { ...ROOMY, memoryLimit: 700e6 })).not.toThrow();
  expect(() => checkRunMemory('VGG-19', graph, { ...ROOMY, memoryLimit: 600e6 })).toThrow(
    'net VGG-19: running it takes 601 MB, and wasm here has 600 MB; choose a smaller net',
  );
  expect(() => checkRunMemory('VGG-19', graph, { ...ROOMY, tensorLimit: 256e6 })).toThrow(
    'net VGG-19: its largest tensor takes 412 MB, and wasm here allows 256 MB; choose a smaller net',
  );
});
