import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, describe, expect, it, test, vi } from 'vitest';
import { imagesParquet } from '../../src/testing/data/parquet-files.ts';
import { saidSkipped } from '../../src/testing/data/skipped.ts';
import { cifarRecords, idxOf, pngOf, tarGz } from '../../src/testing/data/true-formats.ts';
import { decodeBmp } from './decode-image.ts';
import { type OwnDataChoice, previewOf, readOwnData, withPacked } from './own-data.ts';

const root = mkdtempSync(join(tmpdir(), 'own-data-'));
afterAll(() => rmSync(root, { recursive: true }));
let made = 0;

/** A folder with these files, or one file where its name is ''. */
function onDisk(files: Readonly<Record<string, Uint8Array>>, name = `data${made++}`): string {
  const path = join(root, name);
  for (const [file, bytes] of Object.entries(files)) {
    const full = file === '' ? path : join(path, file);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, bytes);
  }
  return path;
}

/** "images: cat 3+1, dog 3+1" and what is skipped. */
async function told(path: string, choice: OwnDataChoice = {}) {
  const { kind, classes, skipped } = previewOf((await readOwnData(path, choice)).set);
  const counts = classes.map(({ name, train, test }) => `${name} ${train}+${test}`).join(', ');
  return [`${kind}: ${counts}`, ...skipped.map(({ file, reason }) => `${file}: ${reason}`)];
}

const grey = (n: number) => pngOf(n, n, n, 8);
const four = (folder: string) => Object.fromEntries([1, 2, 3, 4].map((n) => [`${folder}/${n}.png`, grey(n)]));
const pets = { ...four('cat'), ...four('dog') };
const images = idxOf([4, 28, 28], new Uint8Array(4 * 784));
const labels = (...values: readonly number[]) => idxOf([values.length], values);
const mnist = (folder: string, ...values: readonly number[]) => ({
  [`${folder}train-images-idx3-ubyte`]: images,
  [`${folder}train-labels-idx1-ubyte`]: labels(...values),
});

describe('one data set, whatever it lies in', () => {
  const both = 'images: cat 3+1, dog 3+1';
  it.each<[string, () => string | Promise<string>]>([
    ['a folder', () => onDisk(pets)],
    ['a hidden folder', () => onDisk(pets, '.pets')],
    [
      'a folder with links to a class, to a file and to itself',
      () => {
        const path = onDisk({ ...four('cat'), 'cat/4.png': grey(9) });
        const elsewhere = onDisk({ ...four('its-dogs'), 'a/four.png': grey(4) });
        rmSync(join(path, 'cat/4.png'));
        symlinkSync(join(elsewhere, 'a/four.png'), join(path, 'cat/4.png'));
        symlinkSync(join(elsewhere, 'its-dogs'), join(path, 'dog'));
        symlinkSync(path, join(path, 'cat/all'));
        symlinkSync(join(path, 'nowhere'), join(path, 'cat/none.png'));
        return path;
      },
    ],
    ['a zip without an ending', () => onDisk({ '': zipSync(pets) }, 'pets')],
    [
      'a tar.gz of "."',
      async () =>
        onDisk(
          { '': await tarGz(Object.fromEntries(Object.entries(pets).map(([path, bytes]) => [`./${path}`, bytes]))) },
          'pets.tgz',
        ),
    ],
    [
      'a folder with an archive a class',
      () => onDisk({ 'cat.zip': zipSync(four('a')), 'dog.zip': zipSync(four('b')) }),
    ],
  ])('%s', async (_, path) => {
    expect(await told(await path())).toEqual([both]);
  });

  it('whose unlabelled part is said a folder at a time', async () => {
    const { set } = await readOwnData(
      onDisk({ ...four('p/train/cat'), ...four('p/train/dog'), ...four('p/test') }),
      {},
    );
    expect([set.skipped.count, set.skipped.more, saidSkipped(set.skipped)]).toEqual([
      4,
      0,
      [{ path: expect.stringMatching(/p\/test\/$/), reason: '4 images without labels: test has no folder of a class' }],
    ]);
  });

  it('with what systems leave behind', async () => {
    const left = { 'cat/@eaDir/1.png/thumb.png': grey(1), '__MACOSX/cat/._1.png': grey(2), 'dog/Thumbs.db': grey(3) };
    const hidden = { '.DS_Store': grey(1), 'desktop.ini': grey(1), 'cat/.ipynb_checkpoints/1.png': grey(1) };
    expect(await told(onDisk({ ...pets, ...left, ...hidden }))).toEqual([both]);
  });

  it('whose names tell nothing, or the wrong thing', async () => {
    const colour = { create: { width: 9, height: 9, channels: 3, background: { r: 200, g: 10, b: 10 } } } as const;
    const [jpeg, webp, gif, avif] = await Promise.all([
      sharp(colour).jpeg().toBuffer(),
      sharp(colour).webp().toBuffer(),
      sharp(colour).gif().toBuffer(),
      sharp(colour).avif().toBuffer(),
    ]);
    const cat = { 'cat/a.jfif': jpeg, 'cat/b.txt': webp, 'cat/c': gif, 'cat/d (1).jpg - Copy': grey(9) };
    const dog = { 'dog/a.png': avif, 'dog/b.jpg': grey(1), 'dog/c.png': grey(2), 'dog/d.heic': grey(3) };
    expect(await told(onDisk({ ...cat, ...dog, 'dog/e.png': new Uint8Array() }))).toEqual([
      both,
      expect.stringMatching(/^data\d+\/dog\/e\.png: an empty file$/),
    ]);
  });
});

