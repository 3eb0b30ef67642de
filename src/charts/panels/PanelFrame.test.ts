import { expect, test } from 'vitest';
import { tickedCategories } from './PanelFrame.tsx';

const categories = (count: number) => Array.from({ length: count }, (_, at) => ({ at, name: '', tick: String(at) }));
const ticks = (count: number, most: number) => tickedCategories(categories(count), most).map(({ at }) => at);

test('ticks stand at equal distances, and the last is among them', () => {
  expect(ticks(55, 5)).toEqual([0, 14, 28, 42, 54]);
  expect(ticks(9, 7)).toEqual([0, 2, 4, 6, 8]);
  expect(ticks(32, 7)).toEqual([0, 6, 12, 18, 24, 31]);
  expect(ticks(3, 5)).toEqual([0, 1, 2]);
  expect(ticks(1, 5)).toEqual([0]);
  expect(ticks(0, 5)).toEqual([]);
});
