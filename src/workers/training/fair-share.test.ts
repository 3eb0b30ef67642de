import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Withdrawn } from '../rpc.ts';
import { FairShareScheduler } from './fair-share.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs `pieces` pieces of `duration` milliseconds each; returns when each began. */
async function beginnings(
  scheduler: FairShareScheduler,
  pieces: number,
  duration: number,
  share: number,
): Promise<readonly number[]> {
  const { signal } = new AbortController();
  const begun: number[] = [];
  const work = async () => {
    await scheduler.begin(signal);
    for (let piece = 0; piece < pieces; piece++) {
      begun.push(performance.now());
      vi.advanceTimersByTime(duration);
      await scheduler.rest(share, signal);
    }
  };
  const done = work();
  await vi.advanceTimersByTimeAsync(10_000);
  await done;
  return begun.map((time) => time - (begun[0] ?? 0));
}

test('pieces take their share of the time while others are at work', async () => {
  expect(await beginnings(new FairShareScheduler(() => 0), 4, 10, 0.1)).toEqual([0, 110, 220, 330]);
});

test('pieces that wait for rounds count as one round', async () => {
  const rounds = () => Math.floor(performance.now() / 50);
  const [, second = 0, third = 0] = await beginnings(new FairShareScheduler(rounds), 3, 500, 0.1);
  for (const between of [second, third - second]) {
    expect(between).toBeGreaterThanOrEqual(1000);
    expect(between).toBeLessThan(1000 + 50 + 20);
  }
});

test('pieces follow at once while training rests', async () => {
  expect(await beginnings(new FairShareScheduler(() => null), 4, 10, 0.001)).toEqual([0, 10, 20, 30]);
});

test('work between two pieces waits for the one that was begun, and the next one waits for the work', async () => {
  const scheduler = new FairShareScheduler(() => null);
  const { signal } = new AbortController();
  const told: string[] = [];
  await Promise.all([scheduler.begin(signal), vi.advanceTimersByTimeAsync(1)]);
  const work = scheduler.between(async () => {
    told.push('work begins');
    await vi.advanceTimersByTimeAsync(1000);
    told.push('work ends');
  });
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([]);
  const next = scheduler.rest(1, signal).then(() => told.push('next piece'));
  await work;
  await Promise.all([next, vi.advanceTimersByTimeAsync(20)]);
  expect(told).toEqual(['work begins', 'work ends', 'next piece']);
});

test('a piece that waits for such work can be withdrawn, and work that fails keeps none waiting', async () => {
  const scheduler = new FairShareScheduler(() => null);
  const controller = new AbortController();
  const failing = scheduler.between(async () => {
    const waiting = expect(scheduler.begin(controller.signal)).rejects.toBeInstanceOf(Withdrawn);
    await vi.advanceTimersByTimeAsync(100);
    controller.abort();
    await vi.advanceTimersByTimeAsync(20);
    await waiting;
    throw new Error('device: lost');
  });
  await expect(failing).rejects.toThrow('device: lost');
  const { signal } = new AbortController();
  await Promise.all([scheduler.begin(signal), vi.advanceTimersByTimeAsync(1)]);
});

test('what is withdrawn while it rests ends there', async () => {
  const scheduler = new FairShareScheduler(() => 0);
  const controller = new AbortController();
  await Promise.all([scheduler.begin(controller.signal), vi.advanceTimersByTimeAsync(1)]);
  vi.advanceTimersByTime(50);
  const resting = expect(scheduler.rest(0.01, controller.signal)).rejects.toBeInstanceOf(Withdrawn);
  controller.abort();
  await vi.advanceTimersByTimeAsync(30);
  await resting;
});
