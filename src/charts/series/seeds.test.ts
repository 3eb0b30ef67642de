import { expect, it, test } from 'vitest';
import { meanNow } from './running-mean.ts';
import {
  divergedSeeds,
  divergedText,
  meanOverSeeds,
  type SeedRace,
  seedCount,
  seedsAt,
  seedTestsAt,
  spreadOf,
} from './seeds.ts';
import type { Series } from './series.ts';

function lane(errors: ArrayLike<number>, more: Partial<Series> = {}): Series {
  const name = 'plain-8';
  return { id: name, name, family: 'plain', lightness: 0, depth: 8, errors, steps: errors.length, tests: [], ...more };
}
const race = (errors: ArrayLike<number>, more: Partial<Series> = {}) => {
  const one = lane(errors, more);
  return { step: one.diverged === undefined ? one.steps : Number.POSITIVE_INFINITY, lanes: [one] };
};

test('the mean of the running means is the running mean of the means, and has their spread', () => {
  const [mean = lane([])] = meanOverSeeds([race([80, 60, 40]), race([90, 80, 64]), race([70, 70, 70])]);
  expect(mean.steps).toBe(3);
  const spread = seedsAt(mean, 2, 3);
  expect(spread).toMatchObject({ count: 3, low: 50, high: 72 });
  expect(meanNow(mean, 2)).toBeCloseTo(spread?.mean ?? Number.NaN);
  expect(seedCount([mean])).toBe(3);
});

test('a seed counts once it has come as far as two others; until then it is beside them', () => {
  const live = new Float32Array(9).fill(10, 0, 2);
  const others = [race([80, 60, 40]), race([90, 80, 60])];
  const [before] = meanOverSeeds([race(live, { steps: 2 }), ...others]);
  expect(before).toMatchObject({ steps: 3, seeds: { counted: [{ steps: 3 }, { steps: 3 }], others: [{ steps: 2 }] } });
  live[2] = 10;
  const [after] = meanOverSeeds([race(live, { steps: 3 }), ...others]);
  expect([after?.errors[2], after?.seeds?.others]).toEqual([110 / 3, []]);
});

test('of two seeds the mean grows with the one behind, in the same column', () => {
  const live = new Float32Array(9).fill(10);
  const other = race([80, 60, 40]);
  const [before] = meanOverSeeds([race(live, { steps: 1 }), other]);
  const [after] = meanOverSeeds([race(live, { steps: 2 }), other]);
  expect([before?.steps, after?.steps]).toEqual([1, 2]);
  expect(after?.errors).toBe(before?.errors);
  expect(after?.errors[1]).toBe(35);
});

test('one seed is no mean, and none is nothing', () => {
  expect(meanOverSeeds([])).toEqual([]);
  expect(meanOverSeeds([race([80])])).toEqual([]);
  expect(meanOverSeeds([race([80]), race([])])).toEqual([]);
});

test('a net that diverged with one seed has no mean from there on', () => {
  const gone = race([90, Number.NaN], { diverged: 2 });
  const [mean = lane([])] = meanOverSeeds([race([80, 60, 40]), race([70, 60, 50]), gone]);
  expect(mean).toMatchObject({ steps: 2, diverged: 2 });
  expect([mean.errors[0], mean.errors[1]]).toEqual([80, Number.NaN]);
  expect(seedsAt(mean, 1, 2)).toBeNull();
  expect(divergedText(divergedSeeds(mean), 2)).toBe('1 of 3 diverged, at step 2');
});

