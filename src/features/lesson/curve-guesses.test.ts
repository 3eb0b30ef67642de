import { expect, test } from 'vitest';
import { chaptersOf } from './chapters/chapters.ts';
import { answerOf } from './curve-guesses.ts';

const asked = chaptersOf('full').filter(({ question }) => question.ends !== null);

test('where an answer puts the dots, the dots give that answer', () => {
  expect(asked.length).toBeGreaterThan(0);
  for (const chapter of asked) {
    for (const { id, ends = {} } of chapter.question.choices) {
      const answer = answerOf(chapter, new Map(Object.entries(ends)));
      expect([chapter.number, answer]).toEqual([chapter.number, { choice: id, ends }]);
    }
  }
});

test('nets that are guessed within 3 points are the same', () => {
  const [deeper] = asked;
  const choice = (shallow: number, deep: number) =>
    deeper &&
    answerOf(
      deeper,
      new Map([
        ['plain-8', shallow],
        ['plain-32', deep],
      ]),
    ).choice;
  expect([choice(50, 52), choice(50, 53), choice(53, 50), choice(54, 50)]).toEqual(['same', 'shallow', 'same', 'deep']);
});
