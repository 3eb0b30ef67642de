import { expect, test } from 'vitest';
import { loadLanguage } from './load.ts';
import { language } from './say.ts';

test('the language that was asked for last is spoken, whichever comes last', async () => {
  const outcomes = await Promise.all([loadLanguage('zh'), loadLanguage('en')]);
  expect(outcomes).toEqual([false, true]);
  expect(language()).toBe('en');
});

test('a language that is asked for again is spoken', async () => {
  const outcomes = await Promise.all([loadLanguage('en'), loadLanguage('zh'), loadLanguage('en')]);
  expect(outcomes).toEqual([true, false, true]);
  expect(language()).toBe('en');
});

test('a language is loaded in the way of its caller', async () => {
  let loads = 0;
  const counted = <Module>(load: () => Promise<Module>) => {
    loads += 1;
    return load();
  };
  expect(await loadLanguage('zh', counted)).toBe(true);
  expect([loads, language()]).toEqual([1, 'zh']);
});
