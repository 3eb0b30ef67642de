import { describe, expect, it } from 'vitest';
import { tableSteps } from './ErrorTable.tsx';

describe('tableSteps', () => {
  it('has every step of a short run', () => {
    expect(tableSteps(4, 60)).toEqual([1, 2, 3, 4]);
    expect(tableSteps(0, 60)).toEqual([]);
    expect(tableSteps(1, 60)).toEqual([1]);
  });
  it('has round steps, the first and the last of a long one', () => {
    expect(tableSteps(152, 60).slice(0, 3)).toEqual([1, 5, 10]);
    expect(tableSteps(152, 60).at(-1)).toBe(152);
  });
  it('never has more rows than the limit', () => {
    for (const steps of [58, 59, 60, 61, 99, 150, 300, 1234, 6000, 64000]) {
      const rows = tableSteps(steps, 60);
      expect(rows.length).toBeLessThanOrEqual(60);
      expect(rows.length).toBeGreaterThan(20);
      expect(rows.at(-1)).toBe(steps);
    }
  });
});
