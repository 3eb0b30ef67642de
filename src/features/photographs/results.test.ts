import { expect, test } from 'vitest';
import { confusionsOf, pairsTold, scoreOf, scoreRecords } from './results.ts';

const labels = [0, 0, 1, 1, 2, 2, 3, 3];
const run = (name: string, told: readonly number[]) => ({
  name,
  answers: told.map((first, photo) => ({ photo, guesses: [first, 7, 8, 9, labels[photo] ?? -1] })),
  done: told.length,
  milliseconds: 2000,
  classes: 10,
});

test('errors have the standard error of a share, which is not 0 for few photographs; of five classes or fewer there is no top-5', () => {
  const score = scoreOf(run('ResNet-18', [0, 1, 1, 1, 0, 0, 3, 3]), labels);
  expect(score).toMatchObject({ photos: 8, top1: { error: 3 / 8 }, top5: { error: 0 }, imagesPerSecond: 4 });
  expect(score?.top1.standardError).toBeCloseTo(Math.sqrt((5 * 7) / 12 ** 3));
  expect(scoreOf(run('ResNet-18', labels), labels)?.top1).toEqual({
    error: 0,
    standardError: expect.closeTo(0.1076),
  });
  expect(scoreOf({ ...run('ResNet-18', [0]), classes: 5 }, labels)?.top5).toBe(null);
  expect(scoreOf(run('ResNet-18', []), labels)).toBe(null);
  // The time is that of all photographs, also of those that are not used any more.
  expect(scoreOf({ ...run('ResNet-18', [0]), done: 8 }, labels)).toMatchObject({ photos: 1, imagesPerSecond: 4 });
  const records = scoreRecords(score === null ? [] : [score]);
  expect(records.rows[0]?.slice(0, 2)).toEqual(['ResNet-18', 18]);
  expect(records.rows[0]?.length).toBe(records.heads.length);
});

test('confusions are counted by pair, the most frequent first, with their photographs', () => {
  const { answers } = run('ResNet-18', [0, 1, 0, 1, 0, 0, 3, 3]);
  expect(confusionsOf(answers, labels)).toEqual([
    { truth: 2, told: 0, photos: [4, 5] },
    { truth: 0, told: 1, photos: [1] },
    { truth: 1, told: 0, photos: [2] },
  ]);
});

test('nets are told apart by their differences on the same photographs alone', () => {
  const right = run('ResNet-34', labels);
  const wrong = run(
    'ResNet-18',
    labels.map((label) => label + 1),
  );
  const once = run('ResNet-50', [1, ...labels.slice(1)]);
  expect(pairsTold([right, wrong], labels, 'top1')).toEqual({ pairs: 1, told: 1 });
  expect(pairsTold([right, once], labels, 'top1')).toEqual({ pairs: 1, told: 0 });
  expect(pairsTold([right], labels, 'top1')).toEqual({ pairs: 0, told: 0 });
  // Among its five answers each of them has the right one.
  expect(pairsTold([right, wrong], labels, 'top5')).toEqual({ pairs: 1, told: 0 });
  // The same errors on fewer photographs: with five, one of sixteen pairs of equal nets would differ so much.
  const fewer = (photos: number) => [right, wrong].map((each) => ({ ...each, answers: each.answers.slice(0, photos) }));
  expect(pairsTold(fewer(5), labels, 'top1')).toEqual({ pairs: 1, told: 0 });
  expect(pairsTold(fewer(6), labels, 'top1')).toEqual({ pairs: 1, told: 1 });
});

test('a batch of one net has its own answers alone compared again', () => {
  const read: string[] = [];
  const spied = (name: string, told: readonly number[]) => {
    const { answers, ...rest } = run(name, told);
    return {
      ...rest,
      get answers() {
        read.push(name);
        return answers;
      },
    };
  };
  const finished = [spied('ResNet-18', labels), spied('ResNet-34', labels)];
  expect(pairsTold([...finished, spied('ResNet-50', [0])], labels, 'top1')).toEqual({ pairs: 1, told: 0 });
  read.length = 0;
  expect(pairsTold([...finished, spied('ResNet-50', [0, 0])], labels, 'top1')).toEqual({ pairs: 3, told: 0 });
  expect(read).toEqual(['ResNet-50']);
});
