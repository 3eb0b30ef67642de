import { expect, test } from 'vitest';
import { LateError, loadLate } from './late.tsx';

test('a module that fails once is asked for again', async () => {
  let asked = 0;
  const load = async () => {
    asked += 1;
    if (asked === 1) throw new TypeError('Importing a module script failed.');
    return { part: 'here' };
  };
  expect(await loadLate(load)).toEqual({ part: 'here' });
  expect(asked).toBe(2);
});

test('one that goes on failing is a late part that could not be loaded, and can be asked for later', async () => {
  let online = false;
  const load = async () => {
    if (!online) throw new TypeError('Failed to fetch dynamically imported module: http://elsewhere/a.js');
    return { part: 'here' };
  };
  await expect(loadLate(load)).rejects.toBeInstanceOf(LateError);
  online = true;
  expect(await loadLate(load)).toEqual({ part: 'here' });
});
