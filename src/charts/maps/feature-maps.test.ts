import { expect, test } from 'vitest';
import { mapLayout, pictureSize, pixelAt } from './feature-maps.ts';

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
