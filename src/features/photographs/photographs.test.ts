import { afterEach, expect, test, vi } from 'vitest';
import type { GivenFile } from '../../core/data/given-file.ts';
import type { PhotoBatch } from '../../core/data/photographs.ts';
import { later } from '../../testing/later.ts';
import type { InferenceApi } from '../../workers/inference/api.ts';
import { Withdrawn } from '../../workers/rpc.ts';
import type { Supervised } from '../../workers/supervisor.ts';
import { createPhotographs } from './photographs.ts';
import { answersOn, chosen } from './state.ts';

const SET = {
  name: 'set',
  classes: [
    { names: ['a'], wordNet: null },
    { names: ['b'], wordNet: null },
  ],
  labels: [0, 0, 1, 1, 0],
  paths: ['0', '1', '2', '3', '4'],
  unknown: { named: [], labels: 0, photos: 0 },
  leftOut: { named: [], count: 0 },
  noisy: false,
};

afterEach(() => {
  vi.restoreAllMocks();
});

const SOME: Promise<readonly GivenFile[]> = Promise.resolve([{ path: 'set.zip', blob: new Blob() }]);
const ANY = Promise.resolve(null);

interface Asked {
  readonly method: string;
  readonly request: {
    readonly net?: string;
    readonly file?: Blob | null;
    readonly fetches?: boolean;
    readonly photos?: readonly number[];
  };
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: PhotoBatch) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A worker that answers by hand what is classified or loaded, and all else at once; where asked for, also what it lists. */
function setUp({ byHand = false, kept = new Set<string>() } = {}) {
  const asked: Asked[] = [];
  const listings: Pick<Asked, 'resolve' | 'reject'>[] = [];
  const ends: ((error: Error) => void)[] = [];
  const call = (method: string, request: Asked['request'] = {}, options: Pick<Asked, 'signal' | 'onProgress'> = {}) => {
    if (method === 'openPhotos' && byHand)
      return new Promise((resolve, reject) => {
        listings.push({ resolve, reject });
      });
    if (method === 'openPhotos') return Promise.resolve(SET);
    if (method === 'unload') return Promise.resolve();
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(new Withdrawn()));
      asked.push({ method, request, ...options, resolve, reject });
    });
  };
  const client: Supervised<InferenceApi> = { call: vi.fn(call) as never, end: () => {} };
  const onFetched = vi.fn();
  const photographs = createPhotographs(
    (onEnd) => {
      ends.push((error) =>
        onEnd({ how: 'ended', reason: '' }, Object.assign(error, { sentence: 'it ended' }) as never),
      );
      return client;
    },
    () => 'wasm',
    (net) => kept.has(net),
    onFetched,
  );
  const next = async (method: string) => {
    await vi.waitFor(() => expect(asked[0]?.method).toBe(method));
    const [first] = asked.splice(0, 1);
    if (first === undefined) throw new Error('asked: nothing');
    return first;
  };
  const answer = (photos: readonly number[]): PhotoBatch => {
    return { answers: photos.map((photo) => ({ photo, guesses: [0, 1] })), unread: [], milliseconds: 10 };
  };
  return { photographs, state: photographs.store.getState, next, answer, ends, client, listings, onFetched };
}

test('nets classify one after the other; a pause keeps what is answered; a photograph that does not decode is asked once', async () => {
  const { photographs, state, next, answer } = setUp();
  await photographs.open(SOME, ANY);
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
  const { photographs, state, next, answer } = setUp();
  await photographs.open(SOME, ANY);
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
  const { photographs, state, next, answer } = setUp();
  await photographs.open(SOME, ANY);
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
  const { photographs, state, next, answer, ends, client } = setUp();
  await photographs.open(SOME, ANY);
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
  const set = { ...SET, labels: Array.from({ length: 100 }, () => 0) };
  const few = chosen({ set, most: 10 });
  expect(few).toHaveLength(10);
  expect(few[0]).toBe(0);
  expect(few.at(-1)).toBeGreaterThan(80);
  const more = new Set(chosen({ set, most: 40 }));
  expect(few.every((photo) => more.has(photo))).toBe(true);
  expect(chosen({ set, most: 1000 })).toHaveLength(100);
});

