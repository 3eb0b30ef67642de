import { describe, expect, test } from 'vitest';
import {
  branchReading,
  featureReading,
  gradientReading,
  landscapeReading,
  landscapeSource,
  lesionReading,
  pathReading,
} from './readings.ts';

const plain = (parts: readonly { readonly text: string }[]) => parts.map(({ text }) => text).join('');

describe('the sentence under', () => {
  test('gradients says where they grow, and never that they vanish', () => {
    const ratios = [
      { lane: 'plain-56', value: 817.3 },
      { lane: 'ResNet-56', value: 5.31 },
    ];
    const said = plain(gradientReading(0, ratios, null));
    expect(said).toBe(
      'Before the first step, compared with the last convolution, the gradient at the stem is 817 times as large in plain-56 and 5.3 times as large in ResNet-56. Where it is large, it grows toward the input.',
    );
    expect(said).not.toMatch(/vanish/);
    expect(plain(gradientReading(9, [{ lane: 'ResNet-8', value: 1 }], null))).toMatch(
      /1\.0 times as large in ResNet-8\.$/,
    );
    const later = plain(
      gradientReading(9, [{ lane: 'plain-56', value: 0.442 }], { step: 0, ratios: ratios.slice(0, 1) }),
    );
    expect(later).toMatch(
      /0\.44 times as large in plain-56; before the first step it was 817 times in plain-56\. Where/,
    );
  });

  test('lesions has the baseline in it', () => {
    const said = plain(lesionReading(150, [{ lane: 'ResNet-32', value: 3.3 }], { answer: 'Noto', error: 73 }));
    expect(said).toBe(
      'After 150 steps, one lesion costs on average 3.3 points in ResNet-32. Always answering “Noto” is wrong 73.0% of the time.',
    );
  });

  test('paths tells a net without shortcuts from one with them', () => {
    const said = plain(
      pathReading(1, [
        { lane: 'plain-32', paths: 1, length: 15, carried: 15 },
        { lane: 'ResNet-32', paths: 2 ** 15, length: 7.5, carried: 4.2 },
      ]),
    );
    expect(said).toMatch(/^After 1 step, plain-32 is one path through all 15 branches\. ResNet-32 is 32,768 paths/);
  });

  test('feature maps knows the gain', () => {
    expect(featureReading(0)).toContain('relu(F(x))');
    expect(featureReading(0.5)).toContain('F(x) + 0.5 · x');
    expect(featureReading(1)).toContain('unchanged');
  });

  test('branches compares each with its own input, and leaves out nets that do not pass theirs on', () => {
    const nets = [
      { lane: 'ResNet-20', value: 0.72 },
      { lane: 'ResNet-32', value: 0.61 },
    ];
    expect(plain(branchReading(20, nets))).toBe(
      'After 20 steps, a branch is on average 0.72 times as large as its input in ResNet-20 and 0.61 times as large as its input in ResNet-32. Below 1, a block adds less than it passes on.',
    );
    expect(plain(branchReading(20, []))).toMatch(/^None of these nets has all its shortcuts/);
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
