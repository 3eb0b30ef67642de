import { afterEach, expect, test, vi } from 'vitest';
import { ANY_CLASSES, GIVEN_FILES, PHOTO_SET, setUpPhotographs } from '../../testing/photographs-harness.ts';
import { answersOn, chosen } from './state.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('nets classify one after the other; a pause keeps what is answered; a photograph that does not decode is asked once', async () => {
  const { photographs, state, next, answer } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  const first = photographs.run(['ResNet-18', 'ResNet-34']);
  (await next('load')).resolve({ classes: 2 });
  const classifying = await next('classifyPhotos');
  expect(classifying.request.photos).toEqual([0, 1, 2, 3, 4]);
  classifying.onProgress?.(answer([0, 1]));
  classifying.onProgress?.({ ...answer([]), unread: [{ photo: 2, reason: 'torn', isForNow: false }] });
  expect(state().activity).toEqual({ type: 'classifying', net: 'ResNet-18' });
  photographs.pause();
  await expect(first).rejects.toThrow('withdrawn');
  // What comes late is not counted: it will be asked for again.
  classifying.onProgress?.(answer([3]));
  expect(state()).toMatchObject({ activity: null, failure: null });
  expect(state().runs.get('ResNet-18')).toMatchObject({ done: 2, milliseconds: 20 });

  const second = photographs.run(['ResNet-18', 'ResNet-34']);
  (await next('load')).resolve({ classes: 2 });
  const rest = await next('classifyPhotos');
  expect(rest.request.photos).toEqual([3, 4]);
  rest.onProgress?.(answer([3, 4]));
  rest.resolve(undefined);
  const load = await next('load');
  expect(load.request.net).toBe('ResNet-34');
  load.resolve({ classes: 1000 });
  await second;
  expect(state().runs.get('ResNet-34')?.problem).toMatchObject({ key: 'photographs.otherClasses' });
  expect(state().activity).toBe(null);
});

test('a photograph that could not be read is left to the next run, also of a net whose turn came after', async () => {
  const { photographs, state, next, answer } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  const first = photographs.run(['ResNet-18', 'ResNet-34']);
  (await next('load')).resolve({ classes: 2 });
  const unplugged = await next('classifyPhotos');
  const unread = [
    { photo: 2, reason: 'torn', isForNow: false },
    ...[3, 4].map((photo) => ({ photo, reason: 'the drive is gone', isForNow: true })),
  ];
  unplugged.onProgress?.({ ...answer([0, 1]), unread });
  expect(state().unread).toEqual(new Map([[2, 'torn']]));
  expect([...state().missed.keys()]).toEqual([3, 4]);
  unplugged.resolve(undefined);
  (await next('load')).resolve({ classes: 2 });
  const other = await next('classifyPhotos');
  expect(other.request.photos).toEqual([0, 1]);
  other.onProgress?.(answer([0, 1]));
  other.resolve(undefined);
  await first;

  photographs.run(['ResNet-18', 'ResNet-34']);
  expect(state().missed.size).toBe(0);
  (await next('load')).resolve({ classes: 2 });
  expect((await next('classifyPhotos')).request.photos).toEqual([3, 4]);
});

test('a net whose device is lost is loaded again once and goes on; a net that fails is told, and the next has its turn', async () => {
  const { photographs, state, next, answer } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  const run = photographs.run(['ResNet-18', 'ResNet-34']);
  (await next('load')).resolve({ classes: 2 });
  const lost = await next('classifyPhotos');
  lost.onProgress?.(answer([0]));
  lost.reject(Object.assign(new Error('lost'), { name: 'DeviceLostError' }));
  (await next('load')).resolve({ classes: 2 });
  const again = await next('classifyPhotos');
  expect(again.request.photos).toEqual([1, 2, 3, 4]);
  again.reject(new Error('no memory'));
  const load = await next('load');
  expect(load.request.net).toBe('ResNet-34');
  expect(state().runs.get('ResNet-18')).toMatchObject({ done: 1, problem: 'no memory' });
  load.reject(new Error('no weights'));
  await run;
  expect(state().runs.get('ResNet-34')?.problem).toBe('no weights');
});

