import { expect, test } from 'vitest';
import { componentFiles, lineAt } from '../testing/component-files.ts';

/**
 * The rule: **a status says how it is announced**, though its role implies it. While a modal dialog, a sheet or a menu is
 * open, Radix hides the rest of the page from screen readers, and keeps only what has the attribute `aria-live`.
 */
const silent = (code: string) => [...code.matchAll(/role="status"(?!\s+aria-live=)/g)].map(({ index }) => index);

test('a status without aria-live is found', () => {
  expect(silent('<p role="status">{said}</p>')).toHaveLength(1);
  expect(silent('<p role="status" aria-live="polite">{said}</p>')).toEqual([]);
  expect(silent('<p\n  role="status"\n  aria-live="off"\n>{said}</p>')).toEqual([]);
});

test('each status is announced while a dialog is open, too', () => {
  const found = componentFiles().flatMap(({ file, code }) => {
    return silent(code).map((index) => `${file}:${lineAt(code, index)}`);
  });
  expect(found).toEqual([]);
});
