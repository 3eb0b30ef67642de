import { expect, test } from 'vitest';
import { chapterAt } from '../chapters/chapters.ts';
import { NOTHING_KEPT } from '../kept.ts';
import type { LessonState } from '../lesson-state.ts';
import type { Position } from '../position.ts';
import { announced, hintOf, type RaceNow } from './lesson-text.ts';

const suspect = chapterAt(5, 'full') ?? expect.unreachable('no chapter 5');
const wire = chapterAt(3, 'full') ?? expect.unreachable('no chapter 3');
const QUESTION: Position = { type: 'question' };
const FIRST: Position = { type: 'step', index: 0 };
const SECOND: Position = { type: 'step', index: 1 };
const OUTCOME: Position = { type: 'outcome' };
const RESTS: RaceNow = { training: false, preparing: false, paused: false, past: false };

function lessonAt(position: Position, more: Partial<LessonState> = {}): LessonState {
  return {
    ...NOTHING_KEPT,
    ...{ chapter: suspect, position, looksBack: false, readings: {}, outcome: null, seen: [], measuring: false },
    ...{ isOfChanged: false, failed: false, refusals: 0, refused: 'train', quizDraft: null, name: '', wasOn: true },
    ...more,
  };
}

test.each([
  ['before the answer', lessonAt(QUESTION), {}, /^Guess first/],
  ['at the deed', lessonAt(FIRST), {}, /^Now measure it/],
  ['while it measures', lessonAt(FIRST, { measuring: true }), {}, /^Measuring/],
  ['where that failed', lessonAt(FIRST, { failed: true }), {}, /did not finish/],
  ['where a net went on', lessonAt(FIRST, { failed: true }), { past: true }, /trained beyond/],
  ['refused', lessonAt(FIRST, { refusals: 2 }), {}, /^Not yet: “Measure”/],
  ['once measured', lessonAt(SECOND, { readings: { before: 600 } }), {}, /^It is 600 times as large/],
  ['where no number came of it', lessonAt(SECOND, { readings: { before: Number.NaN } }), {}, /^A number is missing/],
  ['in training', lessonAt(SECOND), { training: true }, /^Your guess is kept/],
  ['on the way to its start', lessonAt(FIRST), { preparing: true, training: true }, /^Meanwhile the nets train/],
  ['paused there', lessonAt(FIRST), { preparing: true, paused: true }, /^Paused/],
  ['where Train is the deed', lessonAt(FIRST, { chapter: wire }), { preparing: true }, /^Good\. Now press Train/],
  ['looking back', lessonAt(OUTCOME, { looksBack: true }), {}, /^$/],
] as const)('the hint %s', (_, lesson, race, text) => {
  const hint = hintOf(lesson, { ...RESTS, ...race }, false);
  expect(hint.map((part) => part.text).join('')).toMatch(text);
});

test('what was measured is said aloud, at the next step and with the second question', () => {
  expect(announced(lessonAt(SECOND, { readings: { before: 600 } }))).toMatch(/^It is 600 times as large/);
  const cut = chapterAt(6, 'full') ?? expect.unreachable('no chapter 6');
  const asked = lessonAt({ type: 'further' }, { chapter: cut, readings: { plain: 28, branch: 3 } });
  expect(announced(asked)).toMatch(/^And without one of its shortcuts\? A block costs plain-20 28\.0 points/);
});
