import { expect, test } from 'vitest';
import { makeNet } from '../../core/net/net.ts';
import { makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { DESIGNS, FIRST_DRAFT, netOf, withDesign } from './net-draft.ts';

test('the first draft is the net that it always was', () => {
  expect(netOf(FIRST_DRAFT)).toEqual(makeNet('residual', 20));
});

test('every design makes a net at once, and back again', () => {
  for (const design of DESIGNS) {
    expect(netOf(withDesign(FIRST_DRAFT, design))).not.toHaveProperty('problem');
    for (const next of DESIGNS) {
      expect(netOf(withDesign(withDesign(FIRST_DRAFT, design), next))).not.toHaveProperty('problem');
    }
  }
});

test('what is chosen is what is made', () => {
  expect(netOf({ ...withDesign(FIRST_DRAFT, 'imagenet'), depth: 50, option: 'B', form: 'pytorch' })).toEqual(
    makeImageNetNet('residual', 50, { width: 8, form: 'pytorch' }),
  );
  expect(netOf({ ...withDesign(FIRST_DRAFT, 'vgg'), norm: true })).toEqual(makeVgg(19, { width: 8, norm: true }));
  expect(netOf({ ...withDesign(FIRST_DRAFT, 'googlenet'), width: 16 })).toEqual(makeGoogLeNet({ width: 16 }));
});

test('what cannot be built says why', () => {
  expect(netOf({ ...FIRST_DRAFT, depth: 21 })).toEqual({
    problem: '21 is not 6n + 2; the nearest that is, up to 1202: 20 or 26',
  });
  expect(netOf({ ...withDesign(FIRST_DRAFT, 'vgg'), width: 0.5 })).toEqual({
    problem: 'Enter a whole number from 1 to 256.',
  });
});
