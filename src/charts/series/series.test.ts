import { expect, test } from 'vitest';
import { isChangedAt, labelOf, repeatsOf, type Series, testAt } from './series.ts';

function net(id: string, depth: number, more: Partial<Series> = {}): Series {
  return { id, name: id, family: 'plain', lightness: 0, depth, errors: [], steps: 0, tests: [], ...more };
}

test('a net that was changed by hand is labelled by what it has now, or had at a step', () => {
  const changes = [
    { step: 112, gains: [1, 1, 0] },
    { step: 150, gains: [1, 1, 1] },
  ];
  const changed = net('plain-32', 32, { changes });
  expect(labelOf(net('plain-32', 32))).toBe('plain-32');
  expect(labelOf(changed)).toBe('plain-32, all on');
  expect([112, 113, 150, 151].map((step) => labelOf(changed, step))).toEqual([
    'plain-32',
    ...['plain-32, 2 of 3 on', 'plain-32, 2 of 3 on', 'plain-32, all on'],
  ]);
  expect([112, 113].map((step) => isChangedAt(changed, step))).toEqual([false, true]);
});

test('nets of one family and depth are counted, those behind the race left out', () => {
  const residual = { family: 'residual' } as const;
  const series = [
    net('past', 20, { ...residual, past: true }),
    net('A', 20, residual),
    net('plain-20', 20),
    net('B', 20, residual),
    net('deeper', 32, residual),
    net('C', 20, residual),
  ];
  expect(repeatsOf(series)).toEqual(
    new Map([
      ['B', 1],
      ['C', 2],
    ]),
  );
});

test('what was tested before the fork of a branch was another net', () => {
  const tests = [{ step: 50, error: 25 }];
  const testOf = (branchedAt: number) => testAt(net('branch', 8, { tests, branchedAt }), 100);
  expect([testOf(60), testOf(50)]).toEqual([null, { step: 50, error: 25 }]);
});
