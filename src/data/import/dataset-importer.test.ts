import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { GivenFile } from '../../core/data/given-file.ts';
import { gone } from '../../testing/data/gone.ts';
import { decodePngOnly, importFiles } from '../../testing/data/import-files.ts';
import { saidSkipped } from '../../testing/data/skipped.ts';
import { noise } from '../../testing/data/synthetic.ts';
import { cifarRecords, given, idxOf, pngOf, tarGz } from '../../testing/data/true-formats.ts';
import { rawZip } from '../../testing/data/zip-files.ts';
import { DataError } from '../dataset.ts';
import { DatasetImporter, findData, sourceName } from './dataset-importer.ts';
import type { ImportedDataset, Labelled } from './sets/imported-dataset.ts';

const OPTIONS = { size: 32, decodeImage: decodePngOnly, split: { share: 0.25, seed: 1 } } as const;

function read(...files: readonly GivenFile[]): Promise<ImportedDataset> {
  return importFiles(files, OPTIONS);
}

async function problem(...files: readonly GivenFile[]): Promise<string> {
  const error: unknown = await read(...files).catch((reason: unknown) => reason);
  return error instanceof DataError ? error.message : `no DataError: ${String(error)}`;
}

/** The labels of all parts, and the first byte of each of their images. */
function told(parts: readonly Labelled[]) {
  return parts.flatMap(({ labels, images }) => Array.from(labels, (label, at) => [label, images[at * 3072]]));
}

describe('CIFAR', () => {
  const cifar10 = {
    'cifar-10-batches-bin/batches.meta.txt': new TextEncoder().encode(`${[...'abcdefghij'].join('\n')}\n\n`),
    'cifar-10-batches-bin/data_batch_2.bin': cifarRecords([[9], 20]),
    'cifar-10-batches-bin/data_batch_1.bin': cifarRecords([[3], 10], [[0], 11]),
    'cifar-10-batches-bin/readme.html': new Uint8Array(3),
    'cifar-10-batches-bin/test_batch.bin': cifarRecords([[5], 30]),
  };

  it('10 is read from its archive, files in the archive’s order, what is missing said', async () => {
    const set = await read(given('cifar-10-binary.tar.gz', await tarGz(cifar10)));
    expect([set.kind, set.classes]).toEqual(['CIFAR-10', [...'abcdefghij']]);
    expect(told(set.train)).toEqual([
      [3, 10],
      [0, 11],
      [9, 20],
    ]);
    expect(told(set.test)).toEqual([[5, 30]]);
    expect(set.skipped.named.map(({ path }) => path)).toEqual([
      'cifar-10-batches-bin/readme.html',
      'data_batch_3.bin',
      'data_batch_4.bin',
      'data_batch_5.bin',
    ]);
  });

  it('10 is read from its folder, and 100 by its fine labels', async () => {
    const folder = Object.entries(cifar10).map(([path, bytes]) => given(path, bytes));
    expect(told((await read(...folder)).train)).toEqual([
      [3, 10],
      [0, 11],
      [9, 20],
    ]);
    const hundred = { 'c/train.bin': cifarRecords([[1, 99], 7], [[0, 4], 8]), 'c/test.bin': cifarRecords([[0, 5], 9]) };
    const set = await read(given('cifar-100-binary.tar.gz', await tarGz(hundred)));
    expect([set.classes.length, told(set.train), told(set.test)]).toEqual([
      100,
      [
        [99, 7],
        [4, 8],
      ],
      [[5, 9]],
    ]);
  });

  it('is refused where it is cut short, in the archive or in a file', async () => {
    const archive = await tarGz(cifar10);
    expect(await problem(given('c.tar.gz', archive.subarray(0, archive.length - 30)))).toMatch(
      /c\.tar\.gz.*damaged or cut short/,
    );
    const cut = { ...cifar10, 'cifar-10-batches-bin/data_batch_1.bin': new Uint8Array(3000) };
    expect(await problem(given('c.tar.gz', await tarGz(cut)))).toContain(
      'data_batch_1.bin is cut short or not a CIFAR-10 file',
    );
    const wrong = { ...cifar10, 'cifar-10-batches-bin/data_batch_1.bin': cifarRecords([[10], 1]) };
    expect(await problem(given('c.tar.gz', await tarGz(wrong)))).toContain('record 0 has label 10');
  });
});

