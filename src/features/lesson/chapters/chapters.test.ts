import { expect, test } from 'vitest';
import { en } from '../../../language/en/catalog.ts';
import { textOf } from '../../../language/joining.ts';
import { speak } from '../../../language/say.ts';
import { zh } from '../../../language/zh/catalog.ts';
import { widthInLetters } from '../../../testing/text-width.ts';
import type { Chapter, ChapterDeed } from '../chapter.ts';
import { CHAPTER_COUNT, chapterAt, chaptersOf } from './chapters.ts';

const PACES = ['full', 'short'] as const;
const ALL = PACES.flatMap(chaptersOf);

/** The most letters that the strip has room for. */
const MOST = { title: 45, setup: 230, remember: 200 };

type Pieces = readonly { readonly text: string }[];
const widthOf = (pieces: Pieces) => widthInLetters(textOf(pieces));

function takenBy(deed: ChapterDeed): readonly string[] {
  return deed.type === 'measure' ? deed.quantities : [];
}

function usedBy({ question, further, bands, quantities }: Chapter): readonly string[] {
  const parts = Object.values(quantities).flatMap((quantity) => {
    if (quantity.type === 'difference') return [quantity.of, quantity.minus];
    return quantity.type === 'ratio' ? [quantity.of, quantity.over] : [];
  });
  const choices = [...question.choices, ...(further?.choices ?? [])];
  return [...choices.map(({ when }) => when.quantity), ...bands.map(({ quantity }) => quantity), ...parts];
}

test('a chapter speaks only of quantities that it has, and takes those that must be measured', () => {
  for (const chapter of ALL) {
    const names = Object.keys(chapter.quantities);
    for (const used of usedBy(chapter)) expect(names).toContain(used);
    const measured = Object.entries(chapter.quantities).filter(([, { type }]) => type === 'measured');
    const taken = [...(chapter.start?.takes ?? []), ...chapter.steps.flatMap(({ deed }) => takenBy(deed))];
    expect(taken.toSorted()).toEqual(measured.map(([name]) => name).toSorted());
  }
});

test('answers cover all outcomes but one by one', () => {
  for (const question of ALL.flatMap(({ question, further }) =>
    further === null ? [question] : [question, further],
  )) {
    for (const value of [-60, -3.5, -1, 0, 0.04, 0.3, 0.6, 1, 1.3, 2.5, 4, 80]) {
      const right = question.choices.filter(
        ({ when: { from = -Infinity, to = Infinity } }) => value >= from && value < to,
      );
      expect(right).toHaveLength(1);
    }
  }
});

test('chapters are numbered from 1, and lead from one to the next', () => {
  for (const pace of PACES) expect(chaptersOf(pace).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // The ninth is offered after the lesson, and not counted.
  expect(CHAPTER_COUNT).toBe(8);
  expect(chapterAt(0, 'full')).toBeNull();
  expect(chapterAt(Number.NaN, 'full')).toBeNull();
  expect(chaptersOf('full').map(({ next }) => next === null)).toEqual([...Array(8).fill(false), true]);
});

test('what a race did not show is not said of it', () => {
  speak('en', en);
  const remembered = (number: number, values: Readonly<Record<string, number>>) =>
    textOf(chapterAt(number, 'full')?.remember((name) => values[name] ?? 0) ?? []);
  expect(remembered(1, { gap: 20 })).toMatch(/^More layers made it worse/);
  expect(remembered(1, { gap: -4 })).toMatch(/Usually more layers/);
  expect(remembered(3, { won: 20 })).toMatch(/makes the difference/);
  expect(remembered(3, { won: -1 })).toMatch(/in this race it did not/);
  expect(remembered(5, { before: 300 })).toMatch(/it explodes: 300 times/);
  expect(remembered(5, { before: 2.1 })).toMatch(/In this race it is 2\.1 times/);
  expect(remembered(5, { before: 0.2 })).toMatch(/In this race it is 0\.2 times/);
  expect(remembered(7, { jump: 9, gained: 8 })).toMatch(/able to learn/);
  expect(remembered(7, { jump: -3, gained: 8 })).toMatch(/^Usually the error rises/);
  expect(remembered(9, { gap: 20, share: 0.9 })).toMatch(/^The wire is not the only cure/);
  expect(remembered(9, { gap: 20, share: 0.1 })).toMatch(/^This race does not show it/);
  expect(remembered(9, { gap: -2, share: 3 })).toMatch(/^This race does not show it/);
});

test('an error of plain-32 that is told after it has trained on is told with the steps after which it was measured', () => {
  for (const [language, catalog] of [['zh', zh] as const, ['en', en] as const]) {
    speak(language, catalog);
    for (const [pace, steps] of [
      ['full', /(after|再训练) 100 /i] as const,
      ['short', /(after|再训练) 80 /i] as const,
    ]) {
      const chapter = chapterAt(7, pace) ?? expect.unreachable();
      for (const gained of [8, -8]) {
        const text = textOf(chapter.remember((name) => (name === 'gained' ? gained : 5)));
        expect(text).toMatch(steps);
        expect(text).not.toMatch(/\bnow\b|现在/);
      }
      const usually = chapter.bands.find(({ quantity }) => quantity === 'gained')?.usually(1) ?? [];
      expect(textOf(usually)).toMatch(steps);
    }
  }
});

test('no sentence on what usually comes out holds a minus sign, whichever way the race went', () => {
  for (const [language, catalog] of [['zh', zh] as const, ['en', en] as const]) {
    speak(language, catalog);
    for (const { bands, quantities } of ALL)
      for (const { quantity, from = -Infinity, to = Infinity, usually } of bands)
        for (const value of [-12.3, 12.3]) {
          const isSaid = value < from || value >= to;
          if (isSaid && quantities[quantity]?.type === 'difference')
            expect(textOf(usually(value))).not.toMatch(/(?<!\w)[-−]\d/);
        }
  }
});

test('the texts of all chapters fit into the strip, in both languages', () => {
  for (const [language, catalog] of [['zh', zh] as const, ['en', en] as const]) {
    speak(language, catalog);
    for (const { title, setup, remember, note, steps, bands, question, further, name } of ALL) {
      const value = () => 12.3;
      expect(widthInLetters(title())).toBeLessThanOrEqual(MOST.title);
      expect(widthOf(setup())).toBeLessThanOrEqual(MOST.setup);
      for (const each of [12.3, 0, -12.3]) expect(widthOf(remember(() => each))).toBeLessThanOrEqual(MOST.remember);
      expect(widthInLetters(further?.title() ?? '')).toBeLessThanOrEqual(MOST.title);
      expect(widthOf(further?.setup(value) ?? [])).toBeLessThanOrEqual(MOST.setup);
      const others = [
        note(value),
        ...steps.map(({ hint }) => hint(value)),
        ...bands.map(({ usually }) => usually(value())),
      ];
      // A missed band is said with both numbers: what came out here, and what usually does.
      for (const { usually } of bands)
        expect(
          textOf(usually(98.7))
            .match(/\d+(\.\d+)?/g)
            ?.map(Number),
        ).toContain(98.7);
      for (const other of others) expect(textOf(other)).not.toMatch(/NaN|undefined/);
      expect([name(), ...question.choices.map(({ label }) => label())].every(Boolean)).toBe(true);
    }
  }
});
