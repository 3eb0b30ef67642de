import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { descendants, isNode, parseModule } from '../../testing/syntax-tree.ts';
import { csvOf } from './csv.ts';

test('CSV quotes what needs it, leaves out what is no number, and ends in a line', () => {
  const records = {
    heads: ['net', 'error %', 'all'],
    rows: [
      ['ResNet-20 (2), cut', 72.2000003, true],
      ['"plain"', Number.NaN, false],
      ['p', 1.25e-9, true],
    ],
  };
  expect(csvOf(records)).toBe('net,error %,all\n"ResNet-20 (2), cut",72.2,true\n"""plain""",,false\np,1.25e-9,true\n');
});

test('CSV has no names that a spreadsheet takes for formulas, and leaves numbers as they are', () => {
  const names = ['=1+1', '+ shortcuts', '-norm', '@net', '\t=1'];
  expect(csvOf({ heads: ['net', 'error'], rows: names.map((name) => [name, -0.5]) })).toBe(
    `net,error\n'=1+1,-0.5\n'+ shortcuts,-0.5\n'-norm,-0.5\n'@net,-0.5\n'\t=1,-0.5\n`,
  );
  expect(csvOf({ heads: ['=1+1'], rows: [] })).toBe("'=1+1\n");
});

test('CSV has whole numbers with all their digits', () => {
  expect(csvOf({ heads: ['seed'], rows: [[1234567890], [-1814073344], [0.123456789]] })).toBe(
    'seed\n1234567890\n-1814073344\n0.1234568\n',
  );
});

test('CSV that is not ASCII begins with a byte order mark, for Excel', () => {
  expect(csvOf({ heads: ['网络'], rows: [['plain-20']] })).toBe('\ufeff网络\nplain-20\n');
});

/** How many heads of records are written in a module, and how many of them come from messages, which differ by language. */
function headsIn(code: string, file: string): { readonly written: number; readonly said: number } {
  const heads = [...descendants(parseModule(code, file))].flatMap(({ type, key, value }) =>
    type === 'Property' && isNode(key) && key.name === 'heads' && isNode(value) ? [value] : [],
  );
  const said = heads.filter((head) =>
    [...descendants(head)].some(
      ({ type, callee }) =>
        type === 'CallExpression' && isNode(callee) && /^(say|parts|sentence)$/.test(String(callee.name)),
    ),
  );
  return { written: heads.length, said: said.length };
}

test('the heads of every file are the same in every language', () => {
  expect(headsIn("const a = { heads: ['net', say('race.step')], rows: [] };", 'a.ts')).toEqual({ written: 1, said: 1 });
  const features = new URL('../', import.meta.url);
  const files = readdirSync(features, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file),
  );
  const found = files.map((file) => ({ file, ...headsIn(readFileSync(new URL(file, features), 'utf8'), file) }));
  expect(found.filter(({ written }) => written > 0).length).toBeGreaterThan(10);
  expect(found.filter(({ said }) => said > 0).map(({ file }) => file)).toEqual([]);
});