describe('the MNIST family', () => {
  const images = idxOf(
    [4, 28, 28],
    new Uint8Array(4 * 784).map((_, at) => Math.floor(at / 784) + 1),
  );
  const labels = idxOf([4], [1, 0, 2, 1]);

  it('is read, gzipped or not, padded to 32 pixels in black', async () => {
    const set = await read(
      given('train-images-idx3-ubyte.gz', gzipSync(images)),
      given('train-labels-idx1-ubyte.gz', gzipSync(labels)),
      given('t10k-images-idx3-ubyte', images),
      given('t10k-labels-idx1-ubyte', labels),
    );
    expect([set.kind, set.classes]).toEqual(['IDX', ['0', '1', '2']]);
    expect(set.train[0]?.labels).toEqual(Uint8Array.of(1, 0, 2, 1));
    const row = set.test[0]?.images.subarray(3072 + 2 * 96, 3072 + 3 * 96);
    expect([row?.[0], row?.[5], row?.[6], row?.[89], row?.[90]]).toEqual([0, 0, 2, 2, 0]);
  });

  it('has the classes that its files, its folder or its archive are named after, else numbers', async () => {
    const named = async (folder: string, set: string, ...values: readonly number[]) => {
      const all = [0, 1, 2, 3].map((nth) => values[nth % values.length] ?? 0);
      const { classes, train, test } = await read(
        given(`${folder}${set}train-images-idx3-ubyte`, images),
        given(`${folder}${set}train-labels-idx1-ubyte`, idxOf([4], all)),
      );
      return [classes.length, ...[...told(train), ...told(test)].map(([label]) => classes[label ?? -1]).toSorted()];
    };
    expect(await named('fashion-mnist/', '', 9, 1)).toEqual([10, 'ankle boot', 'ankle boot', 'trouser', 'trouser']);
    expect(await named('KMNIST/', '', 0, 9)).toEqual([10, 'o お', 'o お', 'wo を', 'wo を']);
    expect(await named('', 'emnist-letters-', 1, 26)).toEqual([26, 'A', 'A', 'Z', 'Z']);
    expect(await named('', 'emnist-balanced-', 36, 46)).toEqual([47, 'a', 'a', 't', 't']);
    expect(await named('', 'emnist-byclass-', 36, 61)).toEqual([62, 'a', 'a', 'z', 'z']);
    expect(await named('', 'emnist-digits-', 0, 9)).toEqual([10, '0', '0', '9', '9']);
    expect(await named('fashion/', '', 0, 10)).toEqual([11, '0', '0', '10', '10']);
  });

  it('is split where there is one part of it only', async () => {
    const set = await read(given('train-images-idx3-ubyte', images), given('train-labels-idx1-ubyte', labels));
    expect([told(set.train).length, told(set.test).length]).toEqual([3, 1]);
  });

  it('is refused where files do not belong together, by name', async () => {
    const three = idxOf([3], [1, 0, 2]);
    const name = (what: string) => `train-${what}-idx${what === 'labels' ? 1 : 3}-ubyte`;
    expect(await problem(given(name('images'), images), given(name('labels'), three))).toContain(
      '4 images, but 3 labels',
    );
    expect(await problem(given(name('images'), images))).toContain('the labels of train are missing');
    expect(await problem(given(name('images'), labels), given(name('labels'), labels))).toContain(
      'the images of train are missing',
    );
    expect(await problem(given(name('images'), images.subarray(0, 500)))).toContain('declares 4 × 28 × 28 = 3136');
    expect(await problem(given(name('images'), idxOf([2 ** 31, 2 ** 31, 2 ** 31], [])))).toContain('but 0 follow');
    expect(await problem(given('digits.gz', gzipSync(images)))).toContain('the labels of digits are missing');
  });
});

