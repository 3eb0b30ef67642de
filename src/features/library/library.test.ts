import { expect, test, vi } from 'vitest';
import type { GivenFile } from '../../core/data/given-file.ts';
import type { DatasetEntry, ImportPreview, ReadRequest, TableOffer } from '../../core/data/library.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { sentence } from '../../language/sentence.ts';
import { fakeLibrary } from '../../testing/fake-library.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { later } from '../../testing/later.ts';
import type { LibraryApi } from '../../workers/library/api.ts';
import type { RequestOf } from '../../workers/rpc.ts';
import { createLibrary, sizeToOpen } from './library.ts';
import { offerTexts } from './words.ts';

const HASH = 'c'.repeat(64);
const ENTRY: DatasetEntry = {
  ...{ name: 'pets', hash: HASH, kind: 'images', classes: ['cat', 'dog'] },
  ...{ train: 320, test: 80, bytes: 1e6, kept: true },
};
const FILES = [{ path: 'pets.zip', blob: new Blob(['zip']) }];
const GIVEN = Promise.resolve(FILES);
const SPLIT = { share: 0.2, seed: 1 };

const previewAt = (size: ImportPreview['size'], level = 0): ImportPreview => ({
  ...{ name: ENTRY.name, kind: ENTRY.kind, train: ENTRY.train, test: ENTRY.test, bytes: ENTRY.bytes, size },
  ...{ classes: [], skipped: [], skippedCount: 0, skippedMore: 0, noisy: false },
  duplicates: { shared: 0, otherClass: 0, withinTrain: 0, withinTest: 0 },
  arrangement: { sets: [], set: '', levels: [], level, notes: [] },
});

/** A librarian that makes the images the size that it is asked for. */
async function setUp() {
  const worker = new FakeWorker();
  await worker.open();
  const reads: ReadRequest[] = [];
  let made: ImportPreview['size'] = 32;
  const kept: RequestOf<LibraryApi, 'keep'>[] = [];
  const client = fakeLibrary({
    keep: async (request) => {
      kept.push(request);
      return { entry: { ...ENTRY, size: made }, unkept: null };
    },
    read: async (request) => {
      reads.push(request);
      made = request.size;
      return { type: 'images', preview: previewAt(made, request.choice?.level) };
    },
    arrange: async ({ choice }) => ({ type: 'images', preview: previewAt(made, choice.level) }),
  });
  return { worker, reads, kept, library: createLibrary(client, worker.lab) };
}

test('the same files are read again at another size, and opened at it', async () => {
  const { worker, reads, library } = await setUp();
  await library.read(GIVEN);
  await library.resize(64);
  expect(reads).toEqual([32, 64].map((size) => ({ files: FILES, split: SPLIT, size })));
  expect(library.store.getState().preview?.size).toBe(64);
  const using = library.use('pets');
  await worker.idle();
  const data = { source: 'own', name: 'pets', hash: HASH, size: 64, made: 64 };
  expect(worker.asked.at(-1)).toMatchObject({ ask: 'open', experiment: { data } });
  worker.done();
  await using;
});

test('classes are read at another level, and still are when the images are made another size', async () => {
  const { reads, library } = await setUp();
  await library.read(GIVEN);
  await library.arrange({ level: 2 });
  expect(library.store.getState().preview?.arrangement?.level).toBe(2);
  await library.resize(64);
  expect(reads.at(-1)).toEqual({ files: FILES, split: SPLIT, size: 64, choice: { level: 2 } });
  expect(library.store.getState().preview?.arrangement?.level).toBe(2);
});

test('files that a link waits for are made as large as the link’s were', async () => {
  const { worker, reads, library } = await setUp();
  const data = { source: 'own', name: 'pets', hash: HASH, size: 16, made: 48 };
  const opening = worker.lab.open(parseExperiment({ ...TWO, data }));
  worker.failed('MissingDataError', 'data set: "pets" is not here');
  await expect(opening).rejects.toThrow('is not here');
  await library.read(GIVEN);
  expect(reads.at(-1)).toMatchObject({ size: 48 });
});

test('an experiment that waits for its images goes on waiting where the files that are given make other images', async () => {
  const { worker, library } = await setUp();
  const data = { source: 'own', name: 'pets', hash: 'd'.repeat(64), size: 16 };
  const opening = worker.lab.open(parseExperiment({ ...TWO, data }));
  worker.failed('MissingDataError', 'data set: "pets" is not here');
  await expect(opening).rejects.toThrow('is not here');
  const asked = worker.asked.length;
  await library.read(GIVEN);
  await library.use('pets');
  expect(worker.asked).toHaveLength(asked);
  expect(worker.state.missing).toMatchObject({ data });
  const { showing, preview, failure } = library.store.getState();
  expect([showing, preview, failure]).toEqual([true, null, sentence('library.otherImages', { name: 'pets' })]);
  // Asked for by name, they are opened all the same.
  library.open(ENTRY);
  expect(worker.asked.at(-1)).toMatchObject({ ask: 'open', experiment: { data: { hash: HASH } } });
});

