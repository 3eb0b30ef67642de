import { expect, test } from 'vitest';
import { styleFaults } from './style.ts';

test.each([
  ['/** Of a block: its gain. */', 'Of a'],
  ['// The sum. Of these the largest.', 'Of these'],
  ['"""Of small images."""', 'Of small'],
  ['const note = `Asks nobody.`;', 'nobody'],
  ['/** What of a lane becomes a subject. */', 'What of'],
  ['/* What is kept on the\n * way back. */', 'the way back'],
  ['/**\n * Takes so\n * many steps.\n */', 'so many'],
  ['// Drawn\n// anew.', 'anew'],
  ['# kept by whoever\n# asks', 'whoever'],
])('%j', (source, phrase) => {
  const found = styleFaults(source).map((fault) => fault.phrase);
  expect(found).toEqual([phrase]);
});

test.each([
  'const isNobody = renewed(somebodyElse);',
  '// Of course it may fail.',
  '/** A part of it, not all of our own. */',
  "test('do not change with the $what of the net', () => {});",
  'The loss on so few, many of them.',
])('%j is plain', (source) => {
  expect(styleFaults(source)).toEqual([]);
});

test('a phrase over two lines is found where it begins', () => {
  expect(styleFaults('const a = 1;\n/**\n * Takes so\n * many steps, anew.\n */').map(({ line }) => line)).toEqual([
    3, 4,
  ]);
});
