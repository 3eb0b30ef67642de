import { expect, test } from 'vitest';
import type { Classification, DamagedGuess, KeptWeights, LoadedNet, LoadProgress } from '../../core/data/pretrained.ts';
import type { DeviceInfo } from '../../core/experiment/device.ts';
import type { Filters, NetMaps, NetProbe } from '../../core/net/feature-maps.ts';
import { sayIt } from '../../language/sentence.ts';
import { fakeLibrary } from '../../testing/fake-library.ts';
import { local } from '../../testing/local-worker.ts';
import type { PretrainedApi } from '../../workers/inference/api.ts';
import { type Call, type Connection, RemoteError } from '../../workers/rpc.ts';
import { type Supervised, WorkerError } from '../../workers/supervisor.ts';
import { createPretrained } from './pretrained.ts';
import type { NamedBlob } from './state.ts';

const device: DeviceInfo = {
  backend: 'wasm',
  adapter: '2 threads',
  memoryLimit: 1,
  tensorLimit: 1,
  fallbacks: [],
  passedOver: [],
};
const file = { name: 'resnet18.safetensors', blob: new Blob() };
const PART: KeptWeights = { repository: 'timm/vgg19_bn.tv_in1k', bytes: 3, total: 9 };
const image = { name: 'dog.jpg', blob: new Blob() };
const filters: Filters = { shape: [1, 1, 3, 1], values: new Float32Array(3) };
const names = { stripped: [], head: null, leftOut: 0 };
const guess = { label: 207, probability: 0.5 };
const classification = { guesses: [guess], milliseconds: 3, activationBytes: 9, noisy: false };

function failure(name: string, message: string): Error {
  return new RemoteError({ name, message });
}

type Answer = LoadedNet | Classification | NetMaps | NetProbe | readonly DamagedGuess[];

