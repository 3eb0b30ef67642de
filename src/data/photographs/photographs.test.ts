import { IMAGENET_CLASSES } from '@tensorflow-models/mobilenet/dist/imagenet_classes.js';
import { zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import type { GivenFile } from '../../core/data/given-file.ts';
import type { PhotoClass } from '../../core/data/photographs.ts';
import { sayIt } from '../../language/sentence.ts';
import { gone } from '../../testing/data/gone.ts';
import { ClassMatcher, classesOfLabels } from './class-matcher.ts';
import { ImagePaths } from './image-paths.ts';
import { LabelTable } from './label-table.ts';
import { Photographs } from './photographs.ts';

const CLASSES: readonly PhotoClass[] = [
  { names: ['tench', 'Tinca tinca'], wordNet: 'n01440764' },
  { names: ['crane'], wordNet: 'n02012849' },
  { names: ['great white shark', 'white shark'], wordNet: 'n01484850' },
  { names: ['crane'], wordNet: 'n03126707' },
];
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3);
const png = (path: string): GivenFile => ({ path, blob: new Blob([PNG]) });
const text = (path: string, content: string): GivenFile => ({ path, blob: new Blob([content]) });

function open(files: readonly GivenFile[], classes: readonly PhotoClass[] | null = CLASSES) {
  return Photographs.open(files, { classes, signal: new AbortController().signal, onFound: () => {} });
}

async function all(photographs: Photographs, photos: readonly number[]) {
  const read = [];
  for await (const each of photographs.read(photos, new AbortController().signal)) read.push(each);
  return read;
}

test('a label stands for a class by WordNet id, by name in any spelling, or by index; a shared name for none', () => {
  const matcher = new ClassMatcher(CLASSES);
  const match = (...labels: readonly string[]) => labels.map((label) => matcher.match(label));
  expect(match('n01440764', 'n03126707-crane', 'n03126707_1', 'n00000001')).toEqual([0, 3, 3, null]);
  expect(match('Tench', 'tinca_tinca', 'Great-White-Shark', 'white shark', 'tench, Tinca tinca')).toEqual([
    0, 0, 2, 2, 0,
  ]);
  expect(match('2', '4', 'crane', 'cat', '')).toEqual([2, null, null, null, null]);
  expect(match('great white shark, white shark, man-eater')).toEqual([2]);
});

test('the first name of each of ImageNet’s classes is its own or that of none, and one spelling alone is told from others', () => {
  const classes = Array.from({ length: 1000 }, (_, index): PhotoClass => {
    return { names: (IMAGENET_CLASSES[index] ?? '').split(',').map((name) => name.trim()), wordNet: null };
  });
  const matcher = new ClassMatcher(classes);
  const firsts = classes.map(({ names: [first = ''] }) => ({ first, found: matcher.match(first) }));
  expect(firsts.filter(({ found }, index) => found !== index)).toEqual([
    { first: 'crane', found: null },
    { first: 'crane', found: null },
    { first: 'maillot', found: null },
    { first: 'maillot', found: null },
  ]);
  const spelt = ['Cardigan', 'cardigan', 'CARDIGAN', 'maillot, tank suit', 'Tub'];
  expect(spelt.map((name) => matcher.match(name))).toEqual([264, 474, null, 639, 876]);
});

test('a table’s list of as many classes in the same order stands for them by place, another one by name', () => {
  const matcher = new ClassMatcher(CLASSES);
  expect(matcher.matchList(['tench', 'crane', 'shark', 'crane (3)'])).toEqual([0, 1, 2, 3]);
  expect(matcher.matchList(['white shark', 'crane', 'tench', 'x'])).toEqual([2, null, 0, null]);
});

test('labels make classes in the order of their characters, whole numbers those without names', () => {
  expect(classesOfLabels(new Set(['dog', 'Zebra', 'cat'])).map(({ names }) => names[0])).toEqual([
    'Zebra',
    'cat',
    'dog',
  ]);
  expect(classesOfLabels(new Set(['2', '0']))).toHaveLength(3);
});

