import { expect, it } from 'vitest';
import { answersOf } from './answers.ts';

it('answers with the likeliest class of each picture', () => {
  const classes = ['Fluent', 'Noto'];
  expect(
    answersOf(
      [
        [0.3, 0.7],
        [0.6, 0.4],
      ],
      [1, 1],
      classes,
    ),
  ).toEqual([
    { name: 'Noto', right: true, probability: 0.7 },
    { name: 'Fluent', right: false, probability: 0.6 },
  ]);
});

it('gives no answer where a net gave no number', () => {
  expect(answersOf([[Number.NaN, Number.NaN]], [0], ['a', 'b'])).toEqual([
    { name: '', right: false, probability: Number.NaN },
  ]);
  expect(answersOf([], [0], ['a'])).toEqual([{ name: '', right: false, probability: 0 }]);
});
