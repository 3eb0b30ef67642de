import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { INDEX_NAME, SAMPLES_NAME, sheetName } from '../../src/data/sources/emoji-index.ts';
import { CREDITS } from '../../src/page/credits.ts';
import { readIconSet, SETS } from '../data/sets.ts';
import { packagesOf } from './notices.ts';

const NOTICE = readFileSync('NOTICE', 'utf8');

describe.each(SETS)('the drawings of %s', (designer, packageName) => {
  test('are credited in the page and in NOTICE with the licence of their package', async () => {
    const { credit } = await readIconSet(designer, packageName);
    const shown = CREDITS.find(({ name }) => name.includes(designer)) ?? expect.unreachable(designer);
    expect(shown.licence).toBe(credit.licence);
    const entry =
      NOTICE.split('\n\n').find((part) => part.includes(`(${packageName})`)) ?? expect.unreachable(packageName);
    expect(entry).toContain(shown.name);
    expect(entry).toContain(shown.link);
    expect(entry).toMatch(new RegExp(credit.licence.replace('Apache 2.0', 'Apache License 2.0')));
  });
});

test('NOTICE names the files of the drawings as they are called', () => {
  const flat = NOTICE.replace(/\s+/g, ' ');
  expect(flat).toContain(`data/${sheetName(16)}, ${sheetName(32)} and ${SAMPLES_NAME} have the drawings`);
  expect(flat).toContain(`data/${INDEX_NAME} names`);
});

test('LICENSE is the Apache License, whole', () => {
  const text = readFileSync('LICENSE', 'utf8');
  expect(text).toMatch(/^\s*Apache License\n\s*Version 2\.0, January 2004/);
  for (let section = 1; section <= 9; section++) expect(text).toMatch(new RegExp(`^ +${section}\\. `, 'm'));
  expect(text).toContain('END OF TERMS AND CONDITIONS');
});

test('the packages of bundled modules are found with their licences', () => {
  const modules = ['react/jsx-runtime', '@tensorflow/tfjs-core', 'd3-scale'].map((name) =>
    fileURLToPath(import.meta.resolve(name)),
  );
  const packages = packagesOf([...modules, '/home/me/src/main.ts', '\0vite/preload-helper.js']);
  expect(packages.map(({ name, license }) => [name, license])).toEqual([
    ['@tensorflow/tfjs-core', 'Apache-2.0'],
    ['d3-scale', 'ISC'],
    ['react', 'MIT'],
  ]);
  expect(packages.find(({ name }) => name === 'react')?.text).toContain('Permission is hereby granted');
});
