import fc from 'fast-check';
import { gunzipSync, gzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { sentence } from '../../language/sentence.ts';
import { decodePngOnly, importFiles } from '../../testing/data/import-files.ts';
import { chunk, curveTag, profileChunk, writePng } from '../../testing/data/png-files.ts';
import { saidSkipped } from '../../testing/data/skipped.ts';
import { expectRefusal, spoilt } from '../../testing/data/spoilt.ts';
import { cifarRecords, given, idxOf, pngOf, tarGz } from '../../testing/data/true-formats.ts';
import { decodeCifarRecords } from '../sources/cifar10.ts';
import { onePiece } from './archives/streams.ts';
import { untar } from './archives/untar.ts';
import { unzip } from './archives/unzip.ts';
import { decodePng, pngsOr } from './decode-image.ts';
import { EntryFault, take } from './entry.ts';
import { packDataset, unpackDataset } from './packed-dataset.ts';
import { readIdx } from './sets/idx.ts';

/** A file of an archive may be left out for what is wrong with it; the others are read. */
function leftOut(error: unknown): null {
  if (error instanceof EntryFault) return null;
  throw error;
}

const RUNS = { numRuns: 10_000 };
/** Each takes a stream of the platform's, and what is inside is read as above. */
const RUNS_OF_GZIP = { numRuns: 1000 };

test('IDX', () => {
  const files = [idxOf([2, 3, 3], new Uint8Array(18)), idxOf([3], [1, 2, 3])];
  return fc.assert(
    fc.asyncProperty(fc.oneof(spoilt(files), fc.uint8Array({ maxLength: 40 })), (bytes) =>
      expectRefusal(() => readIdx(bytes, 'a')),
    ),
    RUNS,
  );
});

test('CIFAR records', () => {
  const files = [cifarRecords([[1], 1], [[9], 2])];
  return fc.assert(
    fc.asyncProperty(
      fc.oneof(spoilt(files), fc.uint8Array({ maxLength: 40 })),
      fc.constantFrom(1, 2),
      (bytes, labels) =>
        expectRefusal(() => decodeCifarRecords(bytes, 'a', 10, sentence('data.cifar.archive'), labels)),
    ),
    RUNS,
  );
});

test('packed data sets', async () => {
  const set = await importFiles(
    [given('pets.zip', zipSync(Object.fromEntries([1, 2, 3, 4].map((n) => [`${n % 2}/${n}.png`, pngOf(n, n, n)]))))],
    { size: 48, decodeImage: decodePngOnly, split: { share: 0.5, seed: 1 } },
  );
  const pieces = packDataset(set);
  const file = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
  expect(unpackDataset(file, 'a').classes).toEqual(['0', '1']);
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoilt([file, file.slice(0, 60)]), fc.uint8Array({ maxLength: 40 })), (bytes) =>
      expectRefusal(() => unpackDataset(bytes, 'a')),
    ),
    RUNS,
  );
});

test('PNG', async () => {
  const sample = (x: number, y: number) => (x * y) % 4;
  const before = [chunk('PLTE', new Uint8Array(12)), chunk('tRNS', [1, 2])];
  const files = [
    pngOf(1, 2, 3, 2),
    pngOf(1, 2, 3, 5),
    writePng({ width: 5, height: 4, depth: 4, colour: 3, interlaced: true, sample, before }),
    writePng({
      width: 3,
      height: 4,
      depth: 16,
      colour: 6,
      sample,
      before: [profileChunk([[1], [2], [3]], curveTag(2))],
    }),
  ];
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoilt(files), fc.uint8Array({ maxLength: 40 })), (bytes) =>
      expectRefusal(async () => {
        decodePng(bytes, 'a');
        // Whatever its colours are: the other decoder is asked at most once.
        await pngsOr(async () => ({ width: 1, height: 1, data: new Uint8Array(3) }))(bytes, 'a');
      }),
    ),
    RUNS,
  );
});

test('tar', async () => {
  const tar = gunzipSync(await tarGz({ 'a/1.png': new Uint8Array(700), 'b/2.png': new Uint8Array(3) }));
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoilt([tar, tar.slice(0, 1600)]), fc.uint8Array({ maxLength: 40 })), (bytes) =>
      expectRefusal(async () => {
        for await (const entry of untar(onePiece(bytes), 'a')) await take(entry.read(), () => 2000).catch(leftOut);
      }),
    ),
    RUNS,
  );
});

test('zip', async () => {
  const files = [
    zipSync({ 'a/1.png': new Uint8Array(300), 'b/2.png': pngOf(1, 2, 3, 3) }),
    zipSync({ 'a/1.png': [new Uint8Array(20), { level: 0 }] }),
  ];
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoilt(files), fc.uint8Array({ maxLength: 40 })), (bytes) =>
      expectRefusal(async () => {
        let all = 0;
        for await (const entry of unzip(new Blob([Uint8Array.from(bytes)]), 'a')) {
          const taken = entry.fault === null ? await take(entry.read(), () => 2000).catch(leftOut) : null;
          all += taken?.length ?? 0;
        }
        expect(all).toBeLessThanOrEqual(20_000);
      }),
    ),
    RUNS,
  );
});

test('a path of very many folders, which is left out', async () => {
  const deep = `${'a/'.repeat(30_000)}1.png`;
  const files = Object.fromEntries([1, 2, 3, 4].map((n) => [`${n % 2}/${n}.png`, pngOf(n, n, n)]));
  const { classes, skipped } = await importFiles([given('pets.zip', zipSync({ ...files, [deep]: pngOf(9, 9, 9) }))], {
    size: 32,
    decodeImage: decodePngOnly,
    split: { share: 0.5, seed: 1 },
  });
  expect([classes, saidSkipped(skipped)]).toEqual([
    ['0', '1'],
    [{ path: deep, reason: 'in more than 100 folders, one in another' }],
  ]);
});

test('gzip around any of them', async () => {
  const files = [gzipSync(idxOf([2, 3, 3], new Uint8Array(18))), await tarGz({ 'a/1.png': pngOf(1, 2, 3, 2) })];
  await fc.assert(
    fc.asyncProperty(fc.oneof(spoilt(files), fc.uint8Array({ maxLength: 40 })), (bytes) =>
      expectRefusal(() =>
        importFiles([given('train-images-idx3-ubyte.gz', bytes)], {
          size: 32,
          decodeImage: decodePngOnly,
          split: { share: 0.5, seed: 1 },
        }),
      ),
    ),
    RUNS_OF_GZIP,
  );
});
