import { expect, test } from 'vitest';
import { datasetIn, datasetTitle, HUB_SETS, MOST_IMAGES, mostTrained, testedBeside } from './library.ts';

test('a data set is told by its name or its address', () => {
  expect(datasetIn(' zalando-datasets/fashion_mnist ')).toBe('zalando-datasets/fashion_mnist');
  expect(datasetIn('https://huggingface.co/datasets/uoft-cs/cifar10/viewer?row=1')).toBe('uoft-cs/cifar10');
  for (const address of [
    'huggingface.co/datasets/',
    'www.huggingface.co/datasets/',
    'http://hf.co/datasets/',
    'datasets/',
  ]) {
    expect(datasetIn(`${address}uoft-cs/cifar10`)).toBe('uoft-cs/cifar10');
  }
  for (const address of ['huggingface.co/openai/whisper', 'huggingface.co/datasets', 'hf.co/datasets/uoft-cs']) {
    expect(datasetIn(address)).toBeNull();
  }
  expect(datasetIn('datasets/pets')).toBe('datasets/pets');
  expect(HUB_SETS.map(({ dataset }) => datasetIn(dataset))).toEqual(HUB_SETS.map(({ dataset }) => dataset));
  for (const text of ['', 'mnist', 'a/', '/b', 'https://example.org/a/b', 'a b/c', `${'x'.repeat(100)}/y`]) {
    expect(datasetIn(text)).toBeNull();
  }
  expect([datasetTitle('ylecun/mnist'), datasetTitle('us/pets')]).toEqual(['MNIST', 'us/pets']);
});

test('however many images are wanted, the same share of both sides fits, and neither side is without', () => {
  for (const [train, tested] of [
    [531_131, 26_032],
    [199_000, 40_000],
    [200_000, 26_032],
    [100_000, 1_000_000],
    [60_000, 10_000],
    [1, 1_000_000],
    [7, 0],
  ] as const) {
    const count = mostTrained(train, tested);
    const beside = testedBeside(count, train, tested);
    expect(count + beside).toBeLessThanOrEqual(MOST_IMAGES);
    expect([count > 0, beside > 0]).toEqual([true, tested > 0]);
    if (train + tested <= MOST_IMAGES) expect([count, beside]).toEqual([train, tested]);
    else if (train > 1) expect(Math.abs(beside / tested - count / train)).toBeLessThan(1e-4);
  }
});