test('a table of labels is read with or without headings, with any separator, with quotes, and as Kaggle writes it', () => {
  const labelOf = (content: string, path: string) =>
    new LabelTable('labels.csv', content).labelsOf(new ImagePaths([path])).get(path) ?? null;
  expect(labelOf('file,label\r\na.jpg,n01440764\r\n', 'val/a.jpg')).toBe('n01440764');
  expect(labelOf('label;image_name\n3;b.jpg', 'b.jpg')).toBe('3');
  expect(labelOf('x/a.jpg\ttench\ny/a.jpg\tcrane', 'in/y/a.jpg')).toBe('crane');
  expect(labelOf('x/a.jpg\ttench\ny/a.jpg\tcrane', 'a.jpg')).toBe(null);
  expect(labelOf('data/val/c.png,"tench, ""Tinca"" tinca"', 'c.png')).toBe('tench, "Tinca" tinca');
  expect(labelOf('ILSVRC2012_val_00000001.JPEG 65\n', 'ILSVRC2012_val_00000001.JPEG')).toBe('65');
  expect(labelOf('序号,文件名,标签\n1,a.jpg,猫', 'a.jpg')).toBe('猫');
  expect(labelOf('file,caption,label\r\n1.jpg,"a cat\r\non a mat",cat\r\n', '1.jpg')).toBe('cat');
  expect(labelOf('1.jpg,"tabby; cat"\n2.jpg,dog', '1.jpg')).toBe('tabby; cat');
  expect(labelOf('1.jpg,"cat\n2.jpg,dog', '2.jpg')).toBe('dog');
  const kaggle = 'ImageId,PredictionString\nILSVRC2012_val_00048981,n03126707 85 1 499 272';
  expect(labelOf(kaggle, 'val/ILSVRC2012_val_00048981.JPEG')).toBe('n03126707 85 1 499 272');
  // Sizes and boxes are no labels.
  expect(labelOf('image_id,width,height,species\n1.jpg,500,375,cat', '1.jpg')).toBe(null);
  expect(labelOf('n01_0.JPEG\t0\t10\t63\t58', 'n01/images/n01_0.JPEG')).toBe(null);
  expect(labelOf('val_0.JPEG\tn03444034\t0\t32\t44\t62', 'val/images/val_0.JPEG')).toBe('n03444034');
});

test('a table of labels reaches the images that it names, and no others of the same name', () => {
  const told = (content: string, ...paths: readonly string[]) => {
    const labels = new LabelTable('labels.csv', content).labelsOf(new ImagePaths(paths));
    return paths.map((path) => labels.get(path) ?? null);
  };
  const split = ['set/train/7/00001.png', 'set/train/8/00001.png', 'set/test/00001.png'];
  expect(told('test/00001.png,3', ...split)).toEqual([null, null, '3']);
  expect(told('test/00001.png,3', ...split.slice(0, 2))).toEqual([null, null]);
  expect(told('data/val/a.png,3\ndata/val/b.png,4', 'mine/a.png', 'mine/b.png')).toEqual(['3', '4']);
  expect(told('a.jpg,3', 'x/a.png', 'y/b.png')).toEqual(['3', null]);
  // A list of classes, not of files.
  const pets = ['0', '1', '2', '3'].flatMap((name) => [`dog/${name}.jpg`, `cat/${name}.jpg`]);
  expect(told('0 cat\n1 dog', ...pets.slice(0, 1))).toEqual([null]);
  expect(told('0 cat\n1 cat', ...pets)).toEqual(pets.map(() => null));
  const kaggle = ['train/n1/x.png', 'train/n2/y.png', 'train/n3/z.png', 'val/1.png', 'val/2.png', 'val/3.png'];
  expect(told('id,label\n1,frog\n2,truck\n3,frog', ...kaggle)).toEqual([null, null, null, 'frog', 'truck', 'frog']);
});

