import { expect, test } from 'vitest';
import { builtGain, makeNet } from './net.ts';

test('the gain that a net was built with is one of its kind, and that of all its shortcuts', () => {
  const built = (family: 'plain' | 'residual', gains: readonly number[]) => builtGain({ ...makeNet(family, 8), gains });
  expect([built('plain', [0, 0, 0]), built('plain', [1, 1, 1])]).toEqual([0, null]);
  expect([built('residual', [1, 1, 1]), built('residual', [0.5, 0.5, 0.5])]).toEqual([1, 0.5]);
  expect([built('residual', [1, 0, 1]), built('residual', [0, 0, 0])]).toEqual([null, null]);
  expect(built('residual', [])).toBe(1);
});
