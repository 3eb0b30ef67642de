import { describe, expect, it } from 'vitest';
import { logStepTicks, stepTicks } from './step-scale.ts';

describe('stepTicks', () => {
  it('ends the usual axes on a tick', () => {
    expect(stepTicks(0, 150, 6)).toEqual([0, 25, 50, 75, 100, 125, 150]);
    expect(stepTicks(0, 300, 6)).toEqual([0, 50, 100, 150, 200, 250, 300]);
    expect(stepTicks(0, 100, 6)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(stepTicks(0, 150, 3)).toEqual([0, 50, 100, 150]);
    expect(stepTicks(0, 2000, 8)).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000]);
  });
  it('has whole steps only', () => {
    expect(stepTicks(3, 6, 10)).toEqual([3, 4, 5, 6]);
    expect(stepTicks(0, 1, 6)).toEqual([0, 1]);
  });
  it('stays inside', () => {
    expect(stepTicks(37, 91, 6)).toEqual([40, 50, 60, 70, 80, 90]);
  });
});

describe('logStepTicks', () => {
  it('has one, two and five of each power', () => {
    expect(logStepTicks(1, 150, 8)).toEqual([1, 2, 5, 10, 20, 50, 100]);
  });
  it('keeps powers of ten where there is little room', () => {
    expect(logStepTicks(1, 20000, 4)).toEqual([1, 10, 100, 1000, 10000]);
  });
  it('falls back to round steps when zoomed in', () => {
    expect(logStepTicks(60, 90, 3)).toEqual([60, 70, 80, 90]);
  });
});
