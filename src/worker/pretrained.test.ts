import { expect, test, vi } from 'vitest';
import { writeSafetensors } from '../data/safetensors.ts';
import { startDevice } from '../engine/device/device.ts';
import { DeviceLostError } from '../engine/device/error.ts';
import { torchTensors } from '../engine/exchange/torch-names.ts';
import { IMAGENET } from '../spec/family.ts';
import { buildGraph } from '../spec/graph.ts';
import { type DamagedGuess, pretrainedOf } from '../spec/pretrained.ts';
import { FakeFolder } from '../store/checks/fake-folder.ts';
import { WeightFiles } from '../store/weights.ts';
import { Pretrained } from './pretrained.ts';

const { net } = pretrainedOf('ResNet-18');
const tensors = torchTensors(buildGraph(net, IMAGENET.size, IMAGENET.classes)).map(({ name, shape }) => {
  const size = shape.reduce((product, side) => product * side, 1);
  const values = Float32Array.from({ length: size }, (_, at) => (shape.length === 1 ? 1 : Math.sin(at) / 40));
  return { name, shape, values };
});
const file = new Blob([writeSafetensors(tensors)]);
const folder = new FakeFolder();
const files = new WeightFiles({ folder: async () => folder });
const load = { ask: 'load', net: 'ResNet-18', file, name: 'resnet18.safetensors', backend: 'wasm' } as const;
const classify = { ask: 'classify', image: new Blob([Uint8Array.of(200, 90, 30)]), name: 'dot' } as const;

test('a net of its full size is loaded, asked, damaged until something else is asked, and let go for another', async () => {
  const told: number[] = [];
  const parts: DamagedGuess[] = [];
  let stopped: Promise<unknown> = Promise.resolve();
  const pretrained: Pretrained = new Pretrained({
    decodeImage: async (data) => ({ width: 1, height: 1, data }),
    files,
    onLoading: ({ fraction }) => told.push(fraction),
    onDamaged: (part) => {
      parts.push(part);
      if (parts.length === 2) stopped = pretrained.do({ ask: 'stop' });
    },
  });
  await expect(pretrained.do(classify)).rejects.toThrow('net: none is loaded');
  expect(await pretrained.do(load)).toMatchObject({
    of: 'load',
    device: { backend: 'wasm' },
    filters: { shape: [7, 7, 3, 64] },
  });
  expect(told.at(-1)).toBe(1);
  await expect(pretrained.do({ ask: 'damage', kind: 'branch' })).rejects.toThrow('image: none is there');
  expect(await pretrained.do(classify)).toMatchObject({ classification: { guesses: { length: 5 } } });
  const looked = await pretrained.do({ ask: 'maps', choice: { of: 'block', block: 8 } });
  expect(looked).toMatchObject({ maps: { output: { shape: [7, 7, 36], of: 512 } } });
  const probed = await pretrained.do({ ask: 'probe' });
  expect(probed).toMatchObject({ probe: { blocks: { length: 8 }, evidence: { shape: [7, 7, 1] } } });
  await expect(pretrained.do({ ask: 'damage', kind: 'shortcut' })).rejects.toThrow('net: damaging it was stopped');
  expect(parts.map(({ block }) => block)).toEqual([1, 2]);
  await stopped;
  await expect(pretrained.do({ ...load, net: 'VGG-16' })).rejects.toThrow(
    'resnet18.safetensors is of another net: features.0.weight is missing',
  );
  await expect(pretrained.do(classify)).rejects.toThrow('net: none is loaded');
});

test('where its device is lost nobody waits for an answer any more', async () => {
  let lose: () => void = () => {};
  const pretrained = new Pretrained({
    start: (backend, options = {}) => {
      lose = () => options.onBroken?.(new DeviceLostError('webgpu', 'it was destroyed'));
      return startDevice(backend, options);
    },
    decodeImage: async (data) => {
      lose();
      return { width: 1, height: 1, data };
    },
    files,
    onLoading: () => {},
    onDamaged: () => {},
  });
  await pretrained.do(load);
  await expect(pretrained.do(classify)).rejects.toThrow('net: its device was lost (it was destroyed); load it again');
});

test('what is fetched is loaded and kept, unless it is of another net; what has no room is not fetched', async () => {
  const answers = [file, new Blob([writeSafetensors([])]), file];
  const fetched = vi.fn(async () => new Response(answers.shift(), { headers: { ETag: '"a"' } }));
  vi.stubGlobal('fetch', fetched);
  let memoryLimit = 4e9;
  const pretrained = new Pretrained({
    start: async (...asked) => ({ ...(await startDevice(...asked)), memoryLimit }),
    decodeImage: async (data) => ({ width: 1, height: 1, data }),
    files,
    onLoading: () => {},
    onDamaged: () => {},
  });
  const fetch = { ...load, file: null, name: 'timm' } as const;
  expect(await pretrained.do(fetch)).toMatchObject({ of: 'load', unkept: null });
  expect(await files.list()).toEqual([{ repository: 'timm/resnet18.tv_in1k', bytes: file.size, total: file.size }]);
  expect(await pretrained.do(fetch)).toMatchObject({ of: 'load', unkept: null });
  expect(fetched).toHaveBeenCalledTimes(1);
  await expect(pretrained.do({ ...fetch, net: 'ResNet-34' })).rejects.toThrow('is of another net');
  expect(await files.list()).toMatchObject([{ repository: 'timm/resnet18.tv_in1k' }]);

  memoryLimit = 1e8;
  const small = pretrained.do({ ...fetch, net: 'VGG-16', backend: 'cpu' });
  await expect(small).rejects.toThrow(/^net VGG-16: running it takes [\d,]+ MB, and cpu here has 100 MB/);
  expect(fetched).toHaveBeenCalledTimes(2);
  vi.unstubAllGlobals();
});
