import { expect, test } from 'vitest';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import { followedAddress } from './address.ts';
import { readLink, writeLink } from './link.ts';

const PAGE = new URL('https://example.org/toy/?backend=wasm&hide=lab');
const { tiny, twins } = PRESETS;
const own = { ...twins, recipe: { ...twins.recipe, seed: 7 } };

test('a copied experiment gives way to the preset that is chosen then', () => {
  const address = followedAddress(writeLink(PAGE, own), parseExperiment(tiny), 'tiny');
  expect(address.href).toBe('https://example.org/toy/?backend=wasm&hide=lab&preset=tiny');
});

test('the name of a preset gives way to that of another', () => {
  const page = new URL('https://example.org/?preset=twins');
  expect(followedAddress(page, parseExperiment(tiny), 'tiny').href).toBe('https://example.org/?preset=tiny');
});

test('an address that held an experiment holds the one that the page shows now', () => {
  const cut = { ...own, surgery: [{ step: 3, lane: 'ResNet-20', block: 2, gain: 0 }] };
  const address = followedAddress(writeLink(PAGE, own), cut, 'twins');
  expect(readLink(address)).toEqual({ experiment: cut, backend: 'wasm' });
});

test('an address that held none gets none', () => {
  expect(followedAddress(PAGE, tiny, 'tiny')).toBe(PAGE);
  expect(followedAddress(PAGE, own, 'twins')).toBe(PAGE);
});
