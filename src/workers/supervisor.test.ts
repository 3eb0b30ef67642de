import { afterEach, expect, test, vi } from 'vitest';
import { sentence } from '../language/sentence.ts';
import { LocalWorker } from '../testing/local-worker.ts';
import { type Locks, reportLiveness, type WorkerEnd, watchLiveness } from './liveness.ts';
import { serve } from './rpc.ts';
import { supervise, WorkerError } from './supervisor.ts';

interface EchoApi {
  echo(request: { readonly text: string }): Promise<string>;
  hang(): Promise<void>;
}

const api: EchoApi = { echo: async ({ text }) => text, hang: () => new Promise(() => {}) };
/** As the browser tells it: an `ErrorEvent` of what a script threw, a plain event of one that it could not load. */
const thrown = (message: string) => Object.assign(new Event('error', { cancelable: true }), { message });

function setUp() {
  const workers: LocalWorker[] = [];
  const retries: boolean[] = [];
  const ends: WorkerEnd[] = [];
  const order: string[] = [];
  const client = supervise<EchoApi>({
    create: (isRetry) => {
      const worker = new LocalWorker();
      workers.push(worker);
      retries.push(isRetry);
      return worker.page;
    },
    subject: 'echo',
    advice: 'shout again',
    onEnd: (end) => {
      ends.push(end);
      order.push('end');
    },
  });
  const load = (worker = workers.at(-1) ?? expect.fail()) => serve<EchoApi>(worker.scope, () => api);
  return { client, workers, retries, ends, order, load };
}

afterEach(() => vi.useRealTimers());

test('a worker is started by the first call, and calls wait until it is loaded', async () => {
  const { client, workers, load } = setUp();
  expect(workers).toHaveLength(0);
  const calls = Promise.all([client.call('echo', { text: 'a' }), client.call('echo', { text: 'b' })]);
  expect(workers).toHaveLength(1);
  load();
  expect(await calls).toEqual(['a', 'b']);
});

test('a script that cannot be loaded is loaded once more, and answers what was asked meanwhile', async () => {
  const { client, workers, retries, ends, load } = setUp();
  const call = client.call('echo', { text: 'a' });
  workers[0]?.onPage.dispatchEvent(new Event('error'));
  expect(retries).toEqual([false, true]);
  load();
  expect(await call).toBe('a');
  expect(ends).toEqual([]);
});

test('a script that cannot be loaded twice is told, and the next call tries again', async () => {
  const { client, workers, ends, load } = setUp();
  const call = client.call('echo', { text: 'a' });
  for (const at of [0, 1]) workers[at]?.onPage.dispatchEvent(new Event('error'));
  await expect(call).rejects.toThrow('echo: it could not be loaded; check the connection and reload the page');
  expect(ends).toEqual([{ how: 'unloadable', reason: '' }]);
  const next = client.call('echo', { text: 'b' });
  expect(workers).toHaveLength(3);
  load();
  expect(await next).toBe('b');
});

test('a worker that the browser refuses at once is told, and the next call tries again', async () => {
  const worker = new LocalWorker();
  const refused = new Error('SecurityError: workers are not allowed here');
  const create = vi
    .fn(() => worker.page)
    .mockImplementationOnce(() => {
      throw refused;
    });
  const client = supervise<EchoApi>({ create, subject: 'echo', advice: 'shout again' });
  await expect(client.call('echo', { text: 'a' })).rejects.toBe(refused);
  const next = client.call('echo', { text: 'b' });
  serve<EchoApi>(worker.scope, () => api);
  expect(await next).toBe('b');
});

test('an error that nothing caught, in the worker or out of it, ends the worker; what waits rejects; the next call starts another', async () => {
  for (const wound of [
    (worker: LocalWorker) => worker.inWorker.dispatchEvent(thrown('x is not defined')),
    (worker: LocalWorker) =>
      worker.inWorker.dispatchEvent(
        Object.assign(new Event('unhandledrejection'), { reason: new Error('x is not defined') }),
      ),
    (worker: LocalWorker) => worker.onPage.dispatchEvent(thrown('x is not defined')),
  ]) {
    const { client, workers, ends, order, load } = setUp();
    const call = client.call('hang').catch((error: unknown) => {
      order.push('rejected');
      throw error;
    });
    load();
    await client.call('echo', { text: 'a' });
    const [worker] = workers;
    if (worker === undefined) return expect.fail();
    wound(worker);
    await expect(call).rejects.toThrow('echo: it ended because of an error (x is not defined); shout again');
    await expect(call).rejects.toBeInstanceOf(WorkerError);
    expect(order).toEqual(['end', 'rejected']);
    expect([worker.terminated, ends]).toEqual([true, [{ how: 'wounded', reason: 'x is not defined' }]]);
    const next = client.call('echo', { text: 'b' });
    load();
    expect(await next).toBe('b');
  }
});

