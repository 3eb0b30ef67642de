import { expect, test } from 'vitest';
import { DisagreementError, interleave } from './interleave.ts';
import { checkLogits } from './interleave-forward.ts';
import type { Remote } from './remote.ts';

/** One that writes down when it is asked for a step. */
function implementation(name: string, log: string[], losses: readonly number[], times: readonly number[]): Remote {
  let step = 0;
  return {
    name,
    detail: '',
    step: async () => {
      log.push(name);
      const nth = step++;
      return { loss: losses[nth] ?? 0, ms: times[nth] ?? 0 };
    },
    end: async () => {},
  };
}

test('all take turns, and the first steps are not timed', async () => {
  const log: string[] = [];
  const a = implementation('a', log, [2, 1, 0.5], [100, 100, 100, 3, 1, 2]);
  const b = implementation('b', log, [2.001, 1.001, 0.5], [100, 100, 100, 30, 10, 20]);
  const rows = await interleave([a, b], { repeats: 3, progress: () => {} });
  expect(log.join('')).toBe('aaabbbababab');
  expect(rows).toEqual([
    { name: 'a', value: 2, unit: 'ms', range: [1, 3], detail: '' },
    { name: 'b', value: 20, unit: 'ms', range: [10, 30], detail: '' },
  ]);
});

test('a contender that computes something else is not timed', async () => {
  const log: string[] = [];
  const right = () => implementation('a', log, [2, 1, 0.5], []);
  const wrong = implementation('wrong', log, [2, 1.01, 0.5], []);
  await expect(interleave([right(), wrong], { repeats: 3, progress: () => {} })).rejects.toThrow(DisagreementError);
  const broken = implementation('broken', log, [Number.NaN, 1, 0.5], []);
  await expect(interleave([right(), broken], { repeats: 3, progress: () => {} })).rejects.toThrow(
    'broken: loss NaN in step 1',
  );
});

test('nor who answers with other logits, more of them, or none', () => {
  const names = [{ name: 'a' }, { name: 'b' }];
  const logits = Float32Array.of(1, -2);
  const check =
    (...own: readonly number[]) =>
    () =>
      checkLogits(names, [logits, Float32Array.from(own)]);
  expect(check(1.01, -2.01)).not.toThrow();
  for (const own of [[1, -2.1], [1, Number.NaN], [1, -2, 0], []]) expect(check(...own)).toThrow(DisagreementError);
});
