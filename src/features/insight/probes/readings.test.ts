import { describe, expect, test } from 'vitest';
import { branches } from './branches.ts';
import { featureReading } from './features.ts';
import { type GradientsResult, gradients } from './gradients.ts';
import { landscapeReading, landscapeSource } from './landscape.ts';
import { type PathsResult, pathFacts, paths } from './paths.ts';
import type { Compared } from './probe.ts';
import { shattering } from './shattering.ts';

const plain = (parts: readonly { readonly text: string }[]) => parts.map(({ text }) => text).join('');
const compared = <Result>(name: string, now: Result, before: Result | null = null): Compared<Result> => {
  return { net: { name }, now, before };
};

describe('the sentence under', () => {
  test('gradients says where they grow, and never that they vanish', () => {
    const of = (step: number, ratio: number): GradientsResult => {
      return { name: 'gradients', lane: '', step, layers: [], ratio, total: 1 };
    };
    const said = plain(gradients.reading(0, [compared('plain-56', of(0, 817.3)), compared('ResNet-56', of(0, 5.31))]));
    expect(said).toBe(
      'Before the first step, compared with the last convolution, the gradient at the stem is 817 times as large in plain-56 and 5.3 times as large in ResNet-56. Where it is large, it grows toward the input.',
    );
    expect(said).not.toMatch(/vanish/);
    expect(plain(gradients.reading(9, [compared('ResNet-8', of(9, 1))]))).toMatch(/1\.0 times as large in ResNet-8\.$/);
    const later = plain(gradients.reading(9, [compared('plain-56', of(9, 0.442), of(0, 817.3))]));
    expect(later).toMatch(
      /0\.44 times as large in plain-56; before the first step it was 817 times in plain-56\. Where/,
    );
  });

  test('paths tells a net without shortcuts from one with them', () => {
    const of = (...lengths: readonly (readonly [length: number, count: number, total: number])[]): PathsResult => ({
      name: 'paths',
      lane: '',
      step: 1,
      blocks: 15,
      cut: 0,
      lengths: lengths.map(([length, count, total]) => {
        return { length, count, total, perPath: total / count, followed: count, exact: true };
      }),
      gradient: 1,
    });
    const shortcuts = of([0, 1, 3], [1, 2 ** 15 - 2, 3], [15, 1, 0]);
    const said = plain(paths.reading(1, [compared('plain-32', of([15, 1, 2])), compared('ResNet-32', shortcuts)]));
    expect(said).toBe(
      'After 1 step, plain-32 is one path through all 15 branches. ResNet-32 is 32,768 paths, 1.0 branches long on average; what they carry of the gradient comes by paths that are 0.5 long.',
    );
  });

  test('feature maps knows the gain', () => {
    expect(featureReading(0)).toContain('relu(F(x))');
    expect(featureReading(0.5)).toContain('F(x) + 0.5 · x');
    expect(featureReading(1)).toContain('unchanged');
  });

  test('branches compares each with its own input, and leaves out nets that do not pass theirs on', () => {
    const of = (...blocks: readonly (readonly [gain: number, ratio: number])[]) => ({
      name: 'branches' as const,
      lane: '',
      step: 20,
      blocks: blocks.map(([gain, ratio], index) => {
        return { block: index + 1, gain, ratio, branch: 1, input: 1, negative: 0, weight: 1 };
      }),
    });
    const cut = [compared('plain-8', of([0, 9], [0, 9])), compared('cut', of([1, 1], [0, 1]))];
    const whole = [compared('ResNet-20', of([1, 0.5], [1, 0.94])), compared('ResNet-32', of([1, 0.61]))];
    expect(plain(branches.reading(20, [...cut, ...whole]))).toBe(
      'After 20 steps, a branch is on average 0.72 times as large as its input in ResNet-20 and 0.61 times as large as its input in ResNet-32. Below 1, a block adds less than it passes on.',
    );
    expect(plain(branches.reading(20, [...cut, compared('weak', of([0.5, 1]))]))).toMatch(
      /^None of these nets has all its shortcuts/,
    );
  });

  test('nearby gradients says at which point half of their likeness is lost', () => {
    const of = (autocorrelation: readonly number[]) => {
      return { name: 'shattering' as const, lane: '', step: 3, positions: [], derivatives: [], autocorrelation };
    };
    const nets = [compared('plain-8', of([1, 0.6, 0.4, 0.7])), compared('ResNet-8', of([1, 0.9]))];
    expect(plain(shattering.reading(3, nets))).toBe(
      'After 3 steps, the gradient along the line has lost half of its likeness after 2 of 256 points in plain-8 and more than what is shown in ResNet-8.',
    );
  });

  test('a landscape compares each net’s highest loss with its own lowest', () => {
    const nets = [
      { lane: 'plain-32', value: 1.21 },
      { lane: 'ResNet-32', value: 23.4 },
    ];
    expect(plain(landscapeReading(20, nets))).toMatch(
      /^After 20 steps, the highest loss shown is 1\.21 times the lowest in plain-32 and 23 times the lowest in ResNet-32\./,
    );
  });

  test('a landscape says whose directions they are', () => {
    expect(landscapeSource('plane', [])).toMatch(/two random directions.* 250 training images/);
    expect(landscapeSource('path', [{ lane: 'ResNet-8', shares: [0.7, 0.21] }])).toMatch(/91% in ResNet-8\.$/);
  });
});

test('paths are averaged by number and by what they carry', () => {
  const lengths = [
    { length: 0, count: 1, total: 6 },
    { length: 1, count: 2, total: 3 },
    { length: 2, count: 1, total: 1 },
  ];
  expect(pathFacts(lengths)).toEqual({ count: 4, length: 1, carried: 0.5 });
});
