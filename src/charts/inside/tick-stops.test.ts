import { expect, test } from 'vitest';
import { tickStops } from './tick-stops.ts';

const stops = (count: number) => Array.from({ length: count }, (_, at) => ({ at, name: '', tick: String(at) }));

test('first and last are always among the ticks', () => {
  expect(tickStops(stops(55), 5).map(({ at }) => at)).toEqual([0, 14, 27, 41, 54]);
  expect(tickStops(stops(3), 5).map(({ at }) => at)).toEqual([0, 1, 2]);
  expect(tickStops(stops(1), 5).map(({ at }) => at)).toEqual([0]);
  expect(tickStops([], 5)).toEqual([]);
});
