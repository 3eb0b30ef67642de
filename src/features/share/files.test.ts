import { expect, test } from 'vitest';
import { csvOf } from './files.ts';

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