test('how many are used is chosen for one set of photographs, and counts on all nets', async () => {
  const { photographs, state } = setUp();
  await photographs.open(SOME, ANY);
  photographs.use(200);
  expect(state().most).toBe(200);
  await photographs.open(SOME, ANY);
  expect(state().most).toBe(1000);
  const answers = [0, 1, 2, 3].map((photo) => ({ photo, guesses: [0] }));
  const run = { name: 'ResNet-18', answers, done: 4, milliseconds: 1, classes: 2, problem: null, unkept: null };
  expect(answersOn(new Set([0, 3]), run).map(({ photo }) => photo)).toEqual([0, 3]);
});

test('weights that are given for the net that is asked stop it; its answers are those of the new ones', async () => {
  const { photographs, state, next, answer } = setUp();
  await photographs.open(SOME, ANY);
  const run = photographs.run(['ResNet-18']);
  (await next('load')).resolve({ classes: 2 });
  const classifying = await next('classifyPhotos');
  classifying.onProgress?.(answer([0, 1]));
  const adding = photographs.addWeights([{ path: 'new.safetensors', blob: new Blob() }]);
  (await next('recogniseWeights')).resolve('ResNet-18');
  await adding;
  await expect(run).rejects.toThrow('withdrawn');
  classifying.onProgress?.(answer([2, 3, 4]));
  expect(state().runs.get('ResNet-18')).toBeUndefined();
  const again = photographs.run(['ResNet-18']);
  (await next('load')).resolve({ classes: 2 });
  const rest = await next('classifyPhotos');
  expect(rest.request.photos).toEqual([0, 1, 2, 3, 4]);
  rest.onProgress?.(answer([0, 1, 2, 3, 4]));
  rest.resolve(undefined);
  await again;
  expect(state().runs.get('ResNet-18')).toMatchObject({ done: 5, answers: { length: 5 } });
});

test('a file of weights can be taken back, also while the net is asked; its answers go with it', async () => {
  const { photographs, state, next, answer } = setUp();
  await photographs.open(SOME, ANY);
  const adding = photographs.addWeights([{ path: 'own.safetensors', blob: new Blob() }]);
  (await next('recogniseWeights')).resolve('ResNet-18');
  await adding;
  const run = photographs.run(['ResNet-18']);
  const own = await next('load');
  expect(own.request.file).toBeInstanceOf(Blob);
  own.resolve({ classes: 2 });
  (await next('classifyPhotos')).onProgress?.(answer([0, 1]));
  photographs.removeWeights('ResNet-18');
  await expect(run).rejects.toThrow('withdrawn');
  expect(state().activity).toBe(null);
  // What must be downloaded takes no part unless a person switches it on.
  expect([state().runs, state().weights, state().switched].map(({ size }) => size)).toEqual([0, 0, 0]);
  photographs.run(['ResNet-18']);
  expect((await next('load')).request.file).toBe(null);
});

test('a net whose file is taken back before its turn is left out, and not downloaded', async () => {
  const { photographs, state, next, answer } = setUp();
  await photographs.open(SOME, ANY);
  for (const net of ['ResNet-18', 'ResNet-34']) {
    const adding = photographs.addWeights([{ path: `${net}.safetensors`, blob: new Blob() }]);
    (await next('recogniseWeights')).resolve(net);
    await adding;
  }
  const run = photographs.run(['ResNet-18', 'ResNet-34']);
  (await next('load')).resolve({ classes: 2 });
  const classifying = await next('classifyPhotos');
  photographs.removeWeights('ResNet-34');
  classifying.onProgress?.(answer([0, 1, 2, 3, 4]));
  classifying.resolve(undefined);
  await run;
  expect([...state().runs.keys()]).toEqual(['ResNet-18']);
});

test('weights that are deleted before their turn are not downloaded, unless a person switches the net on after that', async () => {
  const kept = new Set(['ResNet-18', 'ResNet-34', 'ResNet-50']);
  const { photographs, state, next, answer, onFetched } = setUp({ kept });
  await photographs.open(SOME, ANY);
  const run = photographs.run(['ResNet-18', 'ResNet-34', 'ResNet-50', 'VGG-16']);
  const first = await next('load');
  expect(first.request.fetches).toBe(false);
  first.resolve({ classes: 2 });
  const classifying = await next('classifyPhotos');
  for (const net of ['ResNet-34', 'ResNet-50']) kept.delete(net);
  photographs.switchNet('ResNet-50', true);
  classifying.onProgress?.(answer([0, 1, 2, 3, 4]));
  classifying.resolve(undefined);
  const deleted = await next('load');
  expect(deleted.request).toMatchObject({ net: 'ResNet-34', file: null, fetches: false });
  onFetched.mockClear();
  deleted.reject(new Error('it is not here any more'));
  const wanted = await next('load');
  expect(wanted.request).toMatchObject({ net: 'ResNet-50', fetches: true });
  // The page learns what is kept now.
  expect(onFetched).toHaveBeenCalledTimes(1);
  wanted.reject(new Error('no connection'));
  const toFetch = await next('load');
  expect(toFetch.request).toMatchObject({ net: 'VGG-16', fetches: true });
  toFetch.reject(new Error('no connection'));
  await run;
  expect(state().runs.get('ResNet-34')?.problem).toBe('it is not here any more');
});

