import { describe, expect, test } from 'vitest';
import { PROBE_NAMES, PROBES, parseProbe } from './probes.ts';

describe('a probe', () => {
  test.each(PROBE_NAMES)('%s needs no options', (name) => {
    expect(parseProbe(name)).toEqual(PROBES[name].defaults);
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
