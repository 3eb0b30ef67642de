import { afterEach, expect, test } from 'vitest';
import { en } from './en/catalog.ts';
import { languageOfVisit } from './load.ts';
import { language, listed, onLanguage, parts, say, speak } from './say.ts';
import { locale } from './sentence.ts';
import { zh } from './zh/catalog.ts';

afterEach(() => speak('en', en));

test('a message is said in the language that was chosen last, with its numbers', () => {
  expect(say('page.stepNumber', { step: 1500 })).toBe('step 1,500');
  let changes = 0;
  const end = onLanguage(() => changes++);
  speak('zh', zh);
  end();
  speak('zh', zh);
  expect(say('page.stepNumber', { step: 1500 })).toBe('第 1,500 步');
  expect([language(), locale(), changes]).toEqual(['zh', 'zh-CN', 1]);
});

test('a message is cut at its tags, and one without any is whole', () => {
  expect(parts('page.stepShort', { step: 7 })).toEqual([{ text: 'step ' }, { text: '7', tag: 'b' }]);
  expect(parts('page.train')).toEqual([{ text: 'Train' }]);
});

test('lists are joined as the language does', () => {
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  speak('zh', zh);
  expect(listed(['a', 'b', 'c'])).toBe('a、b和c');
});

test('a catalog without a message says which', () => {
  speak('en', {});
  expect(() => say('page.train')).toThrow('page.train');
});

test('a visit has the language of its link, of the last choice, of the browser', () => {
  expect(languageOfVisit('?lang=zh', 'en', ['en-GB'])).toBe('zh');
  expect(languageOfVisit('?lang=tlh', null, ['de', 'zh-TW', 'en'])).toBe('zh');
  expect(languageOfVisit('', 'en', ['zh-CN'])).toBe('en');
  expect(languageOfVisit('', null, ['de'])).toBe('en');
});
