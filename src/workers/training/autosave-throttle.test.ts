import { afterEach, expect, test, vi } from 'vitest';
import { makeNet } from '../../core/net/net.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import { AutosaveThrottle } from './autosave-throttle.ts';

afterEach(() => vi.restoreAllMocks());

/** A snapshot of as many nets, each with some weights and steps. */
function snapshotOf(nets: number, steps: number, numbers: number): RaceSnapshot {
  const values = new Map([['weights', new Float32Array(numbers)]]);
  const lane = { net: makeNet('plain', 8), steps, stale: false, divergedAt: null, values };
  return new Map(Array.from({ length: nets }, (_, net) => [`net ${net}`, lane]));
}

/** Milliseconds after a snapshot was sent until the next one like it is. */
function pauseAfter(make: () => RaceSnapshot): number {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const throttle = new AutosaveThrottle(new Map());
  expect(throttle.isDue(make(), true)).toBe(true);
  const sent = now;
  while (!throttle.isDue(make(), false)) now += 100;
  return now - sent;
}

test('small snapshots are sent every five seconds, the last one at once, none twice', () => {
  expect(pauseAfter(() => snapshotOf(2, 100, 1000))).toBe(5000);
  const throttle = new AutosaveThrottle(new Map());
  const copy = snapshotOf(1, 1, 1);
  expect(throttle.isDue(copy, false)).toBe(false);
  expect(throttle.isDue(copy, true)).toBe(true);
  expect(throttle.isDue(copy, true)).toBe(false);
});

test('weights, and the curves of long races, are written at 2 MB a second at most', () => {
  expect(pauseAfter(() => snapshotOf(1, 1, 5_000_000))).toBe(10_100);
  // 24 curves of 100,000 steps are 38.4 MB, in the run and in the session.
  expect(pauseAfter(() => snapshotOf(24, 100_000, 1000))).toBe(19_300);
});
