import { describe, expect, it } from 'vitest';
import { noise, readTable } from '../../testing/data/synthetic.ts';
import { DataError } from '../dataset.ts';
import { datasetFrom } from '../decoded-images.ts';
import { loadCifar10 } from './cifar10.ts';

const PLANE = 1024;

/** One record an entry: its label, and planes of one red, one green and one blue. */
function records(...entries: readonly (readonly [label: number, red: number, green: number, blue: number])[]) {
  const bytes = new Uint8Array(entries.length * 3073);
  for (const [record, [label, ...colours]] of entries.entries()) {
    bytes[record * 3073] = label;
    for (const [plane, colour] of colours.entries()) {
      const start = record * 3073 + 1 + plane * PLANE;
      bytes.fill(colour, start, start + PLANE);
    }
  }
  return bytes;
}

const files = {
  'data_batch_1.bin': records([3, 10, 20, 30], [0, 40, 50, 60]),
  'data_batch_2.bin': records([9, 70, 80, 90]),
  'data_batch_3.bin': records([1, 1, 1, 1]),
  'data_batch_4.bin': records([2, 2, 2, 2]),
  'data_batch_5.bin': records([4, 4, 4, 4]),
  'test_batch.bin': records([5, 100, 110, 120]),
};

async function problem(given: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const error: unknown = await loadCifar10(readTable(given)).catch((reason: unknown) => reason);
  return error instanceof DataError ? error.message : `no DataError: ${String(error)}`;
}

describe('CIFAR-10', () => {
  it('is read from its five training files and its test file', async () => {
    const decoded = await loadCifar10(readTable(files));
    const dataset = datasetFrom(decoded, { source: 'cifar10', size: 32 });
    expect([...dataset.train.labels]).toEqual([3, 0, 9, 1, 2, 4]);
    expect([...dataset.test.labels]).toEqual([5]);
    expect(dataset.classes).toHaveLength(10);
    expect(decoded.train.names.slice(0, 3)).toEqual(['cat', 'airplane', 'truck']);
  });

  it('has its planes turned into pixels', async () => {
    const planes = noise(3072, 'planes');
    const decoded = await loadCifar10(readTable({ ...files, 'test_batch.bin': Uint8Array.from([5, ...planes]) }));
    for (let pixel = 0; pixel < PLANE; pixel++) {
      const rgb = [planes[pixel], planes[PLANE + pixel], planes[2 * PLANE + pixel]];
      expect([...decoded.test.images.subarray(pixel * 3, pixel * 3 + 3)]).toEqual(rgb);
    }
  });

  it('may lie in its own folder', async () => {
    const inFolder = Object.entries(files).map(([name, bytes]) => [`cifar-10-batches-bin/${name}`, bytes] as const);
    const decoded = await loadCifar10(readTable(Object.fromEntries(inFolder)));
    expect(decoded.train.names).toHaveLength(6);
  });

  it('is read only as far as the limit asks, in order', async () => {
    const { 'data_batch_1.bin': first, 'data_batch_2.bin': second, 'test_batch.bin': test } = files;
    const read = readTable({ 'data_batch_1.bin': first, 'data_batch_2.bin': second, 'test_batch.bin': test });
    expect((await loadCifar10(read, undefined, 1)).train.names).toEqual(['cat']);
    expect((await loadCifar10(read, undefined, 3)).train.names).toEqual(['cat', 'airplane', 'truck']);
  });

  it('takes its names from batches.meta.txt where that is', async () => {
    const text = (names: readonly string[]) => new TextEncoder().encode(`${names.join('\r\n')}\n\n`);
    const names = Array.from({ length: 10 }, (_, i) => `class ${i}`);
    const decoded = await loadCifar10(readTable({ ...files, 'batches.meta.txt': text(names) }));
    expect(decoded.labellings[0]?.classes).toEqual(names);
    expect(await problem({ ...files, 'batches.meta.txt': text(names.slice(1)) })).toMatch(
      /^data file: batches.meta.txt has 9 names where 10 were expected; choose the folder/,
    );
  });

  it('says which file is missing, cut short or of another kind', async () => {
    const { 'data_batch_2.bin': _, ...withoutSecond } = files;
    expect(await problem(withoutSecond)).toMatch(/^data file: data_batch_2.bin cannot be read/);
    expect(await problem({})).toMatch(/^CIFAR-10: there is neither test_batch.bin nor a folder cifar-10-batches-bin/);
    const cut = files['data_batch_1.bin'].subarray(0, 6000);
    expect(await problem({ ...files, 'data_batch_1.bin': cut })).toMatch(
      /^data file: data_batch_1.bin is cut short or not a CIFAR-10 file \(6000 bytes are not a whole number of records of 3073\)/,
    );
    expect(await problem({ ...files, 'data_batch_1.bin': new Uint8Array() })).toMatch(/cut short.*\(0 bytes/);
    expect(await problem({ ...files, 'test_batch.bin': records([0, 0, 0, 0], [10, 0, 0, 0]) })).toMatch(
      /^data file: test_batch.bin is not a CIFAR-10 file \(record 1 has label 10\)/,
    );
  });
});
