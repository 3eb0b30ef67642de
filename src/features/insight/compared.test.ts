import { describe, expect, test } from 'vitest';
import { nameLanes } from '../../core/experiment/experiment.ts';
import { makeNet } from '../../core/net/net.ts';
import { makeVgg } from '../../core/net/zoo.ts';
import { blockToOpen, lanesToCompare } from './compared.ts';

const LANES = nameLanes([makeNet('plain', 8), makeNet('plain', 20), makeNet('residual', 20), makeNet('residual', 8)]);
const names = (chosen: readonly string[] | null) => lanesToCompare(LANES, chosen).map(({ name }) => name);

describe('the lanes that are compared', () => {
  test('are the deepest of each family', () => expect(names(null)).toEqual(['plain-20', 'ResNet-20']));
  test('are those that were chosen, in the order of the race', () =>
    expect(names(['ResNet-8', 'plain-8'])).toEqual(['plain-8', 'ResNet-8']));
  test('are the deepest again when those are gone', () => expect(names(['x'])).toEqual(['plain-20', 'ResNet-20']));
  test('are none where there are none', () => expect(lanesToCompare([], null)).toEqual([]));
});

describe('the block', () => {
  test('is the middle one of the deepest residual net', () =>
    expect(blockToOpen(LANES, null)).toMatchObject({ lane: { name: 'ResNet-20' }, block: 5 }));
  test('is that which was chosen', () =>
    expect(blockToOpen(LANES, { lane: 'plain-8', block: 3 })).toMatchObject({ lane: { name: 'plain-8' }, block: 3 }));
  test('is within its net', () =>
    expect(blockToOpen(LANES, { lane: 'plain-8', block: 9 })).toMatchObject({ block: 3 }));
  test('is of a net that has blocks', () => {
    const lanes = nameLanes([makeVgg(19), makeNet('plain', 8)]);
    expect(blockToOpen(lanes, { lane: 'VGG-19', block: 1 })).toMatchObject({ lane: { name: 'plain-8' }, block: 2 });
    expect(blockToOpen(nameLanes([makeVgg(19)]), null)).toBeNull();
  });
  test('is none without nets', () => expect(blockToOpen([], null)).toBeNull());
});