test('a worker that ends pauses the run with its sentence, and is given the files again', async () => {
  const { photographs, state, next, answer, ends, client } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  const run = photographs.run(['ResNet-18']);
  (await next('load')).resolve({ classes: 2 });
  (await next('classifyPhotos')).onProgress?.(answer([0]));
  ends[0]?.(new Error('ended'));
  await expect(run).rejects.toThrow();
  expect(state()).toMatchObject({ failure: 'it ended', activity: null });
  expect(state().runs.get('ResNet-18')?.done).toBe(1);
  photographs.run(['ResNet-18']);
  (await next('load')).resolve({ classes: 2 });
  expect((await next('classifyPhotos')).request.photos).toEqual([1, 2, 3, 4]);
  const opened = vi.mocked(client.call).mock.calls.filter(([method]) => method === 'openPhotos');
  expect(opened).toHaveLength(2);
});

test('few photographs are spread over the list, and are among more', () => {
  const set = { ...PHOTO_SET, labels: Array.from({ length: 100 }, () => 0) };
  const few = chosen({ set, most: 10 });
  expect(few).toHaveLength(10);
  expect(few[0]).toBe(0);
  expect(few.at(-1)).toBeGreaterThan(80);
  const more = new Set(chosen({ set, most: 40 }));
  expect(few.every((photo) => more.has(photo))).toBe(true);
  expect(chosen({ set, most: 1000 })).toHaveLength(100);
});

test('how many are used is chosen for one set of photographs, and counts on all nets', async () => {
  const { photographs, state } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  photographs.use(200);
  expect(state().most).toBe(200);
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  expect(state().most).toBe(1000);
  const answers = [0, 1, 2, 3].map((photo) => ({ photo, guesses: [0] }));
  const run = { name: 'ResNet-18', answers, done: 4, milliseconds: 1, classes: 2, problem: null, unkept: null };
  expect(answersOn(new Set([0, 3]), run).map(({ photo }) => photo)).toEqual([0, 3]);
});

test('a net that is switched off while others or itself have their turn is left out; fewer photographs count at once', async () => {
  const { photographs, state, next, answer } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  const run = photographs.run(['ResNet-18', 'ResNet-34', 'ResNet-50', 'VGG-19']);
  (await next('load')).resolve({ classes: 2 });
  const all = await next('classifyPhotos');
  all.onProgress?.(answer([0, 1]));
  photographs.switchNet('ResNet-34', false);
  photographs.use(2);
  // Without loading it again.
  const fewer = await next('classifyPhotos');
  expect(all.signal?.aborted).toBe(true);
  expect(fewer.request.photos).toEqual([4]);
  fewer.onProgress?.(answer([4]));
  fewer.resolve(undefined);
  const load = await next('load');
  expect(load.request.net).toBe('ResNet-50');
  photographs.use(3);
  expect(load.signal?.aborted).toBe(false);
  photographs.switchNet('ResNet-50', false);
  expect(load.signal?.aborted).toBe(true);
  const last = await next('load');
  expect(last.request.net).toBe('VGG-19');
  last.resolve({ classes: 2 });
  const used = await next('classifyPhotos');
  expect(used.request.photos).toEqual([0, 2, 4]);
  used.resolve(undefined);
  await run;
  expect(state()).toMatchObject({ activity: null, failure: null });
  expect([...state().runs].map(([name, { done }]) => [name, done])).toEqual([
    ['ResNet-18', 3],
    ['ResNet-50', 0],
    ['VGG-19', 0],
  ]);
});

test('batches that come within a moment are put into the state together, the last ones in any case', async () => {
  const { photographs, state, next, answer } = setUpPhotographs();
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  const run = photographs.run(['ResNet-18']);
  (await next('load')).resolve({ classes: 2 });
  const classifying = await next('classifyPhotos');
  const done = (at: number, photo: number) => {
    now = at;
    classifying.onProgress?.(answer([photo]));
    return state().runs.get('ResNet-18')?.done;
  };
  expect([done(0, 0), done(10, 1), done(20, 2), done(400, 3), done(410, 4)]).toEqual([1, 1, 1, 4, 4]);
  classifying.resolve(undefined);
  await run;
  expect(state().runs.get('ResNet-18')).toMatchObject({ done: 5, milliseconds: 50 });
});
