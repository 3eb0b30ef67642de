import { expect, test } from 'vitest';
import { parseSrgb } from './css-colour.ts';

test.each([
  ['color(srgb 1 0 0)', '#ff0000', 1],
  ['color(srgb 0.2 0.4 0.6 / 0.5)', '#336699', 0.5],
  ['color(srgb 1.2 -0.1 5e-7)', '#ff0000', 1],
  ['color(srgb none 0 0 / 0)', '#000000', 0],
])('%s is %s, %s opaque', (value, hex, alpha) => {
  expect(parseSrgb(value, 'x')).toEqual({ hex, alpha });
});

test.each(['', 'rgb(1, 2, 3)', 'color(srgb 1 0)', 'color(srgb 1 0 blue)'])('“%s” is refused', (value) => {
  expect(() => parseSrgb(value, 'tomato-ish')).toThrow('picture: no colour: tomato-ish');
});
