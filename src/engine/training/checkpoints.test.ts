import { describe, expect, test } from 'vitest';
import { makeNet } from '../../core/net/net.ts';
import type { LaneSnapshot } from '../../core/results/snapshot.ts';
import { Checkpoints } from './checkpoints.ts';

const NUMBERS = 100;

function snapshot(steps: number, divergedAt: number | null = null): LaneSnapshot {
  const values = new Map([['parameter stem.conv.weight', new Float32Array(NUMBERS)]]);
  return { steps, net: makeNet('plain', 8), stale: false, divergedAt, values };
}

function withSteps(checkpoints: Checkpoints, lane: string, steps: readonly number[]): Checkpoints {
  for (const step of steps) checkpoints.add(new Map([[lane, snapshot(step)]]));
  return checkpoints;
}

describe('checkpoints', () => {
  test('are found by the last one that is not after a step', () => {
    const checkpoints = withSteps(new Checkpoints(), 'a', [25, 50, 75]);
    expect(checkpoints.at('a', 74)?.steps).toBe(50);
    expect(checkpoints.at('a', 75)?.steps).toBe(75);
    expect(checkpoints.at('a', 24)).toBeNull();
    expect(checkpoints.at('b', 24)).toBeNull();
  });

  test('of a lane that was grown are those of the net that it is now', () => {
    const checkpoints = withSteps(new Checkpoints(), 'a', [25, 50]);
    checkpoints.add(new Map([['a', { ...snapshot(75), net: makeNet('plain', 14) }]]));
    expect(checkpoints.of('a', makeNet('plain', 14)).map(({ steps }) => steps)).toEqual([75]);
    // It has just been grown again, and has no checkpoint since.
    expect(checkpoints.of('a', makeNet('plain', 20))).toEqual([]);
    expect(checkpoints.of('b', makeNet('plain', 14))).toEqual([]);
  });

  test('are spread evenly where there are more than are asked for', () => {
    const steps = Array.from({ length: 400 }, (_, index) => 25 * (index + 1));
    const kept = withSteps(new Checkpoints(), 'a', steps).of('a', makeNet('plain', 8), 50);
    expect(kept).toHaveLength(50);
    expect([kept[0]?.steps, kept.at(-1)?.steps]).toEqual([25, 10_000]);
    const gaps = kept.slice(1).map((each, index) => each.steps - (kept[index]?.steps ?? 0));
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(25);
  });

  test('are not taken of a lane that diverged, nor twice of one step', () => {
    const checkpoints = withSteps(new Checkpoints(), 'a', [25, 25]);
    checkpoints.add(new Map([['a', snapshot(50, 40)]]));
    expect(checkpoints.steps('a')).toEqual([25]);
  });

  test('stay within their room, the newest whole and the older the sparser', () => {
    const room = 10 * 4 * NUMBERS;
    const steps = Array.from({ length: 100 }, (_, index) => 25 * (index + 1));
    const kept = withSteps(new Checkpoints(room), 'a', steps).steps('a');
    expect(kept).toHaveLength(10);
    expect(kept.at(-1)).toBe(2500);
    const gaps = kept.slice(1).map((step, index) => step - (kept[index] ?? 0));
    expect(gaps.at(-1)).toBe(25);
    expect(Math.max(...gaps.slice(0, 3))).toBeGreaterThan(100);
    expect(kept[0]).toBeLessThan(1500);
  });

  test('behind a step are forgotten when a lane goes on from there', () => {
    const checkpoints = withSteps(new Checkpoints(), 'a', [25, 50, 75]);
    checkpoints.forget('a', 50);
    expect(checkpoints.steps('a')).toEqual([25, 50]);
    checkpoints.forget('a');
    expect(checkpoints.steps('a')).toEqual([]);
  });
});
