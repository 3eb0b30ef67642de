import { expect, test, vi } from 'vitest';
import type { GivenFile } from '../../core/data/given-file.ts';
import { later } from '../../testing/later.ts';
import { ANY_CLASSES, GIVEN_FILES, PHOTO_SET, setUpPhotographs } from '../../testing/photographs-harness.ts';
import { Withdrawn } from '../../workers/rpc.ts';

test('labels that are numbers may lack the last outputs of a person’s own net, and none that it has not', async () => {
  const problemOf = async (classes: number, { numbers = true, file = true } = {}) => {
    const { photographs, state, next, answer, listings } = setUpPhotographs({ byHand: true });
    const opening = photographs.open(GIVEN_FILES, ANY_CLASSES);
    const names = Array.from({ length: 9 }, (_, nth) => (numbers ? [] : [`${nth}`]));
    await vi.waitFor(() => expect(listings).toHaveLength(1));
    listings[0]?.resolve({ ...PHOTO_SET, classes: names.map((each) => ({ names: each, wordNet: null })) });
    await opening;
    const adding = file ? photographs.addWeights([{ path: 'own.safetensors', blob: new Blob() }]) : undefined;
    if (file) (await next('recogniseWeights')).resolve('ResNet-18');
    await adding;
    const run = photographs.run(['ResNet-18']);
    (await next('load')).resolve({ classes });
    await vi.waitFor(() => expect([null, 'classifying']).toContain(state().activity?.type ?? null));
    const { problem } = state().runs.get('ResNet-18') ?? {};
    if (problem !== null) return problem;
    const classifying = await next('classifyPhotos');
    classifying.onProgress?.(answer([0, 1, 2, 3, 4]));
    classifying.resolve(undefined);
    await run;
    // Its top-5 error is that of ten classes, and its last layer that of ten.
    return state().runs.get('ResNet-18')?.classes;
  };
  const refused = { key: 'photographs.otherClasses' };
  expect(await problemOf(10)).toBe(10);
  expect(await problemOf(9)).toBe(9);
  expect(await problemOf(8)).toMatchObject(refused);
  expect(await problemOf(10, { numbers: false })).toMatchObject(refused);
  // Outputs of the weights that can be downloaded are ImageNet's classes, which other labels do not mean.
  expect(await problemOf(1000, { file: false })).toMatchObject(refused);
});

test('photographs that are given while others are listed are listed in their place', async () => {
  const { photographs, state, listings } = setUpPhotographs({ byHand: true });
  const first = photographs.open(GIVEN_FILES, ANY_CLASSES);
  await vi.waitFor(() => expect(listings).toHaveLength(1));
  const second = photographs.open(GIVEN_FILES, ANY_CLASSES);
  await vi.waitFor(() => expect(listings).toHaveLength(2));
  listings[0]?.reject(new Withdrawn());
  await first;
  expect(state().listing).toBe(0);
  listings[1]?.resolve(PHOTO_SET);
  await second;
  expect(state()).toMatchObject({ listing: null, set: PHOTO_SET });
});

test('a folder that was given first and is read last leaves those that were given later, and so do its faults', async () => {
  const { photographs, state, client } = setUpPhotographs();
  const slow = later<readonly GivenFile[]>();
  const torn = later<readonly GivenFile[]>();
  const first = photographs.open(slow.promise, ANY_CLASSES);
  // It is told before the browser has read the folder.
  expect(state().listing).toBe(0);
  const second = photographs.open(torn.promise, ANY_CLASSES);
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  slow.resolve([{ path: 'slow.png', blob: new Blob() }]);
  torn.reject(new Error('it cannot be read'));
  await first;
  await second;
  expect(state()).toMatchObject({ listing: null, set: PHOTO_SET, failure: null });
  expect(client.call).toHaveBeenCalledTimes(1);
});

