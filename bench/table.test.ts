import { expect, test } from 'vitest';
import { table } from './table.ts';

const group = {
  title: 'a step',
  rows: [
    { name: 'ours', value: 2, unit: 'ms', range: [1.5, 3] as [number, number] },
    { name: 'theirs', value: 30, unit: 'ms' },
    { name: 'most bytes', value: null, unit: 'MB' },
  ],
  absent: ['PyTorch: not here'],
};

test('times are multiples of the first; what is not a number is not one, and who was absent is told', () => {
  expect(
    table({ groups: [group], repeats: 7 })
      .split('\n')
      .slice(2),
  ).toEqual([
    '| a step | ours | 2 ms | 1.5 to 3 |  |',
    '|  | theirs | 30 ms |  | 15.0 × |',
    '|  | most bytes | – MB |  |  |',
    '| | absent: PyTorch: not here | | | |',
  ]);
});

test('a group that was repeated less often tells so', () => {
  const titles = table({
    groups: [
      { ...group, repeats: 7 },
      { ...group, repeats: 5 },
    ],
    repeats: 7,
  }).match(/a step[^|]*/g);
  expect(titles).toEqual(['a step ', 'a step, 5 repeats ']);
});
