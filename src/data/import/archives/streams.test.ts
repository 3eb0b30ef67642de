import { expect, test } from 'vitest';
import { anySignal } from './streams.ts';

test('it aborts with the first signal that does, for that one’s reason', () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const either = anySignal([one.signal, other.signal]);
  expect(either.aborted).toBe(false);
  other.abort('enough');
  one.abort('cancelled');
  expect([either.aborted, either.reason]).toEqual([true, 'enough']);
});

test('it is aborted from the start where one of them is', () => {
  const either = anySignal([new AbortController().signal, AbortSignal.abort('cancelled')]);
  expect([either.aborted, either.reason]).toEqual([true, 'cancelled']);
});

test('of no signals it never aborts', () => {
  expect(anySignal([]).aborted).toBe(false);
});