test('a table of labels reaches only what lies beside it, where it names any of that; folders may have files of one name', async () => {
  const split = await open([
    text('train/metadata.csv', 'file_name,label\n1.png,0'),
    text('test/metadata.csv', 'file_name,label\n1.png,2'),
    png('train/1.png'),
    png('test/1.png'),
  ]);
  expect([split.set.paths, split.set.labels]).toEqual([
    ['train/1.png', 'test/1.png'],
    [0, 2],
  ]);
  const some = await open([
    text('test/labels.csv', '1.png,tench'),
    png('train/white shark/1.png'),
    png('test/a/1.png'),
  ]);
  expect(some.set.labels).toEqual([2, 0]);
  const elsewhere = await open([text('labels/all.csv', '1.png,tench'), png('images/1.png')]);
  expect(elsewhere.set.labels).toEqual([0]);
});

test('a listing ends when it is withdrawn while labels are compared', async () => {
  const controller = new AbortController();
  const files = [png('tench/a.png'), text('labels.csv', 'a.png,tench')];
  let entries = 0;
  const onFound = () => {
    entries += 1;
    if (entries === files.length) controller.abort();
  };
  const listing = Photographs.open(files, { classes: CLASSES, signal: controller.signal, onFound });
  await expect(listing).rejects.toThrow('abort');
});

test('folders of one level are the classes, and an outer one does not stand in for them', async () => {
  const unknownOf = async (...paths: readonly string[]) => (await open(paths.map(png))).set.unknown.named;
  const refused = (...paths: readonly string[]) => expect(open(paths.map(png))).rejects;
  await refused('desktop/tench/cats/1.png', 'desktop/tench/dogs/2.png').toThrow('no class, for example “cats”');
  await refused('photos/2/1.png').toThrow('no class, for example “2”');
  const beside = ['set/tench/1.png', 'set/white shark/1.png'];
  expect(await unknownOf(...beside, 'set/2/1.png', 'set/cats/tench/1.png')).toEqual([
    { label: '2', photos: 1 },
    { label: 'cats', photos: 1 },
  ]);
  const numbers = await open(['0/1.png', '2/1.png', 'x/1.png'].map(png));
  expect([numbers.set.labels, numbers.set.unknown.photos]).toEqual([[0, 2], 1]);
  // Each split has a level of its own, and a class may have folders.
  const splits = await open(['train/tench/1.png', 'train/white shark/a/2.png', 'test/images/tench/3.png'].map(png));
  expect(splits.set.labels).toEqual([0, 2, 0]);
  expect((await open(['tench/1.png', 'tench/young/2.png'].map(png))).set.labels).toEqual([0, 0]);
});

test('a folder of a number that a class is called by names that class, alone and beside words', async () => {
  const notes = ['10', '20', 'none'].map((name): PhotoClass => ({ names: [name], wordNet: null }));
  const all = await open(['10/1.png', '20/2.png', 'none/3.png', '2/4.png'].map(png), notes);
  expect([all.set.labels, all.set.unknown.named]).toEqual([[0, 1, 2], [{ label: '2', photos: 1 }]]);
  expect((await open([png('20/1.png')], notes)).set.labels).toEqual([1]);
});

test('folders name classes, at any depth, or files do; what matches none is counted under its label', async () => {
  const { set } = await open([
    png('set/val/n01440764/images/1.png'),
    png('set/white_shark/part/2/3.png'),
    png('set/val/n03126707_36.png'),
    png('set/cats/1.png'),
    png('set/cats/2.png'),
    png('set/notes.pdf'),
    text('set/more.pdf', '%PDF-1.4'),
  ]);
  expect(set.labels).toEqual([0, 2, 3]);
  expect(set.paths).toEqual([
    'set/val/n01440764/images/1.png',
    'set/white_shark/part/2/3.png',
    'set/val/n03126707_36.png',
  ]);
  expect(set.unknown).toEqual({
    named: [
      { label: 'cats', photos: 2 },
      { label: 'set', photos: 1 },
    ],
    labels: 2,
    photos: 3,
  });
  expect(set.leftOut.named.map(({ path }) => path)).toEqual(['set/more.pdf']);
});

