import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { DatasetStore } from '../../store/datasets.ts';
import { RunStore } from '../../store/runs.ts';
import { WeightStore } from '../../store/weights.ts';
import { decodePngOnly } from '../../testing/data/import-files.ts';
import { petsZip } from '../../testing/data/pets.ts';
import { writePng } from '../../testing/data/png-files.ts';
import { given, idxOf, pngOf } from '../../testing/data/true-formats.ts';
import { Library } from './library.ts';

const REQUEST = { files: [given('pets.zip', petsZip())], split: { share: 0.25, seed: 1 }, size: 32 } as const;
const call = () => ({ signal: new AbortController().signal, onProgress: () => {}, transfer: () => {} });

function setUp() {
  const datasets = new DatasetStore();
  const library = new Library({
    datasets,
    runs: new RunStore(),
    weights: new WeightStore(),
    decodeImage: decodePngOnly,
  });
  return { datasets, library };
}

test('files that are read while a set is being kept stay open', async () => {
  const { datasets, library } = setUp();
  let end = () => {};
  vi.spyOn(datasets, 'keep').mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        end = () => resolve();
      }),
  );
  await library.read(REQUEST, call());
  const keeping = library.keep({ name: 'pets' }, call());
  await vi.waitFor(() => expect(datasets.keep).toHaveBeenCalled());
  await library.read(REQUEST, call());
  end();
  await keeping;
  expect((await library.keep({ name: 'others' }, call())).entry.name).toBe('others');
});

test('an image is put on black like those of a set of IDX files, and else resized', async () => {
  const { library } = setUp();
  const name = (of: string, dimensions: number) => `train-${of}-idx${dimensions}-ubyte`;
  const files = [
    given(name('images', 3), idxOf([4, 28, 28], new Uint8Array(4 * 784).fill(9))),
    given(name('labels', 1), idxOf([4], [0, 1, 0, 1])),
  ];
  await library.read({ ...REQUEST, files }, call());
  const { hash } = (await library.keep({ name: 'digits' }, call())).entry;
  const file = given('4.png', pngOf(200, 200, 200, 28));
  const { size, rgb } = await library.picture({ file, hash });
  expect([size, rgb.indexOf(200)]).toEqual([32, 3 * (2 * 32 + 2)]);
  expect(await library.picture({ file, hash: null })).toMatchObject({
    size: 64,
    rgb: new Uint8Array(3 * 64 * 64).fill(200),
  });
});

test('an image of a set is the very bytes that the set has of it, at the size that its images were made', async () => {
  const { library } = setUp();
  const striped = (shade: number) =>
    writePng({ width: 48, height: 48, depth: 8, colour: 0, sample: (x) => (x % 2 === 0 ? shade : 0) });
  const shades = [250, 200, 150, 100];
  const files = shades.map((shade, at) => given(`pets/${at % 2 === 0 ? 'cat' : 'dog'}/${at}.png`, striped(shade)));
  const found = await library.read({ ...REQUEST, files, size: 48 }, call());
  const [cat] = found.type === 'images' ? found.preview.classes : [];
  const { hash } = (await library.keep({ name: 'pets' }, call())).entry;
  const pictures = await Promise.all(files.map((file) => library.picture({ file, hash })));
  expect(pictures.map(({ size }) => size)).toEqual([48, 48, 48, 48]);
  expect(pictures.map(({ rgb }) => rgb)).toContainEqual(cat?.samples[0]?.rgb);
});

test('images are there as they were where making them another size is cancelled', async () => {
  const { library } = setUp();
  const before = await library.read(REQUEST, call());
  const cancel = new AbortController();
  const reading = library.read({ ...REQUEST, size: 64 }, { ...call(), signal: cancel.signal });
  cancel.abort(new Error('not wanted'));
  await expect(reading).rejects.toThrow('not wanted');
  expect(await library.arrange({ choice: {} }, call())).toEqual(before);
  expect((await library.keep({ name: 'pets' }, call())).entry.size).toBe(32);
});

test('what is put away is no longer in memory, and what is being read never will be', async () => {
  const { library } = setUp();
  await library.read(REQUEST, call());
  await library.putAway();
  await expect(library.keep({ name: 'pets' }, call())).rejects.toThrow('it is no longer here');
  await expect(library.arrange({ choice: {} }, call())).rejects.toThrow('it is no longer here');
  const reading = library.read(REQUEST, call());
  await library.putAway();
  await expect(reading).rejects.toThrow();
  await expect(library.keep({ name: 'pets' }, call())).rejects.toThrow('it is no longer here');
});
