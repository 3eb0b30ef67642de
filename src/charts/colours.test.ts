import { expect, test } from 'vitest';
import { signScale } from './colours.ts';

test('purple is below 0, green above, and the ends hold what is beyond them', () => {
  const scale = signScale({ negative: '#762a83', zero: '#f5f4f2', positive: '#1b7837' });
  expect(scale(-1)).toEqual([118, 42, 131].map((part) => expect.closeTo(part, 0)));
  expect(scale(0)).toEqual([245, 244, 242].map((part) => expect.closeTo(part, 0)));
  expect(scale(7)).toEqual([27, 120, 55].map((part) => expect.closeTo(part, 0)));
});
