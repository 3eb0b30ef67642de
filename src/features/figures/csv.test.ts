import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('CSV quotes what needs it, leaves out what is no number, and ends in a line', () => {
  const records = {
    columns: ['net', 'error %', 'all'],
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
  expect(csvOf({ columns: ['net', 'error'], rows: names.map((name) => [name, -0.5]) })).toBe(
    `net,error\n'=1+1,-0.5\n'+ shortcuts,-0.5\n'-norm,-0.5\n'@net,-0.5\n'\t=1,-0.5\n`,
  );
  expect(csvOf({ columns: ['=1+1'], rows: [] })).toBe("'=1+1\n");
});

test('CSV has whole numbers with all their digits', () => {
  expect(csvOf({ columns: ['seed'], rows: [[1234567890], [-1814073344], [0.123456789]] })).toBe(
    'seed\n1234567890\n-1814073344\n0.1234568\n',
  );
});

test('CSV that is not ASCII begins with a byte order mark, for Excel', () => {
  expect(csvOf({ columns: ['网络'], rows: [['plain-20']] })).toBe('\ufeff网络\nplain-20\n');
});