test('the share that is tested on holds for files that are given in any way, and no files are no request', async () => {
  const { reads, library } = await setUp();
  library.testOn(0.5);
  await library.read(GIVEN);
  await library.read(GIVEN);
  const { preview } = library.store.getState();
  await library.read(Promise.resolve([]));
  expect(reads.map(({ split }) => split.share)).toEqual([0.5, 0.5]);
  expect(library.store.getState()).toMatchObject({ preview, failure: sentence('library.noFiles') });
});

test('a part that was read is offered as it is now where another is to be chosen', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const choice = { config: 'plain', train: 'train', test: null, image: 'image', label: 'label', count: 100 };
  const offerOf = (here: number): TableOffer => ({
    ...{
      name: 'us/pets',
      source: 'hub',
      configs: ['plain'],
      splits: ['train'],
      images: [{ name: 'image', bytes: 1e4 }],
    },
    ...{ labels: [], choice, train: { name: 'train', rows: 1000, exact: true }, test: null, here, partial: false },
  });
  const client = fakeLibrary({
    lookUp: async () => offerOf(0),
    fetch: async () => previewAt(32),
    choose: async () => offerOf(100),
  });
  const library = createLibrary(client, worker.lab);
  await library.lookUp('us/pets');
  await library.fetch(choice);
  await library.again();
  const { offer, preview } = library.store.getState();
  expect([preview, offer?.here]).toEqual([null, 100]);
  const texts = offer === null ? [] : offerTexts(offer);
  expect(texts.join(' ')).toContain('100 are here already and will not be downloaded again');
  expect(texts.join(' ')).not.toContain('to download');
});

test('files of a person’s own are read, and nothing is said of a download', () => {
  const offer: TableOffer = {
    ...{
      name: 'digits.parquet',
      source: 'files',
      configs: [''],
      splits: ['train'],
      images: [{ name: 'image', bytes: 1e4 }],
    },
    ...{ choice: { config: '', train: 'train', test: null, image: 'image', label: 'label', count: 500 }, labels: [] },
    ...{ train: { name: 'train', rows: 1000, exact: true }, test: null, here: 240, partial: false },
  };
  expect(offerTexts(offer).join(' ')).toMatch(/240 have been read already/);
  expect(offerTexts(offer).join(' ')).not.toMatch(/download/);
});

test('what was read is back where making it another size is cancelled or fails, unless it is put away', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const fails: ((error: Error) => void)[] = [];
  const client = fakeLibrary({
    read: ({ size, choice }, { signal }) =>
      size === 32
        ? Promise.resolve({ type: 'images', preview: previewAt(32, choice?.level) })
        : new Promise((_found, fail) => {
            fails.push(fail);
            signal.addEventListener('abort', () => fail(signal.reason));
          }),
    arrange: async ({ choice }) => ({ type: 'images', preview: previewAt(32, choice.level) }),
  });
  const library = createLibrary(client, worker.lab);
  await library.read(GIVEN);
  await library.arrange({ level: 2 });
  const cancelled = library.resize(64);
  expect(library.store.getState()).toMatchObject({ preview: null, reading: 0 });
  library.cancel();
  await cancelled;
  const there = { preview: { size: 32, arrangement: { level: 2 } }, reading: null };
  expect(library.store.getState()).toMatchObject({ ...there, failure: null });
  const failed = library.resize(64);
  await worker.idle();
  fails.at(-1)?.(new Error('data set: there are too many'));
  await failed;
  expect(library.store.getState()).toMatchObject({ ...there, failure: 'data set: there are too many' });
  const closed = library.resize(64);
  library.cancel();
  library.forget();
  await closed;
  expect(library.store.getState()).toMatchObject({ preview: null, reading: null, failure: null });
});

test('a set of fewer images than a batch replaces the race as any other, which can be brought back', async () => {
  const { worker, library } = await setUp();
  const lanes = TWO.lanes.map(({ name }) => points(name, 0, 2));
  worker.emit(progressReport(2, lanes));
  const using = library.open({ ...ENTRY, train: 40 });
  await worker.idle();
  const snapshot = new Map(
    TWO.lanes.map(({ name, net }) => [name, { net, steps: 2, stale: false, divergedAt: null, values: new Map() }]),
  );
  worker.emit({ type: 'copied', experiment: TWO, snapshot });
  expect(worker.asked).toMatchObject([{ ask: 'open', experiment: { recipe: { batch: 32 } } }]);
  worker.done(openedReport({ ...TWO, recipe: { ...TWO.recipe, batch: 32 } }));
  await using;
  expect(worker.state.undo).toMatchObject({ step: 2, experiment: TWO });
});

test('a set that is opened while the recipe is edited keeps the edit', async () => {
  const { worker, library } = await setUp();
  worker.lab.changeRecipe({ momentum: 0.5 });
  library.open({ ...ENTRY, train: 40 });
  expect(worker.asked.at(-1)).toMatchObject({ experiment: { recipe: { batch: 32, momentum: 0.5 } } });
});

