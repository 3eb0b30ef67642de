import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

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
  const root = new URL('../', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'),
  );
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) => {
    const code = readFileSync(new URL(file, root), 'utf8');
    return silent(code).map((index) => `src/${file}:${code.slice(0, index).split('\n').length}`);
  });
  expect(found).toEqual([]);
});
