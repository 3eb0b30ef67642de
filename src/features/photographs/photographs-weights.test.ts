import { expect, test } from 'vitest';
import { ANY_CLASSES, GIVEN_FILES, setUpPhotographs } from '../../testing/photographs-harness.ts';

test('weights that are given for the net that is asked stop it; its answers are those of the new ones', async () => {
  const { photographs, state, next, answer } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
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
  const { photographs, state, next, answer } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
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
  const { photographs, state, next, answer } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
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
  const { photographs, state, next, answer, onFetched } = setUpPhotographs({ kept });
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
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

test('why downloaded weights are not kept is known of the net', async () => {
  const { photographs, state, next } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
  const run = photographs.run(['ResNet-18']);
  (await next('load')).resolve({ classes: 2, unkept: 'no room' });
  (await next('classifyPhotos')).resolve(undefined);
  await run;
  expect(state().runs.get('ResNet-18')).toMatchObject({ problem: null, unkept: 'no room' });
});

test('a download that is paused or fails is told as one that ends, since its part is kept', async () => {
  const { photographs, next, onFetched } = setUpPhotographs();
  await photographs.open(GIVEN_FILES, ANY_CLASSES);
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
  const { photographs, state, next } = setUpPhotographs();
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
  const { photographs, state, next } = setUpPhotographs();
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