describe('IDX', () => {
  it('is told by its bytes, with names that are copies or say nothing', async () => {
    const copies = {
      'train-images-idx3-ubyte (1).gz': gzipSync(images),
      'train-labels-idx1-ubyte - Copy': labels(0, 1, 0, 1),
    };
    expect(await told(onDisk(copies))).toEqual(['IDX: 0 1+1, 1 1+1']);
    expect(await told(onDisk({ a: images, b: labels(0, 1, 0, 1) }))).toEqual(['IDX: 0 1+1, 1 1+1']);
    const kaggle = {
      'train-images-idx3-ubyte/train-images-idx3-ubyte': images,
      'train-images.idx3-ubyte': images,
      'train-labels-idx1-ubyte/train-labels-idx1-ubyte': labels(0, 1, 0, 1),
      't10k-images-idx3-ubyte/t10k-images-idx3-ubyte': images,
      't10k-labels-idx1-ubyte/t10k-labels-idx1-ubyte': labels(0, 1, 1, 1),
    };
    expect(await told(onDisk(kaggle))).toEqual([
      'IDX: 0 2+1, 1 2+3',
      expect.stringContaining('the images of train were there already'),
    ]);
  });

  it('of several folders is several sets, each with its own names', async () => {
    const path = onDisk({ ...mnist('fashion/', 0, 9, 0, 9), ...mnist('mnist/', 3, 4, 3, 4) }, 'both');
    await expect(told(path)).rejects.toThrow(
      '--data: both holds several data sets: "fashion" (IDX), "mnist" (IDX); choose one with --set NAME',
    );
    expect((await told(path, { set: 'mnist' }))[0]).toBe('IDX: 0 0+0, 1 0+0, 2 0+0, 3 1+1, 4 1+1');
    expect((await told(path, { set: 'fashion' }))[0]).toContain('T-shirt 1+1');
    const [alone] = await told(onDisk(mnist('mnist/', 3, 4, 3, 4), 'from fashion-mnist'));
    expect(alone).toContain('3 1+1, 4 1+1');
    await expect(told(path, { set: 'cifar' })).rejects.toThrow('--set: "cifar" is not one of "fashion", "mnist"');
  });
});

