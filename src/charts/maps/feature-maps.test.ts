import { expect, test } from 'vitest';
import { featureTable, mapLayout, pictureSize, pixelAt } from './feature-maps.ts';

test('maps stand in a grid with a gap between them', () => {
  const layout = mapLayout(16, 8, 8);
  expect(layout).toMatchObject({ columns: 4, rows: 4 });
  expect(pictureSize(layout)).toEqual([35, 35]);
  expect(pixelAt(layout, 0, 0, 0)).toEqual([0, 0]);
  expect(pixelAt(layout, 5, 2, 3)).toEqual([12, 11]);
});

test('of eight maps three stand in a row', () => {
  expect(mapLayout(8, 4, 4)).toMatchObject({ columns: 3, rows: 3 });
});

test('a channel of a net that has diverged has no number, and no zeros', () => {
  const values = Float32Array.of(1, Number.NaN, 3, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN);
  const words = { caption: '', channel: String, column: String, value: String, noNumber: 'no number' };
  const { rows } = featureTable([{ name: 'x', map: { shape: [1, 3, 2], values } }], words);
  expect(rows.map(({ cells }) => cells)).toEqual([['1 / 2 / 3'], ['no number']]);
});