test('images of the usual size are opened at the size that the race has, others at their own', () => {
  expect([sizeToOpen(32, 16), sizeToOpen(32, 64), sizeToOpen(48, 16), sizeToOpen(16, 32)]).toEqual([16, 32, 48, 16]);
});

test('a name that was typed and what is left out hold at another size, and are kept', async () => {
  const { worker, kept, library } = await setUp();
  await library.read(GIVEN);
  library.decide({ name: 'my pets' });
  library.decide({ withoutShared: true });
  await library.resize(64);
  await library.arrange({ level: 1 });
  expect(library.store.getState().wish).toEqual({ name: 'my pets', withoutShared: true });
  const using = library.use('my pets');
  await worker.idle();
  expect(kept).toEqual([{ name: 'my pets', withoutShared: true }]);
  worker.done();
  await using;
});

test('images that are deleted are withdrawn from the worker that trains, too', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const library = createLibrary(fakeLibrary({ delete: async () => [] }), worker.lab);
  const removing = library.remove(HASH);
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'withdraw', hash: HASH }]);
  worker.done();
  await removing;
});

test('the list has what another tab kept or deleted before it is shown', async () => {
  const { worker } = await setUp();
  let entries: readonly DatasetEntry[] = [];
  const library = createLibrary(fakeLibrary({ list: async () => entries }), worker.lab);
  entries = [ENTRY];
  library.show();
  await vi.waitFor(() => expect(library.store.getState().entries).toEqual([ENTRY]));
});

test.each(['read', 'again', 'forget', 'use'] as const)('what was decided goes with its files: %s', async (how) => {
  const { worker, library } = await setUp();
  await library.read(GIVEN);
  library.decide({ name: 'my pets', withoutShared: true });
  if (how === 'read') await library.read(GIVEN);
  else if (how === 'use') {
    const using = library.use('my pets');
    await worker.idle();
    worker.done();
    await using;
  } else library[how]();
  expect(library.store.getState().wish).toEqual({ name: null, withoutShared: false });
});

test('what is read is used once, however often that is pressed', async () => {
  const { worker, kept, library } = await setUp();
  await library.read(GIVEN);
  const using = library.use('pets');
  expect(library.store.getState().keeping).toBe(true);
  await library.use('pets');
  await worker.idle();
  expect(kept).toHaveLength(1);
  expect(library.store.getState().keeping).toBe(false);
  worker.done();
  await using;
});

test('files that are dropped while a set is being kept are there to be used', async () => {
  const { worker, library } = await setUp();
  await library.read(GIVEN);
  const using = library.use('pets');
  await library.read(GIVEN);
  const { preview } = library.store.getState();
  await worker.idle();
  worker.done();
  await using;
  expect(preview).not.toBeNull();
  expect(library.store.getState()).toMatchObject({ preview, keeping: false });
});

test('files that are dropped while others are read are read in their place, and what comes of those changes nothing', async () => {
  const { worker } = await setUp();
  const ends: { readonly fail: (error: Error) => void; readonly progress: (part: number) => void }[] = [];
  const client = fakeLibrary({
    read: (_, { onProgress: progress }) => new Promise((_found, fail) => ends.push({ fail, progress })),
  });
  const library = createLibrary(client, worker.lab);
  const first = library.read(GIVEN);
  await worker.idle();
  library.read(GIVEN);
  await worker.idle();
  const [old, next] = ends;
  next?.progress(0.5);
  await worker.idle();
  expect(library.store.getState().reading).toBe(0.5);
  old?.progress(0.9);
  old?.fail(new Error('zip: it is damaged'));
  await first;
  expect(library.store.getState()).toMatchObject({ reading: 0.5, failure: null });
});

test('of two folders the one that was given last is read, whichever the browser has listed first', async () => {
  const { reads, library } = await setUp();
  const slow = later<readonly GivenFile[]>();
  const torn = later<readonly GivenFile[]>();
  const first = library.read(slow.promise);
  const second = library.read(torn.promise);
  await library.read(GIVEN);
  slow.resolve([{ path: 'slow.zip', blob: new Blob() }]);
  torn.reject(new Error('it cannot be read'));
  await first;
  await second;
  expect(reads.map(({ files }) => files)).toEqual([FILES]);
  expect(library.store.getState()).toMatchObject({ preview: { name: ENTRY.name }, failure: null });
});

test('a folder that is still listed when the dialog is put away is not read, and one that cannot be listed is told', async () => {
  const { reads, library } = await setUp();
  const slow = later<readonly GivenFile[]>();
  const reading = library.read(slow.promise);
  library.forget();
  slow.resolve(FILES);
  await reading;
  expect(reads).toEqual([]);
  await library.read(Promise.reject(new Error('it cannot be read'))).then(null, () => {});
  expect(library.store.getState().failure).toBe('it cannot be read');
});