test('image folders beside another set, by the folder that they are in', async () => {
  const path = onDisk({ ...four('pets/train/cat'), ...four('pets/train/dog'), ...mnist('digits/', 0, 1, 0, 1) });
  await expect(told(path)).rejects.toThrow('several data sets: "digits" (IDX), "pets/train" (images); choose one');
  expect(await told(path, { set: 'pets' })).toEqual(['images: cat 3+1, dog 3+1']);
});

test('CIFAR of both kinds in one folder', async () => {
  const ten = await tarGz({
    'cifar-10-batches-bin/data_batch_1.bin': cifarRecords([[3], 1], [[3], 2], [[5], 3], [[5], 4]),
  });
  const hundred = await tarGz({
    'cifar-100-binary/train.bin': cifarRecords([[1, 99], 7], [[1, 98], 8], [[1, 99], 9], [[1, 98], 9]),
  });
  const path = onDisk({ 'cifar-10-binary.tar.gz': ten, 'cifar-100-binary.tar.gz': hundred });
  await expect(told(path)).rejects.toThrow(/several data sets: .*CIFAR-10.*CIFAR-100/);
  expect((await told(path, { set: 'CIFAR-10' }))[0]).toContain('CIFAR-10: airplane 0+0');
});

describe('Parquet', () => {
  const rows = (count: number) =>
    imagesParquet(
      Array.from({ length: count }, (_, n) => ({ image: grey(n), label: n % 2 })),
      { classes: ['no', 'yes'] },
    );
  it('is read whole, its parts by the names of files or folders', async () => {
    expect(await told(onDisk({ '': rows(10) }, 'table'))).toEqual(['Parquet: no 4+1, yes 4+1']);
    expect(
      await told(onDisk({ 'train-00000-of-00001.parquet': rows(6), 'test-00000-of-00001.parquet': rows(2) })),
    ).toEqual(['Parquet: no 3+1, yes 3+1']);
    expect(await told(onDisk({ 'training/0.parquet': rows(6), 'validation/0.parquet': rows(2) }))).toEqual([
      'Parquet: no 3+1, yes 3+1',
    ]);
  });

  it('of several sets has one to be chosen', async () => {
    const path = onDisk({
      'mnist_train.parquet': rows(4),
      'mnist_test.parquet': rows(2),
      'other_train.parquet': rows(8),
    });
    await expect(told(path)).rejects.toThrow('several data sets: "mnist", "other"; choose one with --set NAME');
    expect(await told(path, { set: 'mnist' })).toEqual(['Parquet: no 2+1, yes 2+1']);
  });

  it('of several sets has one to be chosen beside folders of classes, too', async () => {
    const path = onDisk({ ...pets, 'tables/mnist_train.parquet': rows(4), 'tables/other_train.parquet': rows(8) });
    await expect(told(path, { set: 'Parquet' })).rejects.toThrow('several data sets: "mnist", "other"; choose one');
    expect(await told(path, { set: 'other' })).toEqual(['Parquet: no 3+1, yes 3+1']);
    expect(await told(path, { set: 'images' })).toEqual(['images: cat 3+1, dog 3+1']);
    await expect(told(path, { set: 'more' })).rejects.toThrow(
      /^--set: "more" is not one of "data\d+ \(images\)", "mnist", "other"$/,
    );
  });

  it('without labels in its test part is tested on a share of the others, and says so', async () => {
    const unlabelled = imagesParquet(
      [1, 2].map((n) => ({ image: grey(n), label: -1 })),
      { classes: ['no', 'yes'] },
    );
    const path = onDisk({ 'train.parquet': rows(10), 'test.parquet': unlabelled });
    expect(await told(path)).toEqual(['Parquet: no 4+1, yes 4+1']);
    expect(previewOf((await readOwnData(path, {})).set).notes).toContain(
      'Nothing in "test" can be tested on; a share of "train" is kept for that',
    );
  });
});