interface Asked {
  readonly ask: string;
  onProgress(part: LoadProgress | DamagedGuess): void;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A worker whose answers the test gives, in the order in which it is asked. */
function setUp() {
  const asked: (object & { readonly ask: string })[] = [];
  const answers: Asked[] = [];
  let kept: readonly KeptWeights[] = [PART];
  let releases = 0;
  /** Progress is dropped for calls that give no `onProgress`. */
  const method =
    <Result extends Answer, Part extends LoadProgress | DamagedGuess = never>(ask: string) =>
    (request: object = {}, call?: Call<Part>) => {
      asked.push({ ask, ...request });
      return new Promise<Result>((done, reject) => {
        const onProgress = (part: Part) => call?.onProgress(part);
        answers.push({ ask, onProgress, resolve: (answer: Result) => done(answer), reject });
      });
    };
  const start = (): Connection<PretrainedApi> =>
    local<PretrainedApi>(() => ({
      load: method<LoadedNet, LoadProgress>('load'),
      classify: method<Classification>('classify'),
      maps: method<NetMaps>('maps'),
      probe: method<NetProbe>('probe'),
      damage: method<readonly DamagedGuess[], DamagedGuess>('damage'),
    }));
  let connection = start();
  let onEnd: Parameters<Parameters<typeof createPretrained>[0]>[0] = () => {};
  const close = (error: Error) => {
    answers.length = 0;
    connection.close(error);
    connection = start();
  };
  const client: Supervised<PretrainedApi> = {
    call: (...args) => connection.call(...args),
    end: (error) => {
      releases += 1;
      close(error);
    },
  };
  const lab = createPretrained(
    (hear) => {
      onEnd = hear;
      return client;
    },
    () => 'wasm',
    fakeLibrary({
      weights: async () => kept,
      deleteWeights: async (request) => {
        kept = kept.filter(({ repository }) => repository !== request.repository);
        return kept;
      },
    }),
  );
  const keep = (...weights: readonly KeptWeights[]) => {
    kept = weights;
  };
  const end = () => {
    const reached = { how: 'ended', reason: '' } as const;
    const error = new WorkerError('net', reached, 'load it again');
    onEnd(reached, error);
    close(error);
  };
  return { lab, asked, answers, end, keep, releases: () => releases, state: () => lab.store.getState() };
}

test('an image that was shown before there was a net is asked about when the net is loaded', async () => {
  const { lab, asked, answers, state } = setUp();
  await lab.show(image);
  const loading = lab.load(file);
  answers[0]?.onProgress({ stage: 'reading', fraction: 0.4 });
  expect(state().loading).toEqual({ stage: 'reading', fraction: 0.4 });
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await expect.poll(() => asked.map(({ ask }) => ask)).toEqual(['load', 'classify']);
  answers.shift()?.resolve(classification);
  await loading;
  expect(state()).toMatchObject({ loading: null, loaded: { file: file.name }, classification, failure: null });

  const damaging = lab.damage('branch');
  answers[0]?.onProgress({ block: 1, probability: 0.1, guess });
  expect(state().damage).toMatchObject({ kind: 'branch', running: true, parts: [{ block: 1 }] });
  await lab.stop();
  await damaging;
  expect(state()).toMatchObject({ damage: { running: false, parts: [{ block: 1 }] }, failure: null });
});

test('a file that is refused says why, and another net is no longer the one that was loaded', async () => {
  const { lab, answers, releases, state } = setUp();
  const refused = lab.load(file);
  answers.shift()?.reject(failure('WeightsError', 'weights file: it is of another net'));
  await refused;
  expect(state()).toMatchObject({ loading: null, loaded: null, failure: 'weights file: it is of another net' });
  const loading = lab.load(file);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await loading;
  lab.choose('VGG-16');
  expect(releases()).toBe(1);
  expect(state()).toMatchObject({ net: 'VGG-16', loaded: null, failure: null });
});

test('a net whose device was lost is loaded again and asked again; if it is lost then as well, why is said', async () => {
  const { lab, asked, answers, releases, state } = setUp();
  const loading = lab.load(file);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await loading;
  const showing = lab.show(image);
  answers.shift()?.reject(failure('DeviceLostError', 'device: it was lost'));
  await expect.poll(() => answers.length).toBe(1);
  expect(releases()).toBe(1);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await expect.poll(() => answers.length).toBe(1);
  answers.shift()?.resolve(classification);
  await showing;
  expect(asked.map(({ ask }) => ask)).toEqual(['load', 'classify', 'load', 'classify']);
  expect(asked[2]).toEqual(asked[0]);
  expect(state()).toMatchObject({ recovered: true, classification, classifying: false, failure: null });

  const again = lab.show({ ...image });
  expect(state().recovered).toBe(false);
  answers.shift()?.reject(failure('DeviceLostError', 'device: it was lost'));
  await expect.poll(() => answers.length).toBe(1);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await expect.poll(() => answers.length).toBe(1);
  answers.shift()?.reject(failure('DeviceLostError', 'device: it was lost again'));
  await again;
  expect(state()).toMatchObject({ loaded: null, classifying: false, image, failure: 'device: it was lost again' });
});

test('the weights that Hugging Face has are fetched by their name, and what the browser keeps of them is known', async () => {
  const { lab, asked, answers, keep, state } = setUp();
  await expect.poll(() => state().kept).toEqual([PART]);
  lab.choose('VGG-19 BN');
  const fetching = lab.fetch();
  expect(asked).toMatchObject([{ ask: 'load', net: 'VGG-19 BN', file: null, name: PART.repository, fetches: true }]);
  answers[0]?.onProgress({ stage: 'fetching', fraction: 0.5 });
  expect(state().loading).toEqual({ stage: 'fetching', fraction: 0.5 });
  keep({ ...PART, bytes: 9 });
  answers.shift()?.resolve({ device, unkept: 'storage: no room', filters, classes: 1000, names });
  await fetching;
  expect(state()).toMatchObject({
    loaded: { file: PART.repository },
    unkept: 'storage: no room',
    kept: [{ bytes: 9 }],
  });
  await lab.forget(PART.repository);
  expect(state()).toMatchObject({ loaded: { file: PART.repository }, kept: [] });
});

test('what the page says to be kept is not downloaded where it is gone, and the page learns that it is', async () => {
  const { lab, asked, answers, keep, state } = setUp();
  keep({ ...PART, bytes: 9 });
  await lab.refreshKept();
  lab.choose('VGG-19 BN');
  const loading = lab.fetch();
  expect(asked).toMatchObject([{ ask: 'load', fetches: false }]);
  keep();
  answers.shift()?.reject(failure('SaidError', 'net: its weights are gone'));
  await loading;
  expect(state()).toMatchObject({ loading: null, failure: 'net: its weights are gone', kept: [] });
  lab.fetch();
  await expect.poll(() => asked).toMatchObject([{}, { ask: 'load', fetches: true }]);
});

test('a device that is lost after the weights were deleted downloads them again only where they could not be kept', async () => {
  for (const unkept of [null, 'storage: no room']) {
    const { lab, asked, answers } = setUp();
    lab.choose('VGG-19 BN');
    const fetching = lab.fetch();
    answers.shift()?.resolve({ device, unkept, filters, classes: 1000, names });
    await fetching;
    lab.show(image);
    await expect.poll(() => answers.length).toBe(1);
    answers.shift()?.reject(failure('DeviceLostError', 'device: it was lost'));
    await expect.poll(() => asked.at(-1)).toMatchObject({ ask: 'load', fetches: unkept !== null });
  }
});

test('a worker that ends says so, and its net is loaded no longer; what is loaded next is by another worker', async () => {
  const { lab, answers, end, state } = setUp();
  const loading = lab.load(file);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await loading;
  const showing = lab.show(image);
  end();
  await showing;
  expect(state()).toMatchObject({ loaded: null, classifying: false, image });
  expect(sayIt(state().failure ?? '')).toBe('net: it ended unexpectedly; load it again');
  const again = lab.load(file);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await expect.poll(() => answers.map(({ ask }) => ask)).toEqual(['classify']);
  answers.shift()?.resolve(classification);
  await again;
  expect(state()).toMatchObject({ loaded: { file: file.name }, classification, failure: null });
});

test('a net that is released while it loads is not loaded, and nothing is said to have failed', async () => {
  const { lab, state } = setUp();
  const loading = lab.fetch();
  lab.release();
  await loading;
  expect(state()).toMatchObject({ loading: null, loaded: null, failure: null });
});

test('what is left of a load that was cancelled leaves the progress of the next one', async () => {
  const { lab, answers, state } = setUp();
  const first = lab.fetch();
  lab.release();
  const second = lab.load(file);
  const progress = { stage: 'reading', fraction: 0.4 } as const;
  answers[0]?.onProgress(progress);
  await first;
  expect(state().loading).toEqual(progress);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await second;
  expect(state()).toMatchObject({ loading: null, loaded: { file: file.name } });
});

test('what is looked at is asked for once; another place, another image, and it is asked for again', async () => {
  const { lab, asked, answers, state } = setUp();
  const loading = lab.load(file);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await loading;
  const output = { shape: [1, 1, 1], values: new Float32Array(1), channels: [0], of: 1 } as const;
  const maps: NetMaps = { block: null, output, largest: 0 };
  const see = async () => {
    const showing = lab.show({ ...image });
    answers.shift()?.resolve({ ...classification });
    await showing;
  };
  const look = async () => {
    const before = asked.length;
    const looking = Promise.all([lab.maps(), lab.probe()]);
    for (const { ask } of asked.slice(before)) {
      const probe = { blocks: [], evidence: null };
      answers.shift()?.resolve(ask === 'maps' ? maps : probe);
    }
    await looking;
    return asked.slice(before).map(({ ask }) => ask);
  };
  expect(await look()).toEqual([]);
  await see();
  expect(state()).toMatchObject({ filters, choice: { type: 'block', block: 1 }, maps: null });
  expect(await look()).toEqual(['maps', 'probe']);
  expect(state()).toMatchObject({ maps, probe: { blocks: [] } });
  expect(await look()).toEqual([]);
  lab.lookAt({ type: 'layer', layer: 'stem.pool' });
  expect(state()).toMatchObject({ maps: null, probe: { blocks: [] } });
  expect(await look()).toEqual(['maps']);
  await see();
  expect(state()).toMatchObject({ maps: null, probe: null });
  expect(await look()).toEqual(['maps', 'probe']);
  lab.choose('VGG-16');
  expect(state()).toMatchObject({ choice: { type: 'layer', layer: 'stage1.relu1' }, maps: null, filters: null });
});

test('a camera is followed as fast as the net answers; an answer stands until the next one', async () => {
  const { lab, answers, state } = setUp();
  const loading = lab.load(file);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await loading;
  const frames = [image, { ...image }, { ...image }];
  const following = lab.follow(async () => frames.shift() ?? null);
  await expect.poll(() => answers.length).toBe(1);
  expect(state()).toMatchObject({ live: true, classification: null, classifying: true });
  answers.shift()?.resolve(classification);
  await expect.poll(() => answers.length).toBe(1);
  expect(state()).toMatchObject({ live: true, classification, classifying: true });
  expect(frames.length).toBe(1);
  answers.shift()?.reject(failure('DataError', 'image: it does not decode'));
  await following;
  expect(state()).toMatchObject({ live: false, classification: null, failure: 'image: it does not decode' });
  expect(frames.length).toBe(1);
});

test('an image that is shown while a camera is followed stands, and the camera is followed no longer', async () => {
  const { lab, answers, state } = setUp();
  const loading = lab.load(file);
  answers.shift()?.resolve({ device, unkept: null, filters, classes: 1000, names });
  await loading;
  const frames: ((frame: NamedBlob) => void)[] = [];
  const following = lab.follow(() => new Promise((resolve) => frames.push(resolve)));
  const chosen = { ...image };
  const showing = lab.show(chosen);
  frames.shift()?.({ ...image });
  await following;
  answers.shift()?.resolve(classification);
  await showing;
  expect(state().image).toBe(chosen);
  expect(state()).toMatchObject({ live: false, classification });
});