describe('a file of the MNIST family that cannot be read', () => {
  const name = (what: string) => `train-${what}-idx${what === 'labels' ? 1 : 3}-ubyte`;
  const labels = given(name('labels'), idxOf([4], [1, 0, 2, 1]));
  const shades = new Uint8Array(4 * 784).map((_, at) => (at * at) % 251);

  it('is said to be damaged, and not missing, also in an archive', async () => {
    const cut = gzipSync(idxOf([4, 28, 28], shades)).subarray(0, -20);
    const told = /^data file: train-images-idx3-ubyte is damaged.*; choose a whole file of the IDX format/;
    expect(await problem(given(`${name('images')}.gz`, cut), labels)).toMatch(told);
    const zip = { [`${name('images')}.gz`]: cut, [name('labels')]: idxOf([4], [1, 0, 2, 1]) };
    expect(await problem(given('mnist.zip', zipSync(zip)))).toMatch(told);
  });

  it('is said to have too many images, before it is read', async () => {
    const images = idxOf([697_932, 28, 28], shades);
    expect(await problem(given(name('images'), images), labels)).toBe(
      'data file: train-images-idx3-ubyte has 697932 images; at most 200000 can be used',
    );
  });

  it('is refused where there are too many of them for the memory', async () => {
    const importer = new DatasetImporter(OPTIONS, 10_000);
    const bytes = idxOf([5, 28, 28], new Uint8Array(5 * 784));
    const entry = (path: string) => {
      const read = async function* () {
        yield bytes;
      };
      return { path, fault: null, read };
    };
    await importer.add(entry('a/images'));
    await importer.add(entry('b/images'));
    await expect(importer.add(entry('c/images'))).rejects.toThrow('have more than 0 MB; leave some out');
  });
});

