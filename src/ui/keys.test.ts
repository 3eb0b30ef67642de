import { expect, test } from 'vitest';
import { isEnter } from './keys.ts';

test('Enter is no input method’s: not while it composes, nor where Safari tells of it afterwards', () => {
  expect(isEnter({ key: 'Enter', nativeEvent: { isComposing: false, keyCode: 13 } })).toBe(true);
  expect(isEnter({ key: 'Enter', nativeEvent: { isComposing: true, keyCode: 13 } })).toBe(false);
  expect(isEnter({ key: 'Enter', nativeEvent: { isComposing: false, keyCode: 229 } })).toBe(false);
  expect(isEnter({ key: 'a', nativeEvent: { isComposing: false, keyCode: 65 } })).toBe(false);
});