test('a CSV file beside the images of a zip has precedence over folders; bytes come back in the order of the files', async () => {
  const csv = new TextEncoder().encode('file,label\nb.png,crane\nval/a.png,n01440764\n');
  const zip = zipSync({
    'tench/b.png': PNG,
    'val/a.png': PNG,
    'white shark/c.png': PNG.subarray(0, 9),
    'labels.csv': csv,
  });
  const photographs = await open([{ path: 'photos.zip', blob: new Blob([new Uint8Array(zip)]) }]);
  expect(photographs.set).toMatchObject({ name: 'photos.zip', labels: [0, 2], unknown: { photos: 1 } });
  expect(await all(photographs, [1, 0])).toMatchObject([
    { photo: 0, bytes: PNG },
    { photo: 1, bytes: PNG.subarray(0, 9) },
  ]);
});

test('credits, captions and parts of a set are no labels where folders or files name classes', async () => {
  const images = ['tench/1.png', 'white shark/2.png', 'n03126707_3.png'].map(png);
  const tables = [
    'file,author\n1.png,Jane Doe\n2.png,Ann Roe\nn03126707_3.png,Jane Doe',
    'file_name,text\ntench/1.png,a fish in a hand',
    'file,fold\n1.png,1\n2.png,1\nn03126707_3.png,1',
    '1.png,Jane Doe',
  ];
  for (const table of tables) {
    const { set } = await open([...images, text('credits.csv', table)]);
    expect([set.labels, set.unknown.photos, set.leftOut.count]).toEqual([[0, 2, 3], 0, 0]);
  }
  // Kaggle calls its labels otherwise, and has no folders of classes.
  const breeds = text('labels.csv', 'id,breed\n1,tench\n2,white shark');
  expect((await open([png('train/1.png'), png('train/2.png'), breeds])).set.labels).toEqual([0, 2]);
  // Of several tables, the one that says where its labels are has precedence.
  const headed = text('labels.csv', 'file,label\n1.png,white shark');
  const both = await open([text('credits.csv', '1.png,crane\n2.png,tench'), headed, ...images]);
  expect(both.set.labels).toEqual([2, 0, 3]);
});

test('a list of names and labels has precedence over the folders of a part, also where these are numbers', async () => {
  const parts = (one: string, other: string) => [`${one}/a.png`, `${one}/b.png`, `${other}/c.png`];
  const list = (images: readonly string[]) =>
    text('val.txt', images.map((path, nth) => `${path} ${(nth + 1) % 3}`).join('\n'));
  for (const images of [parts('0', '1'), parts('part1', 'part2')]) {
    expect((await open([...images.map(png), list(images)])).set.labels).toEqual([1, 2, 0]);
    const alone = await open([...images.map(png), list(images)], null);
    expect([alone.set.classes.length, alone.set.labels]).toEqual([3, [1, 2, 0]]);
  }
  // A number that may be anything gives way to what a folder is called, and to no other number.
  const numbers = text('numbers.csv', '0/a.png,2\n0/b.png,1\n1/c.png,2');
  expect((await open([...parts('0', '1').map(png), numbers])).set.labels).toEqual([2, 1, 2]);
});

