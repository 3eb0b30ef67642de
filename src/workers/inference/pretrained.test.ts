import { afterEach, expect, test, vi } from 'vitest';
import { type DamagedGuess, type LoadProgress, pretrainedOf } from '../../core/data/pretrained.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { sizeOf } from '../../core/net/node.ts';
import { IMAGENET } from '../../core/net/zoo.ts';
import { writeSafetensors } from '../../data/formats/safetensors.ts';
import { startDevice } from '../../engine/device/device.ts';
import { DeviceLostError } from '../../engine/device/error.ts';
import { torchTensors } from '../../engine/state-dict/torch-names.ts';
import { WeightStore } from '../../store/weights.ts';
import { gone } from '../../testing/data/gone.ts';
import { FakeFolder } from '../../testing/store/fake-folder.ts';
import { Pretrained } from './pretrained.ts';

const { net } = pretrainedOf('ResNet-18');
const tensors = torchTensors(buildGraph(net, IMAGENET.size, IMAGENET.classes)).map(({ name, shape }) => {
  const size = sizeOf(shape);
  const values = Float32Array.from({ length: size }, (_, at) => (shape.length === 1 ? 1 : Math.sin(at) / 40));
  return { name, shape, values };
});
const file = new Blob([writeSafetensors(tensors)]);
const folder = new FakeFolder();
const files = new WeightStore({ folder: async () => folder });
const load = { net: 'ResNet-18', file, name: 'resnet18.safetensors', backend: 'wasm', fetches: true } as const;
const image = { image: new Blob([Uint8Array.of(200, 90, 30)]), name: 'dot' } as const;
const call = () => ({ signal: new AbortController().signal, onProgress: () => {} });

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a net of its full size is loaded, asked, damaged until something else is asked, and let go for another', async () => {
  const told: number[] = [];
  const parts: DamagedGuess[] = [];
  const pretrained = new Pretrained({ decodeImage: async (data) => ({ width: 1, height: 1, data }), files });
  await expect(pretrained.classify(image)).rejects.toThrow('net: none is loaded');
  const onProgress = ({ fraction }: LoadProgress) => told.push(fraction);
  expect(await pretrained.load(load, { ...call(), onProgress })).toMatchObject({
    device: { backend: 'wasm' },
    filters: { shape: [7, 7, 3, 64] },
  });
  expect(told.at(-1)).toBe(1);
  await expect(pretrained.damage({ kind: 'branch' }, call())).rejects.toThrow('image: there is none');
  expect(await pretrained.classify(image)).toMatchObject({ guesses: { length: 5 } });
  const looked = await pretrained.maps({ choice: { type: 'block', block: 8 } });
  expect(looked).toMatchObject({ output: { shape: [7, 7, 36], of: 512 } });
  expect(await pretrained.probe()).toMatchObject({ blocks: { length: 8 }, evidence: { shape: [7, 7, 1] } });
  const controller = new AbortController();
  const damaging = pretrained.damage(
    { kind: 'shortcut' },
    {
      signal: controller.signal,
      onProgress: (part) => {
        parts.push(part);
        if (parts.length === 2) controller.abort();
      },
    },
  );
  await expect(damaging).rejects.toMatchObject({ name: 'Withdrawn' });
  expect(parts.map(({ block }) => block)).toEqual([1, 2]);
  const outdated = pretrained.damage({ kind: 'branch' }, call());
  const next = pretrained.probe();
  await expect(outdated).rejects.toMatchObject({ name: 'Withdrawn' });
  await next;
  await expect(pretrained.load({ ...load, net: 'VGG-16' }, call())).rejects.toThrow(
    'resnet18.safetensors is of another net: features.0.weight is missing',
  );
  await expect(pretrained.classify(image)).rejects.toThrow('net: none is loaded');
});

test('where the browser alters what it decodes, that is told of an image that is no PNG', async () => {
  const decodeImage = async () => ({ width: 1, height: 1, data: Uint8Array.of(200, 90, 30) });
  const pretrained = new Pretrained({ decodeImage, noisy: true, files });
  await pretrained.load(load, call());
  expect(await pretrained.classify(image)).toMatchObject({ noisy: true });
  const png = new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)]);
  expect(await pretrained.classify({ image: png, name: 'dot.png' })).toMatchObject({ noisy: false });
});

test('a lost device rejects the pending answer', async () => {
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
  });
  await pretrained.load(load, call());
  await expect(pretrained.classify(image)).rejects.toThrow(
    'net: its device was lost (it was destroyed); load it again',
  );
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
  });
  const fetch = { ...load, file: null, name: 'timm' } as const;
  expect(await pretrained.load(fetch, call())).toMatchObject({ unkept: null });
  expect(await files.list()).toEqual([{ repository: 'timm/resnet18.tv_in1k', bytes: file.size, total: file.size }]);
  expect(await pretrained.load(fetch, call())).toMatchObject({ unkept: null });
  expect(fetched).toHaveBeenCalledTimes(1);
  // It may have been deleted where another page says that it is kept.
  await expect(pretrained.load({ ...fetch, net: 'ResNet-34', fetches: false }, call())).rejects.toThrow(
    'the weights of ResNet-34 are not in this browser any more',
  );
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(await pretrained.load({ ...fetch, fetches: false }, call())).toMatchObject({ unkept: null });
  // What cannot be read for once is kept: it may be whole.
  vi.spyOn(files, 'whole').mockResolvedValueOnce(gone('kept').blob);
  await expect(pretrained.load(fetch, call())).rejects.toThrow('weights file: timm cannot be read (it is gone)');
  expect(await files.list()).toMatchObject([{ bytes: file.size }]);
  await expect(pretrained.load({ ...fetch, net: 'ResNet-34' }, call())).rejects.toThrow('is of another net');
  expect(await files.list()).toMatchObject([{ repository: 'timm/resnet18.tv_in1k' }]);

  memoryLimit = 1e8;
  const small = pretrained.load({ ...fetch, net: 'VGG-16', backend: 'cpu' }, call());
  await expect(small).rejects.toThrow(/^net VGG-16: running it takes [\d,]+ MB, and cpu here has 100 MB/);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('a load that is withdrawn stops its download, and the next has its turn', async () => {
  const fetched = vi.fn(async (_: string, { signal }: { readonly signal: AbortSignal }) => {
    return new Promise<Response>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  vi.stubGlobal('fetch', fetched);
  const none = new WeightStore({ folder: async () => new FakeFolder() });
  const pretrained = new Pretrained({ decodeImage: async (data) => ({ width: 1, height: 1, data }), files: none });
  const fetch = { ...load, file: null, name: 'timm' } as const;
  const [first, second] = [new AbortController(), new AbortController()];
  const loading = pretrained.load(fetch, { ...call(), signal: first.signal });
  const waiting = pretrained.load({ ...fetch, net: 'ResNet-34' }, { ...call(), signal: second.signal });
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(1));
  const ended = Promise.allSettled([loading, waiting]);
  second.abort(new Error('so was the next'));
  first.abort(new Error('it was withdrawn'));
  expect((await ended).map((each) => each.status === 'rejected' && String(each.reason))).toEqual([
    'Error: it was withdrawn',
    'Error: so was the next',
  ]);
  expect(fetched).toHaveBeenCalledTimes(1);
});