test('a net has not diverged before a step at which one of its seeds has', () => {
  const learning = Array<number>(300).fill(50);
  const longer = { ...race(Array<number>(449).fill(50), { diverged: 450 }), step: 600 };
  const of = (...others: readonly SeedRace[]) => meanOverSeeds([longer, ...others])[0] ?? expect.unreachable();
  const early = of(race(learning), race(learning));
  expect(early).toMatchObject({ steps: 300, diverged: undefined });
  expect(divergedSeeds(early)).toEqual({ diverged: 0, seeds: 3 });
  const late = of(race(Array<number>(450).fill(50)), race(learning));
  expect(late).toMatchObject({ steps: 449, diverged: 450 });
  expect(divergedSeeds(late)).toEqual({ diverged: 1, seeds: 2 });
});

test('all seeds that diverged are counted, also those that did after the first', () => {
  const gone = (step: number) => race(Array<number>(step - 1).fill(50), { diverged: step });
  const of = (...races: readonly SeedRace[]) => meanOverSeeds(races)[0] ?? expect.unreachable();
  expect(divergedSeeds(of(gone(700), gone(501), race(Array<number>(1000).fill(50))))).toEqual({
    diverged: 2,
    seeds: 3,
  });
  expect(divergedSeeds(of(gone(2), gone(3), gone(3)))).toEqual({ diverged: 3, seeds: 3 });
});

test('what was done to a net is told of the seeds that are counted', () => {
  const changes = [{ step: 2, gains: [1, 1, 1] }];
  const others = [race([80, 60, 40], { changes }), race([90, 80, 60], { changes })];
  expect(meanOverSeeds([race([10]), ...others])).toMatchObject([{ id: 'plain-8', steps: 3, changes }]);
});

test('a seed that went well is counted, however many diverged', () => {
  const gone = race([90, Number.NaN], { diverged: 2 });
  const [mean = lane([])] = meanOverSeeds([race([80, 60, 40]), gone, gone]);
  expect(mean.seeds?.counted.map(({ steps }) => steps)).toEqual([3, 2, 2]);
  expect(mean).toMatchObject({ steps: 2, diverged: 2 });
  // One that has not come as far as they did is beside them.
  const [early = lane([])] = meanOverSeeds([race([80]), gone, gone]);
  expect(early).toMatchObject({ steps: 2, diverged: 2, seeds: { others: [{ steps: 1 }] } });
});

test('two that diverged at their first step are counted, and one that has not begun is not', () => {
  const gone = race([], { diverged: 1 });
  const [mean = lane([])] = meanOverSeeds([race([80, 60]), gone, gone]);
  expect(mean).toMatchObject({ steps: 0, diverged: 1 });
  expect(divergedText(divergedSeeds(mean), 1)).toBe('2 of 3 diverged, first at step 1');
  const [early = lane([])] = meanOverSeeds([race([]), gone, gone]);
  expect(early.seeds).toMatchObject({ counted: [{ diverged: 1 }, { diverged: 1 }], others: [{ steps: 0 }] });
});

test('tests count where every seed was tested', () => {
  const tested = (...tests: (readonly [step: number, error: number])[]) =>
    race([1, 1, 1], { tests: tests.map(([step, error]) => ({ step, error })) });
  const [mean = lane([])] = meanOverSeeds([tested([1, 60], [2, 50], [3, 40]), tested([1, 70], [3, 44])]);
  expect(mean.tests).toEqual([
    { step: 1, error: 65 },
    { step: 3, error: 42 },
  ]);
  expect(seedTestsAt(mean, 2)).toMatchObject({ mean: 65, low: 60, high: 70 });
});

it('gives the mean, the extremes and the deviation of the sample', () => {
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({
    count: 8,
    mean: 5,
    low: 2,
    high: 9,
    deviation: Math.sqrt(32 / 7),
  });
});

it('has no deviation for one seed, and nothing for none', () => {
  expect(spreadOf([3])).toEqual({ count: 1, mean: 3, low: 3, high: 3, deviation: Number.NaN });
  expect(spreadOf([])).toBeNull();
});

it('has no mean where one seed is missing', () => {
  expect(spreadOf([3, null])).toBeNull();
  expect(spreadOf([3, Number.NaN])).toBeNull();
});