test('without classes, credits are no labels where there are folders of classes', async () => {
  const images = ['cat/1.png', 'cat/2.png', 'dog/3.png'].map(png);
  const credits = text('credits.csv', 'file,author\n1.png,Jane Doe\n3.png,Ann Roe');
  const { set } = await open([...images, credits], null);
  expect([set.classes.map(({ names }) => names[0]), set.labels]).toEqual([
    ['cat', 'dog'],
    [0, 0, 1],
  ]);
  const loose = await open([...['1.png', '3.png', '4.png'].map(png), credits], null);
  expect(loose.set.classes.map(({ names }) => names[0])).toEqual(['Ann Roe', 'Jane Doe']);
  expect(loose.set.leftOut.named.map(({ path }) => path)).toEqual(['4.png']);
});

test('a table of labels may be in what Excel writes; one that is not text is left out, and its classes stay apart', async () => {
  const images = ['a', 'b'].map((name) => png(`${name}.png`));
  const wide = new Uint8Array(
    Uint16Array.from('\ufefffile\tlabel\na.png\t猫\nb.png\t狗\n', (c) => c.charCodeAt(0)).buffer,
  );
  const ascii = (content: string) => [...new TextEncoder().encode(content)];
  // 猫 and 狗 in GBK.
  const gbk = Uint8Array.of(...ascii('file,label\na.png,'), 0xc3, 0xa8, ...ascii('\nb.png,'), 0xb9, 0xb7);
  for (const bytes of [wide, gbk]) {
    const { set } = await open([...images, { path: 'labels.csv', blob: new Blob([bytes]) }], null);
    expect([set.classes.map(({ names }) => names[0]), set.labels]).toEqual([
      ['狗', '猫'],
      [1, 0],
    ]);
  }
  const western = Uint8Array.of(...ascii('file,label\na.png,caf'), 0xe9, ...ascii('\nb.png,th'), 0xe9);
  const { set } = await open([png('tench/a.png'), { path: 'labels.csv', blob: new Blob([western]) }]);
  expect(set.leftOut.named.map(({ path, reason }) => [path, sayIt(reason)])).toEqual([
    ['labels.csv', 'text in an encoding that is not known here; save it as UTF-8'],
  ]);
});

test('a file that is no image, or is gone, is said in its place, and the others are read', async () => {
  let isGone = false;
  const leaving = gone('tench/c.png', PNG, () => isGone);
  const files = [png('tench/a.png'), text('tench/b.jpg', '<html>'), leaving, png('tench/d.png')];
  const photographs = await open([...files, gone('tench/e.png'), gone('val.parquet')]);
  isGone = true;
  expect(photographs.set.leftOut.named.map(({ path, reason }) => [path, sayIt(reason)])).toEqual([
    ['tench/e.png', 'cannot be read (it is gone)'],
    ['val.parquet', 'cannot be read (it is gone)'],
  ]);
  const read = await all(photographs, [0, 1, 2, 3]);
  expect(read.map((each) => [each.photo, each.bytes === null ? [sayIt(each.reason), each.isForNow] : null])).toEqual([
    [0, null],
    [1, ['a web page', false]],
    [2, ['cannot be read (it is gone)', true]],
    [3, null],
  ]);
});

test('of loose files only the photographs that are asked for are opened, and archives beside them', async () => {
  const opened: string[] = [];
  const noted = (path: string, bytes: Uint8Array<ArrayBuffer>) =>
    gone(path, bytes, () => {
      opened.push(path);
      return false;
    });
  const loose = ['a', 'b', 'c'].map((name) => noted(`set/tench/${name}.png`, PNG));
  const photographs = await open([...loose, noted('set/tench.zip', zipSync({ 'z.png': PNG }))]);
  expect(photographs.set.paths).toEqual(['set/tench/a.png', 'set/tench/b.png', 'set/tench/c.png', 'set/tench/z.png']);
  opened.length = 0;
  const read = await all(photographs, [1, 3]);
  expect(read.map(({ photo, bytes }) => [photo, bytes?.length])).toEqual([
    [1, PNG.length],
    [3, PNG.length],
  ]);
  expect(new Set(opened)).toEqual(new Set(['set/tench/b.png', 'set/tench.zip']));
});

