import { describe, expect, it } from 'vitest';
import { yDomain } from './error-scale.ts';
import type { Series } from './series/series.ts';

const lane = (errors: readonly number[], tests: Series['tests'] = []): Series => ({
  id: 'a',
  name: 'plain-8',
  family: 'plain',
  lightness: 0,
  depth: 8,
  errors,
  steps: errors.length,
  tests,
});
const flat = (error: number, steps = 50) => lane(Array<number>(steps).fill(error));

describe('yDomain', () => {
  it('frames the baseline before training', () => {
    expect(yDomain([], 78.6, 30)).toEqual([45, 90]);
    expect(yDomain([flat(60, 0)], 73, 30)).toEqual([40, 85]);
  });
  it('is the same for curves within it', () => {
    expect(yDomain([flat(60), flat(80)], 78.6, 30)).toEqual([45, 90]);
  });
  it('widens for the lowest and the highest lane, in fives', () => {
    expect(yDomain([flat(31), flat(93)], 78.6, 30)).toEqual([30, 95]);
    expect(yDomain([flat(30.5)], 78.6, 30)).toEqual([25, 90]);
  });
  it('takes tests in', () => {
    expect(yDomain([lane([], [{ step: 0, error: 93 }])], 78.6, 30)).toEqual([45, 95]);
  });
  it('ignores the noise of the first steps and what is not a number', () => {
    expect(yDomain([lane([100, 80, 70, 70, 70, 60, 60])], 78.6, 30)).toEqual([45, 90]);
    expect(yDomain([lane([70, 70, 70, 70, 70, Number.NaN])], 78.6, 1)).toEqual([45, 90]);
  });
  it('holds the lowest single step where that is what is drawn, and lets the highest leave it', () => {
    const noisy = lane(Array.from({ length: 50 }, (_, step) => (step === 20 ? 12 : step === 30 ? 100 : 60)));
    expect(yDomain([noisy], 78.6, 1)).toEqual([10, 90]);
    expect(yDomain([noisy], 78.6, 30)).toEqual([45, 90]);
  });
  it('stays within 0 and 100', () => {
    expect(yDomain([flat(0), flat(100)], 90, 30)).toEqual([0, 100]);
  });
});
