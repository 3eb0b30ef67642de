import { expect, test } from 'vitest';
import { datasetIn, datasetTitle, HUB_SETS } from './library.ts';

test('a data set is told by its name or its address', () => {
  expect(datasetIn(' zalando-datasets/fashion_mnist ')).toBe('zalando-datasets/fashion_mnist');
  expect(datasetIn('https://huggingface.co/datasets/uoft-cs/cifar10/viewer?row=1')).toBe('uoft-cs/cifar10');
  expect(HUB_SETS.map(({ dataset }) => datasetIn(dataset))).toEqual(HUB_SETS.map(({ dataset }) => dataset));
  for (const text of ['', 'mnist', 'a/', '/b', 'https://example.org/a/b', 'a b/c', `${'x'.repeat(100)}/y`]) {
    expect(datasetIn(text)).toBeNull();
  }
  expect([datasetTitle('ylecun/mnist'), datasetTitle('us/pets')]).toEqual(['MNIST', 'us/pets']);
});
