import { expect, test } from 'vitest';
import { PAPER_CARDS } from './cards.ts';

test('every figure and table has a card', () => {
  const ids = PAPER_CARDS.map(({ id }) => id);
  for (let figure = 1; figure <= 7; figure++) expect(ids).toContain(`figure-${figure}`);
  for (let table = 1; table <= 6; table++) expect(ids).toContain(`table-${table}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(PAPER_CARDS.find(({ id }) => id === 'tables-7')?.list).toHaveLength(8);
  const top5 = PAPER_CARDS.find(({ id }) => id === 'table-3')?.printed[1]?.numbers;
  expect(top5).toContainEqual({ name: 'GoogLeNet', family: 'plain', value: 9.15, decimals: 2 });
});

test('each number has the decimals that the paper prints it with', () => {
  const printed = (id: string, unit: number, net: string) => {
    const found = PAPER_CARDS.find((card) => card.id === id)?.printed[unit]?.numbers.find(({ name }) => name === net);
    return found?.value.toFixed(found.decimals);
  };
  expect([0, 1].map((unit) => printed('table-4', unit, 'VGG (v5)'))).toEqual(['24.4', '7.1']);
  expect(printed('table-4', 1, 'ResNet-34 C')).toBe('5.60');
  expect(printed('table-5', 0, 'VGG (v5)')).toBe('6.8');
  expect(printed('table-3', 1, 'ResNet-34 C')).toBe('7.40');
  expect(printed('table-6', 0, 'Highway, 32')).toBe('8.80');
  expect(printed('table-1', 0, 'ResNet-152')).toBe('11.3');
});
