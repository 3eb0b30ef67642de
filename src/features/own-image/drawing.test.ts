import { describe, expect, test } from 'vitest';
import { type Drawing, drawnTo, isBlank, paperLike, type Stroke, undone, withStroke } from './drawing.ts';
import { Painter, pictureOf, rgbOf } from './raster.ts';

const RED = '#ff0000';
const BLANK: Drawing = { on: 'white', strokes: [] };
const across: Stroke = {
  colour: RED,
  width: 0.25,
  points: [
    [0, 0.5],
    [1, 0.5],
  ],
};
const PICTURE = { name: 'grey', size: 8, rgb: new Uint8Array(8 * 8 * 3).fill(100) };

/** The colour of a pixel. */
function at(pixels: Uint8Array, size: number, x: number, y: number): readonly number[] {
  return [...pixels.subarray((y * size + x) * 3, (y * size + x) * 3 + 3)];
}

describe('pixels', () => {
  test('a stroke covers what lies within half its width, and a pixel at its edge in part', () => {
    const pixels = rgbOf(withStroke(BLANK, across), 16);
    const column = Array.from({ length: 16 }, (_, y) => at(pixels, 16, 8, y)[1]);
    // From 6 to 10 of 16: four whole rows.
    expect(column).toEqual([255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255]);
    const shifted = { ...across, points: across.points.map(([x, y]) => [x, y + 1 / 64] as const) };
    const edge = rgbOf(withStroke(BLANK, shifted), 16);
    expect([6, 10].map((y) => at(edge, 16, 8, y)[1])).toEqual([64, 191]);
  });

  test('a click is a dot as wide as the brush', () => {
    const dot: Stroke = { colour: '#000000', width: 0.5, points: [[0.5, 0.5]] };
    const pixels = rgbOf({ on: 'white', strokes: [dot] }, 64);
    const dark = Array.from({ length: 64 * 64 }, (_, pixel) => 1 - (pixels[3 * pixel] ?? 0) / 255);
    const area = dark.reduce((sum, each) => sum + each, 0);
    expect(area / (Math.PI * 16 ** 2)).toBeCloseTo(1, 2);
  });

  test('a colour that lies on another hides it; a stroke that crosses itself is no darker there', () => {
    const twice = withStroke(withStroke(BLANK, across), { ...across, colour: '#0000ff' });
    expect(at(rgbOf(twice, 16), 16, 8, 8)).toEqual([0, 0, 255]);
    const back: Stroke = { ...across, width: 0.01, points: [...across.points, [0, 0.5]] };
    const there: Stroke = { ...back, points: across.points };
    expect(rgbOf(withStroke(BLANK, back), 16)).toEqual(rgbOf(withStroke(BLANK, there), 16));
  });

  test('the eraser brings back what lies beneath, the image included', () => {
    const drawn = withStroke({ on: PICTURE, strokes: [] }, across);
    expect(at(pictureOf(drawn, 'mine').rgb, 8, 4, 4)).toEqual([255, 0, 0]);
    const rubbed = withStroke(drawn, { ...across, colour: null, width: 2 });
    expect(pictureOf(rubbed, 'mine')).toEqual({ ...PICTURE, name: 'mine' });
  });

  test('strokes outside are harmless, and the pixels are the same however they were drawn', () => {
    const outside: Stroke = {
      ...across,
      points: [
        [-3, 5],
        [9, -2],
      ],
    };
    const all = withStroke(withStroke(BLANK, across), outside);
    const painter = new Painter(16);
    const way = [
      BLANK,
      withStroke(BLANK, across),
      all,
      undone(all, 'white'),
      { ...all, on: PICTURE },
      { ...all, on: 'black' } as const,
    ];
    expect(way.map((drawing) => painter.pixels(drawing))).toEqual(way.map((drawing) => rgbOf(drawing, 16)));
    expect(all.strokes).toEqual([across, outside]);
  });
});

test('undo takes the last stroke away, then the image beneath', () => {
  const drawn = withStroke({ on: PICTURE, strokes: [] }, across);
  const once = undone(drawn, 'black');
  expect(once).toEqual({ on: PICTURE, strokes: [] });
  expect(undone(once, 'black')).toEqual({ on: 'black', strokes: [] });
  expect([drawn, once, BLANK].map(isBlank)).toEqual([false, false, true]);
});

test('a hand that holds still adds no points', () => {
  const begun: Stroke = { ...across, points: [[0.5, 0.5]] };
  expect(drawnTo(begun, [0.501, 0.5])).toBe(begun);
  expect(drawnTo(begun, [0.6, 0.5]).points).toHaveLength(2);
});

test('paper is as dark as the corners of the images that the nets know', () => {
  const of = (value: number) => ({ ...PICTURE, rgb: new Uint8Array(8 * 8 * 3).fill(value) });
  expect([[of(255)], [of(0)], [of(0), of(0), of(120)], []].map(paperLike)).toEqual([
    'white',
    'black',
    'black',
    'white',
  ]);
});