test('labels that are numbers may lack the last outputs of a person’s own net, and none that it has not', async () => {
  const problemOf = async (classes: number, { numbers = true, file = true } = {}) => {
    const { photographs, state, next, answer, listings } = setUp({ byHand: true });
    const opening = photographs.open(SOME, ANY);
    const names = Array.from({ length: 9 }, (_, nth) => (numbers ? [] : [`${nth}`]));
    await vi.waitFor(() => expect(listings).toHaveLength(1));
    listings[0]?.resolve({ ...SET, classes: names.map((each) => ({ names: each, wordNet: null })) });
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
  const { photographs, state, listings } = setUp({ byHand: true });
  const first = photographs.open(SOME, ANY);
  await vi.waitFor(() => expect(listings).toHaveLength(1));
  const second = photographs.open(SOME, ANY);
  await vi.waitFor(() => expect(listings).toHaveLength(2));
  listings[0]?.reject(new Withdrawn());
  await first;
  expect(state().listing).toBe(0);
  listings[1]?.resolve(SET);
  await second;
  expect(state()).toMatchObject({ listing: null, set: SET });
});

test('a folder that was given first and is read last leaves those that were given later, and so do its faults', async () => {
  const { photographs, state, client } = setUp();
  const slow = later<readonly GivenFile[]>();
  const torn = later<readonly GivenFile[]>();
  const first = photographs.open(slow.promise, ANY);
  // It is told before the browser has read the folder.
  expect(state().listing).toBe(0);
  const second = photographs.open(torn.promise, ANY);
  await photographs.open(SOME, ANY);
  slow.resolve([{ path: 'slow.png', blob: new Blob() }]);
  torn.reject(new Error('it cannot be read'));
  await first;
  await second;
  expect(state()).toMatchObject({ listing: null, set: SET, failure: null });
  expect(client.call).toHaveBeenCalledTimes(1);
});

test('a folder that is still read when its listing is given up is not listed, and one that cannot be read is told', async () => {
  const { photographs, state, client } = setUp();
  const slow = later<readonly GivenFile[]>();
  const opening = photographs.open(slow.promise, ANY);
  photographs.clear();
  expect(state().listing).toBe(null);
  slow.resolve([]);
  await opening;
  expect(state()).toMatchObject({ listing: null, set: null, failure: null });
  expect(client.call).not.toHaveBeenCalled();
  await photographs.open(Promise.reject(new Error('it cannot be read')), ANY).then(null, () => {});
  expect(state()).toMatchObject({ listing: null, set: null, failure: 'it cannot be read' });
});

test('photographs and their answers stay until there are others in their place', async () => {
  const { photographs, state, next, answer } = setUp();
  await photographs.open(SOME, ANY);
  const run = photographs.run(['ResNet-18']);
  (await next('load')).resolve({ classes: 2 });
  const classifying = await next('classifyPhotos');
  classifying.onProgress?.(answer([0, 1, 2, 3, 4]));
  classifying.resolve(undefined);
  await run;
  const { set, runs } = state();
  expect([set, runs.get('ResNet-18')?.done]).toEqual([SET, 5]);
  await photographs.open(Promise.resolve([]), ANY);
  expect(state()).toMatchObject({ set, runs, listing: null, failure: { key: 'photographs.noFiles' } });
  await photographs.open(Promise.reject(new Error('it cannot be read')), ANY).then(null, () => {});
  expect(state()).toMatchObject({ set, runs, listing: null, failure: 'it cannot be read' });
  const slow = later<readonly GivenFile[]>();
  const opening = photographs.open(slow.promise, ANY);
  expect(state()).toMatchObject({ set, runs, listing: 0 });
  photographs.pause();
  expect(state()).toMatchObject({ set, runs, listing: null });
  slow.resolve([]);
  await opening;
  expect(state()).toMatchObject({ set, runs, failure: null });
});

test('a folder without files is told', async () => {
  const { photographs, state, client } = setUp();
  await photographs.open(Promise.resolve([]), ANY);
  expect(state()).toMatchObject({ listing: null, failure: { key: 'photographs.noFiles' } });
  expect(client.call).not.toHaveBeenCalled();
});

test('photographs that are listed again and are others begin again; the same ones go on', async () => {
  const { photographs, state, next, answer, ends, listings } = setUp({ byHand: true });
  const opening = photographs.open(SOME, ANY);
  await vi.waitFor(() => expect(listings).toHaveLength(1));
  listings[0]?.resolve(SET);
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
  listings[1]?.resolve({ ...SET, labels: [...SET.labels], paths: [...SET.paths] });
  (await next('load')).resolve({ classes: 2 });
  expect((await next('classifyPhotos')).request.photos).toEqual([2, 3]);
  expect(state()).toMatchObject({ set: SET, failure: null });
  ends[0]?.(new Error('ended'));
  photographs.run(['ResNet-18']);
  const others = { ...SET, labels: [0, 1, 1, 0], paths: ['0', '2', '3', '4'] };
  listings[2]?.resolve(others);
  (await next('load')).resolve({ classes: 2 });
  expect((await next('classifyPhotos')).request.photos).toEqual([0, 1, 2, 3]);
  expect(state()).toMatchObject({ set: others, failure: { key: 'photographs.listedAgain' } });
  expect(state().runs.get('ResNet-18')?.done).toBe(0);
  expect(state().unread.size).toBe(0);
});

test('a net that is switched off while others or itself have their turn is left out; fewer photographs count at once', async () => {
  const { photographs, state, next, answer } = setUp();
  await photographs.open(SOME, ANY);
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
  const { photographs, state, next, answer } = setUp();
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  await photographs.open(SOME, ANY);
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

test('why downloaded weights are not kept is known of the net', async () => {
  const { photographs, state, next } = setUp();
  await photographs.open(SOME, ANY);
  const run = photographs.run(['ResNet-18']);
  (await next('load')).resolve({ classes: 2, unkept: 'no room' });
  (await next('classifyPhotos')).resolve(undefined);
  await run;
  expect(state().runs.get('ResNet-18')).toMatchObject({ problem: null, unkept: 'no room' });
});

test('a download that is paused or fails is told as one that ends, since its part is kept', async () => {
  const { photographs, next, onFetched } = setUp();
  await photographs.open(SOME, ANY);
  const paused = photographs.run(['ResNet-18']);
  await next('load');
  photographs.pause();
  await expect(paused).rejects.toThrow('withdrawn');
  expect(onFetched).toHaveBeenCalledTimes(1);
  const failed = photographs.run(['ResNet-18']);
  (await next('load')).reject(new Error('the connection fails'));
  await failed;
  expect(onFetched).toHaveBeenCalledTimes(2);
});

test('a weights file that cannot be read says so alone, until others are added', async () => {
  const { photographs, state, next } = setUp();
  const torn = photographs.addWeights([{ path: 'torn.safetensors', blob: new Blob() }]);
  (await next('recogniseWeights')).reject(new Error('it is torn'));
  await torn;
  expect(state()).toMatchObject({ unrecognised: [], failure: 'it is torn' });
  const other = photographs.addWeights([{ path: 'other.safetensors', blob: new Blob() }]);
  (await next('recogniseWeights')).resolve(null);
  await other;
  expect(state()).toMatchObject({ unrecognised: ['other.safetensors'], failure: null });
});

test('of several weights files of one net the last is used, and the others are named', async () => {
  const { photographs, state, next } = setUp();
  const give = async (...names: readonly string[]) => {
    const adding = photographs.addWeights(names.map((path) => ({ path, blob: new Blob() })));
    for (const name of names) (await next('recogniseWeights')).resolve(name.startsWith('deep') ? 'VGG-19' : 'VGG-16');
    await adding;
    return state().passedOver.map(({ file, net }) => `${net}: ${file}`);
  };
  expect(await give('a', 'deep', 'b', 'c')).toEqual(['VGG-16: a', 'VGG-16: b']);
  expect(state().weights.get('VGG-16')?.name).toBe('c');
  // One that is given later takes the place of one that was seen.
  expect(await give('d')).toEqual([]);
  expect(state().weights.get('VGG-16')?.name).toBe('d');
});
