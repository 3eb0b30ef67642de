import { afterEach, expect, test } from 'vitest';
import { en } from './en/catalog.ts';
import { commaJoined, semicolonJoined, sentencesJoined, stopJoined } from './joining.ts';
import { languageOfVisit } from './languages.ts';
import { language, listed, onLanguage, parts, say, speak } from './say.ts';
import { locale, sayAlone, sentence } from './sentence.ts';
import { zh } from './zh/catalog.ts';

afterEach(() => speak('en', en));

test('a message is said in the language that was chosen last, with its numbers', () => {
  expect(say('charts.stepNumber', { step: 1500 })).toBe('step 1,500');
  let changes = 0;
  const end = onLanguage(() => changes++);
  speak('zh', zh);
  end();
  speak('zh', zh);
  expect(say('charts.stepNumber', { step: 1500 })).toBe('第 1,500 步');
  expect([language(), locale(), changes]).toEqual(['zh', 'zh-CN', 1]);
});

test('a message is cut at its tags, and one without any is whole', () => {
  expect(parts('page.stepShort', { step: 7 })).toEqual([{ text: 'step ' }, { text: '7', tag: 'b' }]);
  expect(parts('page.train')).toEqual([{ text: 'Train' }]);
});

test('lists are joined as the language does', () => {
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  speak('zh', zh);
  expect(listed(['a', 'b', 'c'])).toBe('a、b 和 c');
  expect(listed(['12%', '表情'])).toBe('12% 和表情');
  expect(listed(['表情', '照片'])).toBe('表情和照片');
});

test('Chinese has a space beside a Latin parameter, and none beside a Chinese one', () => {
  speak('zh', zh);
  const row = say('data.row.of', { row: 4, file: 't.parquet' });
  expect(say('data.named', { name: row, problem: say('data.row.noLabel') })).toBe('t.parquet 的第 4 行没有标签');
  expect(say('data.named', { name: 't.parquet', problem: say('data.file.empty') })).toBe('t.parquet 是空的');
  expect(say('story.comparedAcross', { devices: '无（宽松 SIMD）' })).toMatch(/^分别在无（宽松 SIMD）上计算/);
});

test('so it is where a tag is between them', () => {
  speak('zh', zh);
  expect(parts('race.isOf', { answer: '食物' })).toEqual([{ text: '这一张是' }, { text: '食物', tag: 'b' }]);
  expect(parts('race.isOf', { answer: 'Noto' })).toEqual([{ text: '这一张是 ' }, { text: 'Noto', tag: 'b' }]);
});

test('pieces are joined by the punctuation of the language, and empty ones left out', () => {
  expect(commaJoined(['a', undefined, '', 'b'])).toBe('a, b');
  expect(sentencesJoined(['One.', 'Two.'])).toBe('One. Two.');
  speak('zh', zh);
  expect([commaJoined(['甲', '乙']), semicolonJoined(['甲', '乙'])]).toEqual(['甲，乙', '甲；乙']);
  expect([stopJoined(['甲', '乙']), sentencesJoined(['甲。', '乙。'])]).toEqual(['甲。乙', '甲。乙。']);
  expect(semicolonJoined([])).toBe('');
});

test('what stands alone begins with a capital in English, but for names, files and fields', () => {
  const untrained = sentence('errors.branch.untrained', { name: 'plain-8' });
  expect(sayAlone(untrained)).toBe('Net plain-8: it has made no step; train it first.');
  expect(sayAlone(sentence('zoo.cameraMissing'))).toMatch(/^Camera: none was found/);
  const kept = [
    'pets.zip is damaged',
    'plain-8 has diverged',
    'experiment.seed: 1 is not a list',
    'preset: "nope" is not one of twins, deep',
    'The browser is full',
  ];
  expect(kept.map(sayAlone)).toEqual(kept.map((text) => `${text}.`));
  speak('zh', zh);
  expect(sayAlone(sentence('errors.device.notStarted'))).toBe('tfjs 无法启动它。');
});

test('one of a thing has its own words', () => {
  expect(say('data.skipped.images', { count: 1, reason: 'left over' })).toBe('1 image left over');
  expect(say('experiment.gains', { gains: 1, blocks: 15 })).toBe('1 gain for 15 blocks; give one per block');
  const sizes = { equal: 'yes', least: 50, photos: 50 } as const;
  expect(say('photographs.reading', { ...sizes, told: 1, pairs: 1 })).toContain('the two nets can be told apart');
  expect(say('photographs.reading', { ...sizes, told: 0, pairs: 3 })).toContain('none of 3 pairs of nets can be');
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
