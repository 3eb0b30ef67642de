import { expect, test } from 'vitest';
import { forked, inTurns } from './children.ts';

test('items are worked on side by side, and none is begun once one has failed', async () => {
  const begun: number[] = [];
  const aborted: number[] = [];
  const working = inTurns(2, [0, 1, 2, 3], async (item, signal) => {
    begun.push(item);
    signal.addEventListener('abort', () => aborted.push(item));
    if (item === 1) return;
    if (item === 2) throw new Error('the third');
    await new Promise((_, reject) => signal.addEventListener('abort', reject));
  });
  await expect(working).rejects.toThrow('the third');
  expect(begun).toEqual([0, 1, 2]);
  expect(aborted).toEqual([0, 1, 2]);
});

test('a child that ends without a result is an error', async () => {
  const child = { file: '/dev/null', argument: {}, name: 'seed 1' };
  const { signal } = new AbortController();
  await expect(forked(child, signal, async () => {})).rejects.toThrow('seed 1: its process was ended by code 0');
});
