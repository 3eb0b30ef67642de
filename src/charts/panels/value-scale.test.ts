import { describe, expect, test } from 'vitest';
import { logTicks, valueScale } from './value-scale.ts';

describe('a scale of values', () => {
  test('holds what is drawn and what must be there', () => {
    const { y, domain } = valueScale({ kind: 'linear', include: [0] }, [0.3, 1.43], 200, 0);
    expect(domain).toEqual([0, 1.5]);
    expect([y(0), y(1.5)]).toEqual([200, 0]);
  });

  test('leaves out what no axis can hold', () => {
    const { domain } = valueScale({ kind: 'log', include: [] }, [Number.NaN, 0, 1, 100], 200, 0);
    expect(domain[0]).toBeCloseTo(0.8);
    expect(domain[1]).toBeCloseTo(125);
  });

  test('has room where all values are one', () => {
    expect(valueScale({ kind: 'linear', include: [] }, [1, 1], 200, 0).domain).toEqual([0, 2]);
    expect(valueScale({ kind: 'linear', include: [] }, [], 200, 0).domain).toEqual([0, 1]);
  });
});

describe('logarithmic ticks', () => {
  test('are powers of ten over several decades', () => expect(logTicks(0.2, 600)).toEqual([1, 10, 100]));
  test('are fewer over many', () => expect(logTicks(1e-6, 1e6).length).toBeLessThanOrEqual(7));
  test('go by 1, 2, 5 within a decade or two', () => expect(logTicks(0.4, 6)).toEqual([0.5, 1, 2, 5]));
  test('are closer within half a decade', () => expect(logTicks(1.4, 3.2)).toEqual([1.5, 2, 3]));
});
