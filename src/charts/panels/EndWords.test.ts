import { expect, test } from 'vitest';
import { endWords } from './EndWords.tsx';

test('words at one place are pushed apart, words elsewhere stay', () => {
  const [first = 0, second = 0, far = 0] = endWords(
    [
      { text: 'plain-56', x: 400, y: 100 },
      { text: 'ResNet-56', x: 400, y: 102 },
      { text: 'plain-8', x: 60, y: 101 },
    ],
    0,
    200,
  );
  expect(second - first).toBeCloseTo(14);
  expect(far).toBe(101);
});
