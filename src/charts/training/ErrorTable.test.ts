import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it, test } from 'vitest';
import '../../language/speak-english.ts';
import type { Series } from '../series/series.ts';
import { captionOf, ErrorTable, tableSteps } from './ErrorTable.tsx';

describe('the caption', () => {
  const one: Series = {
    ...{ id: 'a', name: 'plain-8', family: 'plain', lightness: 0, depth: 8, tests: [] },
    errors: [50],
    steps: 1,
  };
  const over = (seeds: number): Series => ({ ...one, seeds: { counted: Array(seeds).fill(one), others: [] } });
  it.each([
    ['no mean over seeds', [one, one], 'Training error by step, 30-step mean, %'],
    [
      'means over equally many seeds',
      [over(3), over(3)],
      'Training error by step, 30-step mean, %, mean of 3 seeds (lowest–highest)',
    ],
    [
      'a single seed beside means',
      [one, over(3)],
      'Training error by step, 30-step mean, %, where there are several seeds, their mean (lowest–highest)',
    ],
    [
      'means over more and fewer seeds',
      [over(5), over(3)],
      'Training error by step, 30-step mean, %, where there are several seeds, their mean (lowest–highest)',
    ],
  ])('says what all numbers are: %s', (_, series, text) => {
    expect(captionOf(30, series)).toBe(text);
  });
});

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

test('a branch has no numbers before its fork, where they would be those of another net', () => {
  const net = { id: 'a', name: 'branch', family: 'plain', lightness: 0, depth: 8 } as const;
  const tests = [1, 2, 3].map((step) => ({ step, error: 20 + step }));
  const branch: Series = { ...net, tests, errors: [80, 60, 40], steps: 3, branchedAt: 2 };
  const drawn = renderToString(createElement(ErrorTable, { series: [branch], window: 1, height: 200 }));
  const cells = [...drawn.matchAll(/<td>([^<]*)<\/td>/g)].map(([, text]) => text);
  expect(cells).toEqual(['', '', '60.0', '22.0', '40.0', '23.0']);
});
