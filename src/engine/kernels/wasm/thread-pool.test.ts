import { afterEach, expect, test, vi } from 'vitest';
import { startWorkerThreads } from './thread-pool.ts';

type Fate = 'answers' | 'fails' | 'hangs';

/** Stands in for the workers of a browser: the nth one that is started meets the nth fate. */
function workersThat(...fates: readonly Fate[]) {
  const started: FakeWorker[] = [];
  class FakeWorker {
    onmessage: (() => void) | null = null;
    onerror: (() => void) | null = null;
    readonly fate = fates[started.length];
    index: number | null = null;
    isEnded = false;

    constructor() {
      started.push(this);
    }

    postMessage(message: unknown): void {
      if (typeof message === 'number') this.index = message;
      else if (this.fate === 'answers') queueMicrotask(() => this.onmessage?.());
      else if (this.fate === 'fails') queueMicrotask(() => this.onerror?.());
    }

    terminate(): void {
      this.isEnded = true;
    }
  }
  vi.stubGlobal('Worker', FakeWorker);
  return started;
}

const START = {
  module: new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)),
  memory: new WebAssembly.Memory({ initial: 1 }),
  jobQueue: 0,
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a helper that never answers, and one that fails, are ended and not counted', async () => {
  vi.useFakeTimers();
  const workers = workersThat('hangs', 'answers', 'fails', 'answers');
  const counted = startWorkerThreads(4, START);
  await vi.runAllTimersAsync();
  expect(await counted).toHaveLength(2);
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false, true, false]);
  expect(workers.map(({ index }) => index)).toEqual([null, 0, null, 1]);
});

test('nothing is waited for where all answer', async () => {
  vi.useFakeTimers();
  const workers = workersThat('answers', 'answers');
  expect(await startWorkerThreads(2, START)).toHaveLength(2);
  await vi.runAllTimersAsync();
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([false, false]);
});
