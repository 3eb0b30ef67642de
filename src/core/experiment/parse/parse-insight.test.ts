import { describe, expect, test } from 'vitest';
import { parseLesions } from './parse-insight.ts';

describe('lesions', () => {
  test('have defaults', () => {
    expect(parseLesions({ study: 'random', kind: 'branch' })).toEqual({
      study: 'random',
      kind: 'branch',
      statistics: ['batch'],
      most: 10,
      trials: 5,
      seed: 1,
    });
  });

  test.each([
    [{ study: 'sweep', kind: 'stem' }, /^lesion.kind: "stem" is not one of branch, shortcut, swap, reset$/],
    [{ study: 'sweep', kind: 'branch', statistics: ['mine'] }, /^lesion.statistics.0: "mine" is not one of batch,/],
    [
      { study: 'together', lesions: [{ kind: 'branch', block: 0 }] },
      /^lesion.lesions.0.block: 0 is not a whole number/,
    ],
    [{ study: 'together', lesions: [{ kind: 'swap', block: 1 }] }, /^lesion.lesions.0.other: /],
    ['all', /^lesion: /],
  ])('%j are refused', (input, sentence) => {
    expect(() => parseLesions(input)).toThrow(sentence);
  });
});

test('an object whose getters throw is refused by a sentence', () => {
  const hostile = {
    get study(): string {
      throw new RangeError('boo');
    },
  };
  expect(() => parseLesions(hostile)).toThrow('lesion: what was given cannot be read');
});
