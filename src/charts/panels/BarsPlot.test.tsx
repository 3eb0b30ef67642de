import { expect, test } from 'vitest';
import { barPlaces } from './BarsPlot.tsx';

test('the bars of a slot stand side by side around its middle', () => {
  const { slot, thick, offset } = barPlaces(400, 20, 2);
  expect(slot).toBe(20);
  expect(offset(0)).toBeCloseTo(-(thick + 0.5));
  expect(offset(1)).toBeCloseTo(0.5);
  expect(2 * thick + 1).toBeLessThan(slot);
});

test('few bars are not thick, many still seen', () => {
  expect(barPlaces(400, 3, 1).thick).toBe(12);
  expect(barPlaces(100, 100, 3).thick).toBe(1);
});
