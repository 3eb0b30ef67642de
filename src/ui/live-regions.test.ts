import { expect, test } from 'vitest';
import { componentFiles, lineAt } from '../testing/component-files.ts';

/**
 * The rule: **a status and an alert say how they are announced**, though their roles imply it. When a modal dialog, a sheet or a
 * menu opens, Radix hides the rest of the page from screen readers, and spares only what has the attribute `aria-live` then.
 * So where something appears by itself, its region stands there before, empty, and the text comes into it.
 */
const silent = (code: string) =>
  [...code.matchAll(/role="(?:status|alert)"(?!\s+aria-live=)/g)].map(({ index }) => index);

test('a status or an alert without aria-live is found', () => {
  for (const role of ['status', 'alert']) expect(silent(`<p role="${role}">{said}</p>`)).toHaveLength(1);
  expect(silent('<p role="status" aria-live="polite">{said}</p>')).toEqual([]);
  expect(silent('<p\n  role="status"\n  aria-live="off"\n>{said}</p>')).toEqual([]);
});

test('each status and each alert says how it is announced', () => {
  const found = componentFiles().flatMap(({ file, code }) => {
    return silent(code).map((index) => `${file}:${lineAt(code, index)}`);
  });
  expect(found).toEqual([]);
});
