import { scalar, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { type Padding, sizeOf } from '../../../core/net/node.ts';
import { Random } from '../../../data/batches/random.ts';
import { startDevice } from '../../device/device.ts';
import { conv, convInputGradient } from '../../ops/tensors/conv2d.ts';

beforeAll(async () => {
  await startDevice('wasm');
});

type Shape = [number, number, number, number];

function noise(name: string, shape: Shape): Float32Array {
  const random = new Random(name);
  const values = new Float32Array(sizeOf(shape));
  for (let at = 0; at < values.length; at++) values[at] = random.normals()[0] ?? 0;
  return values;
}

/** Calls `visit` with the indices of x, y and the filter of each product of a 3×3 convolution of stride 1. */
function eachProduct(x: Shape, y: Shape, pad: number, visit: (x: number, y: number, filter: number) => void): void {
  const [images, height, width, from] = x;
  const [, outHeight, outWidth, to] = y;
  for (let image = 0; image < images; image++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++)
        for (let tap = 0; tap < 9; tap++) {
          const [r, c] = [row + Math.floor(tap / 3) - pad, column + (tap % 3) - pad];
          if (r < 0 || r >= height || c < 0 || c >= width) continue;
          for (let i = 0; i < from; i++)
            for (let o = 0; o < to; o++)
              visit(
                ((image * height + r) * width + c) * from + i,
                ((image * outHeight + row) * outWidth + column) * to + o,
                (tap * from + i) * to + o,
              );
        }
}

function furthest(tensor: Tensor4D, expected: Float64Array): number {
  const values = tensor.dataSync<'float32'>();
  expect(values.length).toBe(expected.length);
  return values.reduce((most, value, at) => Math.max(most, Math.abs(value - (expected[at] ?? Number.NaN))), 0);
}

const CASES: readonly { readonly x: Shape; readonly to: number; readonly padding: Padding }[] = [
  { x: [3, 4, 4, 8], to: 8, padding: 'same' },
  { x: [2, 5, 7, 16], to: 24, padding: 'same' },
  { x: [1, 1, 1, 8], to: 16, padding: 'same' },
  { x: [5, 3, 2, 8], to: 8, padding: 1 },
  { x: [2, 6, 5, 8], to: 16, padding: 0 },
  { x: [1, 4, 5, 8], to: 8, padding: 2 },
  { x: [3, 4, 6, 4], to: 4, padding: 'same' },
  { x: [2, 6, 4, 12], to: 20, padding: 'same' },
  { x: [7, 16, 16, 8], to: 8, padding: 'same' },
  { x: [1, 6, 6, 96], to: 128, padding: 'same' },
];

test.each(CASES)('a convolution of $x to $to channels, padding $padding, and its gradient by the input', (each) => {
  const { x, to, padding } = each;
  const [images, height, width, from] = x;
  const pad = padding === 'same' ? 1 : Number(padding);
  const y: Shape = [images, height + 2 * pad - 2, width + 2 * pad - 2, to];
  const filter: Shape = [3, 3, from, to];
  const values = { x: noise('x', x), filter: noise('filter', filter), dy: noise('dy', y), addend: noise('addend', x) };
  const expectedY = new Float64Array(values.dy.length);
  const expectedDx = Float64Array.from(values.addend, (value) => value / 2);
  eachProduct(x, y, pad, (xAt, yAt, filterAt) => {
    const weight = values.filter[filterAt] ?? 0;
    expectedY[yAt] = (expectedY[yAt] ?? 0) + weight * (values.x[xAt] ?? 0);
    expectedDx[xAt] = (expectedDx[xAt] ?? 0) + weight * (values.dy[yAt] ?? 0);
  });
  const tolerance = 2e-6 * 9 * Math.max(from, to);
  const weight = tensor4d(values.filter, filter);
  const dy = tensor4d(values.dy, y);
  expect(furthest(conv(tensor4d(values.x, x), weight, 1, padding), expectedY)).toBeLessThan(tolerance);
  const addend = { shortcut: tensor4d(values.addend, x), gain: scalar(0.5) };
  const dx = convInputGradient(dy, weight, 1, x, addend, padding);
  expect(furthest(dx, expectedDx)).toBeLessThan(tolerance);
});