test('what is nothing of use is refused by a sentence', async () => {
  await expect(told(join(root, 'nowhere'))).rejects.toThrow('--data: there is no ');
  await expect(told(onDisk({ 'a.txt': new TextEncoder().encode('hello') }))).rejects.toThrow('a.txt is a text file');
  const python = {
    'cifar-10-batches-py/data_batch_1': Uint8Array.of(0x80, 2, 0x7d, 0x71, 1, 0x28),
    'cifar-10-batches-py/readme.html': new TextEncoder().encode('<html>'),
  };
  await expect(told(onDisk({ '': await tarGz(python) }, 'cifar-10-python.tar.gz'))).rejects.toThrow(
    /Python version.*binary version/,
  );
  await expect(told(onDisk({ '1.png': grey(1), '2.png': grey(2) }))).rejects.toThrow('has only one class of images');
  await expect(told(onDisk({ '': zipSync(pets).subarray(0, 300) }, 'cut.zip'))).rejects.toThrow('cut.zip is cut off');
});

test('another level of folders, counted from 1, with the size that is wanted', async () => {
  const path = onDisk({ ...four('cat/day'), ...four('dog/night'), ...four('cat/night') });
  const { notes } = previewOf((await readOwnData(path, {})).set);
  const [, level] = /--level (\d)/.exec(notes.join()) ?? [];
  const { set } = await readOwnData(path, { level: Number(level), size: 48 });
  expect([set.classes, set.size]).toEqual([['day', 'night'], 48]);
});

test('a level of folders is refused where none names classes', async () => {
  const table = imagesParquet([1, 2, 3, 4].map((n) => ({ image: grey(n), label: n % 2 })));
  for (const files of [{ 'a.parquet': table }, mnist('', 0, 1, 0, 1)]) {
    await expect(told(onDisk(files), { level: 2 })).rejects.toThrow(
      /^--level: data\d+ has no folders that name classes/,
    );
  }
});

describe('BMP', () => {
  it.each([
    ['24 bits', 24, [0, 0, 255, 255, 0, 0, 0, 0], []],
    ['a palette', 8, [0, 1, 0, 0], [0, 0, 255, 0, 255, 0, 0, 0]],
    ['32 bits', 32, [0, 0, 255, 0, 255, 0, 0, 0], []],
    ['16 bits', 16, [0, 0x7c, 0x1f, 0], []],
  ] as const)('%s', (_, bits, pixels, palette) => {
    const bytes = new Uint8Array(54 + palette.length + pixels.length);
    const view = new DataView(bytes.buffer);
    bytes.set([0x42, 0x4d]);
    view.setUint32(10, 54 + palette.length, true);
    for (const [at, value] of [
      [14, 40],
      [18, 2],
      [22, 1],
    ] as const)
      view.setUint32(at, value, true);
    view.setUint16(28, bits, true);
    bytes.set([...palette, ...pixels], 54);
    expect(decodeBmp(bytes, 'a')).toEqual({ width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 0, 0, 255) });
    expect(() => decodeBmp(bytes.subarray(0, -1), 'a')).toThrow('a is cut short');
  });
});

test('the packed images are removed when the work is done, and by a signal', async () => {
  const own = await readOwnData(onDisk(pets), {});
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('exit');
  });
  const listeners = process.listenerCount('SIGHUP');
  let left = '';
  await withPacked(own, async (file) => {
    left = file;
    expect(existsSync(file)).toBe(true);
  });
  expect([existsSync(dirname(left)), process.listenerCount('SIGHUP')]).toEqual([false, listeners]);
  await withPacked(own, async (file) => {
    expect(() => process.emit('SIGHUP', 'SIGHUP')).toThrow('exit');
    expect(existsSync(dirname(file))).toBe(false);
  });
  expect(exit).toHaveBeenCalledWith(129);
  exit.mockRestore();
});