test('what a disk does not give now may be read later: a row of a table, a file in an archive', async () => {
  let isGone = false;
  const leaving = (path: string, bytes: Uint8Array<ArrayBuffer>) => gone(path, bytes, () => isGone);
  const table = parquetWriteBuffer({
    columnData: [
      { name: 'image', data: [PNG], type: 'BYTE_ARRAY' },
      { name: 'label', data: ['tench'], type: 'STRING' },
    ],
  });
  const archive = leaving('tench.zip', zipSync({ 'a.png': PNG }));
  const photographs = await open([archive, leaving('val.parquet', new Uint8Array(table)), png('tench/b.png')]);
  isGone = true;
  const read = await all(photographs, [0, 1, 2]);
  const whether = read.map((each) => [photographs.set.paths[each.photo], each.bytes === null && each.isForNow]);
  expect(whether.toSorted()).toEqual([
    ['tench/a.png', true],
    ['tench/b.png', false],
    ['val.parquet, 0', true],
  ]);
});

test('a Parquet file’s own list of classes is matched, and its rows are read by row group', async () => {
  const features = {
    label: { _type: 'ClassLabel', names: ['white shark', 'cat', 'tench'] },
    image: { _type: 'Image' },
  };
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'image', data: [PNG, PNG, null, PNG], type: 'BYTE_ARRAY' },
      { name: 'label', data: [2, 1, 0, 0], type: 'INT32' },
    ],
    rowGroupSize: 2,
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }],
  });
  const file = { path: 'val.parquet', blob: new Blob([buffer]) };
  const photographs = await open([file]);
  expect(photographs.set).toMatchObject({ labels: [0, 2, 2], unknown: { named: [{ label: 'cat', photos: 1 }] } });
  expect((await all(photographs, [0, 1, 2])).map(({ bytes }) => bytes?.length ?? 0)).toEqual([
    PNG.length,
    0,
    PNG.length,
  ]);
  const own = await open([file], null);
  expect(own.set.classes.map(({ names }) => names[0])).toEqual(['white shark', 'cat', 'tench']);
  expect(own.set.labels).toEqual([2, 1, 0, 0]);
});

test('without classes, labels that differ only in their spelling are classes of their own', async () => {
  const images = ['a', 'b', 'c', 'd', 'e'].map((name) => png(`${name}.png`));
  const csv = text('labels.csv', 'file,label\na.png,cat\nb.png,Cat\nc.png,big-cat\nd.png,big cat\ne.png,__');
  const { set } = await open([...images, csv], null);
  expect(set.labels.map((label) => set.classes[label]?.names[0])).toEqual(['cat', 'Cat', 'big-cat', 'big cat', '__']);
  expect(set.unknown.photos).toBe(0);
});

/** A Parquet file without compression whose first column claims to have this many bytes, and has nothing behind its own. */
function withLargeColumn(file: Uint8Array, bytes: number): Blob {
  const varint = (value: number): readonly number[] =>
    value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
  const length = new DataView(file.buffer, file.byteOffset + file.length - 8).getUint32(0, true);
  const footer = [...file.subarray(-8 - length, -8)];
  // The sizes without and with compression are the fields 6 and 7, alike here; then comes field 9.
  const at = footer.findIndex((byte, from) => {
    const size = footer.slice(from + 1, footer.indexOf(0x16, from + 1));
    return (
      byte === 0x16 &&
      footer.slice(from, from + 2 * size.length + 3).join() === [0x16, ...size, 0x16, ...size, 0x26].join()
    );
  });
  const second = footer.indexOf(0x16, at + 1);
  footer.splice(second + 1, second - at - 1, ...varint(2 * bytes));
  const end = new Uint8Array(4);
  new DataView(end.buffer).setUint32(0, footer.length, true);
  const mebibyte = new Blob([new Uint8Array(2 ** 20)]);
  const gap = Array.from({ length: Math.ceil(bytes / 2 ** 20) }, () => mebibyte);
  return new Blob([Uint8Array.from(file.subarray(0, -8 - length)), ...gap, Uint8Array.from(footer), end, 'PAR1']);
}