describe('images in one folder a class', () => {
  const zip = (files: Readonly<Record<string, Uint8Array>>) => given('pets.zip', zipSync(files));
  const pets = {
    'pets/cat/2.png': pngOf(2, 0, 0),
    'pets/cat/10.png': pngOf(10, 0, 0, 64),
    'pets/cat/3.png': pngOf(3, 0, 0),
    'pets/cat/4.png': pngOf(4, 0, 0),
    'pets/dog/1.png': pngOf(101, 0, 0, 8),
    'pets/dog/2.png': pngOf(102, 0, 0),
  };

  it('are read from a zip: same images, same set, in whatever order they come', async () => {
    const set = await read(zip(pets));
    expect(set.classes).toEqual(['cat', 'dog']);
    const all = [...told(set.train), ...told(set.test)].toSorted();
    expect(all).toEqual([
      [0, 10],
      [0, 2],
      [0, 3],
      [0, 4],
      [1, 101],
      [1, 102],
    ]);
    expect([told(set.train).length, told(set.test).length]).toEqual([4, 2]);
    const backwards = await read(zip(Object.fromEntries(Object.entries(pets).toReversed())));
    expect(backwards).toEqual(set);
    const folder = await read(...Object.entries(pets).map(([path, bytes]) => given(path, bytes)));
    expect([folder.train, folder.test]).toEqual([set.train, set.test]);
  });

  it('are in one folder where Google Drive has packed it into several archives', async () => {
    const parts = (...all: readonly (readonly [string, Uint8Array])[][]) =>
      all.map((files, nth) => given(`pets-20240101T120000Z-00${nth + 1}.zip`, zipSync(Object.fromEntries(files))));
    const files = Object.entries(pets);
    const { classes, train, test } = await read(zip(pets));
    expect(await read(...parts(files.slice(0, 3), files.slice(3)))).toMatchObject({ classes, train, test });
    const sides = (['train', 'test'] as const).map((side) => {
      return files.map(([path, bytes]) => [path.replace('pets/', `pets/${side}/`), bytes] as const);
    });
    const split = await read(...parts(...sides));
    expect([split.classes, told(split.train).length, told(split.test).length]).toEqual([classes, 6, 6]);
  });

  it('are what is read where a table lies beside them, which can be chosen; else the table is', async () => {
    const table = given('pets/metadata.parquet', new TextEncoder().encode('PAR1'));
    const beside = async (files: Readonly<Record<string, Uint8Array>>) => {
      const all = [...Object.entries(files).map(([path, bytes]) => given(path, bytes)), table];
      return findData(all, OPTIONS);
    };
    const found = await beside(pets);
    expect(found.open()).toMatchObject({ type: 'images', set: { classes: ['cat', 'dog'] } });
    expect(found.sets.map(({ name }) => name)).toEqual(['pets (images)', 'pets (Parquet)']);
    expect(found.open({ set: 'pets (Parquet)' })).toEqual({ type: 'table', files: [table] });
    const few = { 'pets/cat/1.png': pngOf(1, 1, 1), 'pets/dog/1.png': pngOf(2, 2, 2) };
    expect((await beside(few)).open()).toEqual({ type: 'table', files: [table] });
  });

  it('are read from a zip whose first file would make it another format, which is said where there are none', async () => {
    for (const first of ['metadata.json', 'ids.npy', 'pets/version']) {
      const set = await read(zip({ [first]: new Uint8Array(9), ...pets }));
      expect(set.classes).toEqual(['cat', 'dog']);
    }
    expect(await problem(zip({ 'metadata.json': new Uint8Array(9), 'config.json': new Uint8Array(9) }))).toMatch(
      /^data file: pets\.zip is a Keras model; /,
    );
    expect(await problem(zip({ 'x.npy': new TextEncoder().encode('\x93NUMPY') }))).toMatch(
      /^data file: pets\.zip is an archive of NumPy arrays \(npz\); /,
    );
  });

  it('have a name in no language where they have no common folder', () => {
    const files = ['a.png', 'b.png', 'c.png'].map((path) => given(path, new Uint8Array()));
    expect([sourceName(files), sourceName(files.slice(0, 1)), sourceName([given('x/1', new Uint8Array())])]).toEqual([
      'a.png + 2',
      'a.png',
      'x',
    ]);
  });

  it('keep the parts that they are in', async () => {
    const parts = Object.entries(pets).map(
      ([path, bytes], at) => [path.replace('pets', at < 4 ? 'p/train' : 'p/val'), bytes] as const,
    );
    const both = Object.fromEntries([...parts, ['p/train/dog/9.png', pngOf(9, 0, 0)]]);
    const set = await read(zip(both));
    expect([told(set.train).length, told(set.test)]).toEqual([
      5,
      [
        [1, 101],
        [1, 102],
      ],
    ]);
  });

  it('are read from a hidden folder that is chosen, without what is hidden in it', async () => {
    const files = { ...pets, 'pets/cat/.hidden.png': pngOf(1, 1, 1), 'pets/.git/bird/1.png': pngOf(1, 1, 1) };
    const all = Object.entries(files).map(([path, bytes]) => given(`.data/.${path}`, bytes));
    expect([(await read(...all)).classes, (await read(...all)).skipped.count]).toEqual([['cat', 'dog'], 0]);
  });

  it('leave out what is skipped, and say so', async () => {
    const set = await read(
      zip({
        ...pets,
        '__MACOSX/pets/cat/._2.png': new Uint8Array(9),
        'pets/cat/broken.png': pngOf(1, 1, 1).subarray(0, 60),
        'pets/notes.txt': new Uint8Array(9),
        'lonely.png': pngOf(1, 1, 1),
        '../../etc/cat/5.png': pngOf(5, 5, 5),
        'pets/bird/1.png': pngOf(7, 7, 7),
      }),
    );
    expect(set.classes).toEqual(['bird', 'cat', 'dog']);
    expect(told(set.train)).toContainEqual([0, 7]);
    const skipped = Object.fromEntries(saidSkipped(set.skipped).map(({ path, reason }) => [path, reason]));
    expect(Object.keys(skipped).toSorted()).toEqual([
      '../../etc/cat/5.png',
      'lonely.png',
      'pets/cat/broken.png',
      'pets/notes.txt',
    ]);
    expect(skipped['pets/cat/broken.png']).toBe('does not decode: it is cut short; leave it out or save it again');
    expect(skipped['../../etc/cat/5.png']).toContain('leads out');
  });

  it('are read although other files are gone from the disk or damaged', async () => {
    const files = Object.entries(pets).map(([path, bytes]) => given(path, bytes));
    const broken = gzipSync(new Uint8Array(99)).subarray(0, 12);
    const set = await read(gone('pets/cat/1.png'), given('pets/notes.gz', broken), ...files, gone('pets/more.zip'));
    expect([set.classes, told(set.train).length + told(set.test).length]).toEqual([['cat', 'dog'], 6]);
    expect(saidSkipped(set.skipped)).toEqual([
      { path: 'pets/cat/1.png', reason: 'cannot be read (it is gone)' },
      { path: 'pets/notes.gz', reason: expect.stringContaining('is damaged or cut short') },
      { path: 'pets/more.zip', reason: 'cannot be read (it is gone)' },
    ]);
    expect(await problem(gone('pets.zip'))).toBe(
      'data set: pets.zip has nothing of use (pets.zip: cannot be read (it is gone)); give one folder of images per class, or an archive of them',
    );
  });

  it('are read although archives beside them are damaged, and as much of these as there is', async () => {
    const files = Object.entries(pets).map(([path, bytes]) => given(path, bytes));
    const owls = { '1.png': pngOf(1, 1, 1), '2.png': noise(3000, 'a') };
    const set = await read(
      given('pets/cut.zip', zipSync(pets).subarray(0, 150)),
      given('pets/locked.zip', rawZip([{ name: 'cat/1.png', data: pngOf(1, 1, 1), flags: 1 }])),
      given('pets/owl.tar.gz', (await tarGz(owls)).subarray(0, -300)),
      ...files,
    );
    expect(set.classes).toEqual(['cat', 'dog', 'owl']);
    expect(Object.fromEntries(saidSkipped(set.skipped).map(({ path, reason }) => [path, reason]))).toMatchObject({
      'pets/cut.zip': expect.stringContaining('is cut off'),
      'pets/locked.zip': expect.stringContaining('is encrypted'),
      'pets/owl.tar.gz': expect.stringContaining('is damaged or cut short'),
    });
  });

  it('are refused where there are none, or one class of them', async () => {
    expect(await problem(zip({}))).toBe(
      'data set: pets.zip is empty; give one folder of images per class, or an archive of them',
    );
    expect(await problem(zip({ 'a.txt': new Uint8Array(3) }))).toContain('has nothing of use (a.txt: neither an image');
    expect(await problem(zip({ 'cat/1.png': pngOf(1, 1, 1), 'cat/2.png': pngOf(1, 1, 1) }))).toContain(
      'only one class',
    );
    expect(await problem(zip({ 'cat/1.png': pngOf(1, 1, 1), 'dog/1.png': pngOf(1, 1, 1) }))).toContain(
      'no images to test on',
    );
  });

  it('never fill the memory from a bomb: a file is cut off where an image ends to be one', async () => {
    const [zeros, image] = [new Uint8Array(40 * 2 ** 20), new Uint8Array(40 * 2 ** 20)];
    image.set(pngOf(1, 1, 1));
    const bomb = zipSync({ ...pets, 'pets/cat/zeros.png': zeros, 'pets/dog/bomb.png': image });
    expect(bomb.length).toBeLessThan(120_000);
    const { skipped } = await read(given('bomb.zip', bomb));
    expect(saidSkipped(skipped)).toEqual([
      { path: 'pets/cat/zeros.png', reason: 'neither an image nor a part of CIFAR or MNIST' },
      { path: 'pets/dog/bomb.png', reason: 'has more than 32 MB' },
    ]);
  });

  it('are refused in a zip that is cut short', async () => {
    const bytes = zipSync({ 'cat/1.png': [pngOf(1, 2, 3, 200), { level: 0 }] });
    expect(await problem(given('cut.zip', bytes.subarray(0, 150)))).toContain('cut.zip is cut off');
  });
});
