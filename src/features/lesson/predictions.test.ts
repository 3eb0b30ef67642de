import { describe, expect, test } from 'vitest';
import { keepLesson, keptLesson, NOTHING_KEPT } from './kept.ts';
import { handedIn, predictionsOf } from './predictions.ts';
import { QUIZ, rightAnswers } from './quiz.ts';

const LESSON = {
  ...NOTHING_KEPT,
  answers: new Map([
    [1, { choice: 'deep', ends: { 'plain-8': 53, 'plain-32': 39 } }],
    [2, { choice: null, ends: null }],
  ]),
  outcomes: new Map([
    [1, { choice: 'shallow', values: { shallow: 41.6, deep: 66.1, gap: 24.5 }, seed: 1, device: 'wasm' }],
  ]),
  quiz: { before: [0, 0, 0, 0, 0, 0], after: null },
};

function storageWith(text: string | null): Storage {
  let kept = text;
  return {
    length: 0,
    clear: () => {},
    key: () => null,
    removeItem: () => {},
    getItem: () => kept,
    setItem: (_, value) => {
      kept = value;
    },
  };
}

describe('predictions', () => {
  test('stand beside their outcomes, those without one too', () => {
    expect(predictionsOf(LESSON)).toMatchObject([
      {
        chapter: 1,
        answer: '32 layers',
        outcome: '8 layers',
        seed: 1,
        device: 'wasm',
        ends: [
          { lane: 'plain-8', guessed: 53, measured: 41.6 },
          { lane: 'plain-32', guessed: 39, measured: 66.1 },
        ],
      },
      { chapter: 2, answer: 'No idea', outcome: null, ends: [] },
    ]);
  });

  test('are handed in with name and links', () => {
    const file: unknown = JSON.parse(handedIn('Ada', LESSON, (chapter) => `https://example.org/?chapter=${chapter}`));
    expect(file).toMatchObject({
      name: 'Ada',
      version: 1,
      predictions: [{ link: 'https://example.org/?chapter=1' }, { chapter: 2 }],
      quiz: { before: [0, 0, 0, 0, 0, 0], after: null },
    });
  });

  test('are kept between visits, and what is no lesson is ignored', () => {
    const storage = storageWith(null);
    keepLesson(storage, LESSON);
    expect(keptLesson(storage)).toEqual(LESSON);
    for (const text of ['', '{', '[]', '{"answers":7}', '{"on":true,"waiting":1,"answers":[[1,{"choice":5}]]}']) {
      expect(keptLesson(storageWith(text))).toEqual(NOTHING_KEPT);
    }
  });
});

test('six questions have a right option each', () => {
  expect(QUIZ).toHaveLength(6);
  expect(rightAnswers(QUIZ.map(({ right }) => right))).toBe(6);
  expect(rightAnswers([0, 0, 0, 0, 0, 0])).toBe(1);
  for (const { options, right } of QUIZ) expect(options[right]).toBeDefined();
});
