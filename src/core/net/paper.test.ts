import { describe, expect, test } from 'vitest';
import { PRETRAINED } from '../data/pretrained.ts';
import { PAPER_BILLIONS, PAPER_RESULTS } from './paper.ts';

describe('what the paper prints', () => {
  test('table 4 has all its rows, with VGG of ILSVRC’14 on test images', () => {
    const rows = PAPER_RESULTS.single.map(({ name, top1, top5, onTestImages }) => [name, top1, top5, onTestImages]);
    expect(rows).toEqual([
      ['VGG (ILSVRC’14)', null, 8.43, true],
      ['GoogLeNet (ILSVRC’14)', null, 7.89, false],
      ['VGG (v5)', 24.4, 7.1, false],
      ['PReLU-net', 21.59, 5.71, false],
      ['BN-inception', 21.99, 5.81, false],
      ['ResNet-34 B', 21.84, 5.71, false],
      ['ResNet-34 C', 21.53, 5.6, false],
      ['ResNet-50', 20.74, 5.25, false],
      ['ResNet-101', 19.87, 4.6, false],
      ['ResNet-152', 19.38, 4.49, false],
    ]);
  });

  test('the ensembles of table 5 were measured on test images, the nets of tables 2 and 3 on validation images', () => {
    expect(PAPER_RESULTS.ensemble.every(({ onTestImages }) => onTestImages)).toBe(true);
    expect(PAPER_RESULTS['ten-crop'].some(({ onTestImages }) => onTestImages)).toBe(false);
  });

  test('has no AlexNet', () => {
    const names = [
      ...Object.keys(PAPER_BILLIONS),
      ...Object.values(PAPER_RESULTS)
        .flat()
        .map(({ name }) => name),
    ];
    expect(names.filter((name) => /alex/i.test(name))).toEqual([]);
  });
});

/** Top-1 accuracy in percent of IMAGENET1K_V1, as torchvision documents its weights. */
const TORCHVISION = {
  'ResNet-18': 69.758,
  'ResNet-34': 73.314,
  'ResNet-50': 76.13,
  'ResNet-101': 77.374,
  'ResNet-152': 78.312,
  'VGG-16': 71.592,
  'VGG-16 BN': 73.36,
  'VGG-19': 72.376,
  'VGG-19 BN': 74.218,
  AlexNet: 56.522,
  GoogLeNet: 69.778,
};

test('the pretrained nets have torchvision’s errors, none of which is the paper’s', () => {
  const errors = Object.entries(TORCHVISION).map(([name, accuracy]) => [name, Number((100 - accuracy).toFixed(2))]);
  expect(PRETRAINED.map(({ name, top1Error }) => [name, top1Error])).toEqual(errors);
  const papers = new Set(
    Object.values(PAPER_RESULTS)
      .flat()
      .map(({ top1 }) => top1),
  );
  for (const { name, top1Error } of PRETRAINED) expect(papers.has(top1Error), name).toBe(false);
});