test('a message that cannot be read is a wound', async () => {
  const { client, workers, ends, load } = setUp();
  const call = client.call('echo', { text: 'a' });
  load();
  await call;
  workers[0]?.onPage.dispatchEvent(new Event('messageerror'));
  expect(ends).toMatchObject([{ how: 'wounded' }]);
});

test('a worker that is ended on purpose is no failure; what waits rejects with the reason, also while it loads', async () => {
  const { client, workers, ends, load } = setUp();
  const released = new Error('net: it was released');
  const early = client.call('hang');
  client.end(released);
  await expect(early).rejects.toBe(released);
  const late = client.call('hang');
  load();
  await client.call('echo', { text: 'a' });
  client.end(released);
  await expect(late).rejects.toBe(released);
  expect([workers.map(({ terminated }) => terminated), ends]).toEqual([[true, true], []]);
});

/** Locks of one name at a time, as a browser has them. */
function makeLocks() {
  const waiting: (() => void)[] = [];
  let isHeld = false;
  const request = (_: string, ...rest: unknown[]): Promise<unknown> => {
    const granted = rest.at(-1);
    const run = () => {
      isHeld = true;
      if (typeof granted === 'function') granted();
    };
    if (isHeld) waiting.push(run);
    else run();
    return new Promise(() => {});
  };
  const locks: Locks = { request };
  return { locks, release: () => waiting.shift()?.() };
}

test('a worker that ends without an event is noticed by its lock', () => {
  const { page, scope } = new LocalWorker();
  const { locks, release } = makeLocks();
  const ends: WorkerEnd[] = [];
  const onReady = vi.fn();
  watchLiveness(page, { onReady, onEnd: (end) => ends.push(end), isWaiting: () => false, locks });
  reportLiveness(scope, locks);
  expect([onReady.mock.calls.length, ends]).toEqual([1, []]);
  release();
  expect(ends).toEqual([{ how: 'ended', reason: '' }]);
});

test('where there are no locks, a worker that is waited for is pinged; one that answers late lives', () => {
  vi.useFakeTimers();
  const { page, scope, inWorker } = new LocalWorker();
  const ends: WorkerEnd[] = [];
  let isWaiting = false;
  const pings = vi.fn();
  inWorker.addEventListener('message', pings);
  watchLiveness(page, {
    onReady: () => {},
    onEnd: (end) => ends.push(end),
    isWaiting: () => isWaiting,
    locks: undefined,
  });
  reportLiveness(scope, undefined);
  vi.advanceTimersByTime(600_000);
  expect(pings).not.toHaveBeenCalled();
  isWaiting = true;
  vi.advanceTimersByTime(600_000);
  expect([pings.mock.calls.length > 10, ends]).toEqual([true, []]);
});

test('where there are no locks, a worker that is waited for and says nothing for minutes is gone', () => {
  vi.useFakeTimers();
  const { page, onPage } = new LocalWorker();
  const ends: WorkerEnd[] = [];
  watchLiveness(page, { onReady: () => {}, onEnd: (end) => ends.push(end), isWaiting: () => true, locks: undefined });
  const ready = { type: 'ready', lock: null };
  onPage.dispatchEvent(new MessageEvent('message', { data: ready }));
  vi.advanceTimersByTime(100_000);
  onPage.dispatchEvent(new MessageEvent('message', { data: { type: 'event', event: 'progress' } }));
  vi.advanceTimersByTime(100_000);
  expect(ends).toEqual([]);
  vi.advanceTimersByTime(100_000);
  expect(ends).toEqual([{ how: 'ended', reason: sentence('errors.worker.silent') }]);
});