test('a Parquet file whose rows can only be read by too many bytes at once is refused before anything is classified', async () => {
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'image', data: [PNG, PNG], type: 'BYTE_ARRAY' },
      { name: 'label', data: ['tench', 'tench'], type: 'STRING' },
    ],
    codec: 'UNCOMPRESSED',
  });
  const file = { path: 'val.parquet', blob: withLargeColumn(new Uint8Array(buffer), 3e8) };
  await expect(open([file])).rejects.toThrow(
    /val\.parquet can only be read 300 MB at a time.*fewer rows in a group.*row_group_size=100/,
  );
});

test('where nothing remains of the files, the first that was left out is named with its reason', async () => {
  const features = { label: { _type: 'ClassLabel', names: ['tench'] }, image: { _type: 'Image' } };
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'image', data: [PNG, PNG], type: 'BYTE_ARRAY' },
      { name: 'label', data: [-1, -1], type: 'INT32' },
    ],
    kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }],
  });
  await expect(open([{ path: 'test.parquet', blob: new Blob([buffer]) }])).rejects.toThrow(
    'test.parquet has nothing of use (test.parquet, 0: has the label -1 among 1 classes)',
  );
});

test('a table without images beside photographs is left out, and refused where it is alone', async () => {
  const buffer = parquetWriteBuffer({ columnData: [{ name: 'n', data: [1, 2], type: 'INT32' }] });
  const table = { path: 'pets/metadata.parquet', blob: new Blob([buffer]) };
  const { set } = await open([png('pets/tench/a.png'), table]);
  expect([set.labels, set.leftOut.named.map(({ path }) => path)]).toEqual([[0], ['pets/metadata.parquet']]);
  expect(set.leftOut.named.map(({ reason }) => sayIt(reason)).join()).toMatch(/^has no column of images/);
  await expect(open([table])).rejects.toThrow('pets/metadata.parquet has no column of images');
});

test('without classes, labels of tables are the classes where there are any, and what has none is left out', async () => {
  const images = ['a', 'b', 'c'].map((name) => png(`images/${name}.png`));
  const named = await open([...images, text('images/labels.csv', 'file,label\na.png,dog\nb.png,zebra')], null);
  expect(named.set.classes.map(({ names }) => names[0])).toEqual(['dog', 'zebra']);
  expect(named.set.leftOut.named.map(({ path, reason }) => [path, sayIt(reason)])).toEqual([
    ['images/c.png', 'has no label'],
  ]);
  const numbered = await open([...images, text('images/labels.csv', 'file,label\na.png,2\nb.png,10')], null);
  expect([numbered.set.classes.length, numbered.set.labels]).toEqual([11, [2, 10]]);
});

test('without classes the folders that differ first are the classes; images of no known class are refused with an example', async () => {
  const inner = await open([png('cat/images/1.png'), png('dog/images/2.png')], null);
  expect(inner.set).toMatchObject({ classes: [{ names: ['cat'] }, { names: ['dog'] }], labels: [0, 1] });
  const own = await open([png('set/dog/1.png'), png('set/cat/2.png')], null);
  expect(own.set).toMatchObject({ classes: [{ names: ['cat'] }, { names: ['dog'] }], labels: [1, 0] });
  const byId = await open([png('set/n01440764/1.png'), png('set/n02085620-Chihuahua/2.png')], null);
  expect(byId.set).toMatchObject({ labels: [0, 1], unknown: { photos: 0 } });
  await expect(open([png('set/cats/1.png')])).rejects.toThrow(
    'photographs: set has 1 image, whose label matches no class',
  );
  await expect(open([png('1.png')])).rejects.toThrow('has 1 image, which has no label');
  await expect(open([text('a.csv', 'x,y')])).rejects.toThrow('has no images');
});
