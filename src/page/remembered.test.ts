import { afterEach, expect, test, vi } from 'vitest';
import { remember, remembered } from './remembered.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a choice holds for this visit where the browser refuses its storage, until it is taken back', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
  expect(remembered('theme')).toBeNull();
  remember('theme', 'dark');
  expect(remembered('theme')).toBe('dark');
  remember('theme', null);
  expect(remembered('theme')).toBeNull();
});

test('a choice is kept for later visits, and that of an earlier one holds until there is another', () => {
  const stored = new Map([['question', 'off']]);
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
    removeItem: (name: string) => stored.delete(name),
  });
  expect(remembered('question')).toBe('off');
  remember('question', null);
  remember('lab', 'open');
  expect([...stored]).toEqual([['lab', 'open']]);
  expect([remembered('question'), remembered('lab')]).toEqual([null, 'open']);
});
