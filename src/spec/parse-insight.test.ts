import { describe, expect, test } from 'vitest';
import { parseLesions, parseProbe } from './parse-insight.ts';
import { PROBE_DEFAULTS, PROBE_NAMES } from './probe.ts';

describe('a probe', () => {
  test.each(PROBE_NAMES)('%s needs no options', (name) => {
    expect(parseProbe(name)).toEqual(PROBE_DEFAULTS[name]);
  });

  test('may be of any picture', () => {
    const image = { name: 'mine', size: 2, rgb: new Uint8Array(12) };
    expect(parseProbe('features', { image, block: 3 })).toEqual({ name: 'features', image, block: 3 });
  });

  test.each([
    ['nothing', {}, /^probe: "nothing" is not one of gradients, /],
    ['paths', { samples: 0 }, /^probe paths.samples: 0 is not a whole number from 1 to 4096$/],
    ['paths', { samples: '3' }, /^probe paths.samples: "3" is not a whole number/],
    ['landscape', { points: 8 }, /^probe landscape.points: 8 is not odd/],
    ['landscape', { reach: 0 }, /^probe landscape.reach: 0 is not a number from/],
    ['landscape', { over: 'moon' }, /^probe landscape.over: "moon" is not one of line, plane, path$/],
    ['shattering', 7, /^probe: /],
    ['features', { image: -1 }, /^probe features.image: -1 is not a whole number from 0 to 1000000$/],
    [
      'features',
      { image: { size: 2, rgb: new Uint8Array(9) } },
      /^probe features.image: 9 bytes are not those of 2 × 2/,
    ],
    ['features', { image: { size: 1, rgb: [1, 2, 3] } }, /^probe features.image.rgb: the bytes are no Uint8Array$/],
    ['features', { image: { size: 1, rgb: new Uint8Array(3), alpha: 1 } }, /^probe features.image.alpha: /],
  ])('%s with %j is refused', (name, options, sentence) => {
    expect(() => parseProbe(name, options)).toThrow(sentence);
  });
});

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
