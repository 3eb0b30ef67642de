import { expect, test } from 'vitest';
import { WINDOWS } from '../../../charts/series/running-mean.ts';
import type { Series } from '../../../charts/series/series.ts';
import '../../../language/speak-english.ts';
import type { Claim } from '../story/claim.ts';
import { gapOf } from './Figures.tsx';

test('the gap that the story claims stands between the ends of the means that the story compares, and of no others', () => {
  const series = ['plain-8', 'plain-32'].map(
    (name): Series => ({
      ...{ id: name, name, family: 'plain', lightness: 0, depth: 8, tests: [] },
      errors: [50],
      steps: 1,
    }),
  );
  const claims: readonly Claim[] = [
    { id: 'deeper-is-worse', lanes: ['plain-32', 'plain-8'], values: [300, 22], words: [] },
  ];
  const gap = { worse: 'plain-32', better: 'plain-8', points: 22 };
  expect(WINDOWS.map((window) => gapOf(claims, series, window))).toEqual([null, null, gap, null]);
});
