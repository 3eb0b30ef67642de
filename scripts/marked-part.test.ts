import { expect, test } from 'vitest';
import { between } from './marked-part.ts';

test('what is between markers is replaced, and nothing else', () => {
  const text = 'before <!-- bench -->\n\nold\n\n<!-- /bench --> behind';
  expect(between(text, 'bench', 'new')).toBe('before <!-- bench -->\n\nnew\n\n<!-- /bench --> behind');
  expect(() => between(text, 'other', 'new')).toThrow('markers: no <!-- other -->');
});
