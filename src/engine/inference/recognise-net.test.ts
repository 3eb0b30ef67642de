import { expect, test } from 'vitest';
import { PRETRAINED, type PretrainedModel } from '../../core/data/pretrained.ts';
import { buildGraph } from '../../core/net/graph.ts';
import type { StoredPlace } from '../../data/formats/safetensors.ts';
import { torchTensors } from '../state-dict/torch-names.ts';
import { recogniseNet } from './recognise-net.ts';

function fileOf({ name, net, input }: PretrainedModel, classes: number, prefix: string) {
  const tensors = torchTensors(buildGraph(net, input.crop, classes));
  const places = tensors.map(({ name: tensor, shape }): [string, StoredPlace] => {
    return [prefix + tensor, { dtype: 'F32', shape, from: 0, to: 0 }];
  });
  return { name, places: new Map(places) };
}

test.each(PRETRAINED)('a file of $name is told from those of all others, whatever its prefix and classes', (model) => {
  expect(recogniseNet(fileOf(model, 1000, ''))).toBe(model.name);
  expect(recogniseNet(fileOf(model, 7, 'backbone.'))).toBe(model.name);
});

test('a file of no such net is of none', () => {
  expect(recogniseNet({ name: 'none', places: new Map() })).toBe(null);
});