test('a folder that is still read when its listing is given up is not listed, and one that cannot be read is told', async () => {
  const { photographs, state, client } = setUpPhotographs();
  const slow = later<readonly GivenFile[]>();
  const opening = photographs.open(slow.promise, ANY_CLASSES);
  photographs.clear();
  expect(state().listing).toBe(null);
  slow.resolve([]);
  await opening;
  expect(state()).toMatchObject({ listing: null, set: null, failure: null });
  expect(client.call).not.toHaveBeenCalled();
  await photographs.open(Promise.reject(new Error('it cannot be read')), ANY_CLASSES).then(null, () => {});
  expect(state()).toMatchObject({ listing: null, set: null, failure: 'it cannot be read' });
});

test('photographs and their answers stay until there are others in their place', async () => {
  const { photographs, state, next, answer } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  const run = photographs.run(['ResNet-18']);
  (await next('load')).resolve({ classes: 2 });
  const classifying = await next('classifyPhotos');
  classifying.onProgress?.(answer([0, 1, 2, 3, 4]));
  classifying.resolve(undefined);
  await run;
  const { set, runs } = state();
  expect([set, runs.get('ResNet-18')?.done]).toEqual([PHOTO_SET, 5]);
  await photographs.open(Promise.resolve([]), ANY_CLASSES);
  expect(state()).toMatchObject({ set, runs, listing: null, failure: { key: 'photographs.noFiles' } });
  await photographs.open(Promise.reject(new Error('it cannot be read')), ANY_CLASSES).then(null, () => {});
  expect(state()).toMatchObject({ set, runs, listing: null, failure: 'it cannot be read' });
  const slow = later<readonly GivenFile[]>();
  const opening = photographs.open(slow.promise, ANY_CLASSES);
  expect(state()).toMatchObject({ set, runs, listing: 0 });
  photographs.pause();
  expect(state()).toMatchObject({ set, runs, listing: null });
  slow.resolve([]);
  await opening;
  expect(state()).toMatchObject({ set, runs, failure: null });
});

test('a folder without files is told', async () => {
  const { photographs, state, client } = setUpPhotographs();
  await photographs.open(Promise.resolve([]), ANY_CLASSES);
  expect(state()).toMatchObject({ listing: null, failure: { key: 'photographs.noFiles' } });
  expect(client.call).not.toHaveBeenCalled();
});

test('photographs that are listed again and are others begin again; the same ones go on', async () => {
  const { photographs, state, next, answer, ends, listings } = setUpPhotographs({ byHand: true });
  const opening = photographs.open(GIVEN_FILES, ANY_CLASSES);
  await vi.waitFor(() => expect(listings).toHaveLength(1));
  listings[0]?.resolve(PHOTO_SET);
  await opening;
  const endAfter = async (photos: readonly number[]) => {
    const run = photographs.run(['ResNet-18']);
    (await next('load')).resolve({ classes: 2 });
    (await next('classifyPhotos')).onProgress?.({
      ...answer(photos),
      unread: [{ photo: 4, reason: 'torn', isForNow: false }],
    });
    ends[0]?.(new Error('ended'));
    await run.then(null, () => {});
  };
  await endAfter([0, 1]);
  photographs.run(['ResNet-18']);
  expect(state().activity).toEqual({ type: 'listing', net: null, photos: 0 });
  listings[1]?.resolve({ ...PHOTO_SET, labels: [...PHOTO_SET.labels], paths: [...PHOTO_SET.paths] });
  (await next('load')).resolve({ classes: 2 });
  expect((await next('classifyPhotos')).request.photos).toEqual([2, 3]);
  expect(state()).toMatchObject({ set: PHOTO_SET, failure: null });
  ends[0]?.(new Error('ended'));
  photographs.run(['ResNet-18']);
  const others = { ...PHOTO_SET, labels: [0, 1, 1, 0], paths: ['0', '2', '3', '4'] };
  listings[2]?.resolve(others);
  (await next('load')).resolve({ classes: 2 });
  expect((await next('classifyPhotos')).request.photos).toEqual([0, 1, 2, 3]);
  expect(state()).toMatchObject({ set: others, failure: { key: 'photographs.listedAgain' } });
  expect(state().runs.get('ResNet-18')?.done).toBe(0);
  expect(state().unread.size).toBe(0);
});
