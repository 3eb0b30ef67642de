import { expect, test } from 'vitest';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { makeNet } from '../../core/net/net.ts';
import { makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { DESIGNS, draftOf, FIRST_DRAFT, netOf, withBlocks, withDesign } from './net-draft.ts';

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

test('the choices of a block are in the net and in its draft', () => {
  const draft = { ...FIRST_DRAFT, choices: { order: 'pre-activation', slope: 0.5 } } as const;
  const net = makeNet('residual', 20, { choices: draft.choices });
  expect(netOf(draft)).toEqual(net);
  expect(draftOf(net)).toEqual(draft);
  // What the paper does is left out.
  expect(netOf({ ...FIRST_DRAFT, choices: { shift: 0 } })).toEqual(makeNet('residual', 20));
});

test('choices that cannot be combined, and numbers out of range, say why', () => {
  expect(netOf({ ...FIRST_DRAFT, family: 'plain', choices: { lastScale: 0 } })).toHaveProperty('problem');
  expect(netOf({ ...FIRST_DRAFT, choices: { slope: Number.NaN } })).toEqual({ problem: 'Enter a number from 0 to 1.' });
});

test('choices with which the branches would stay 0 say why, and a link that has them opens', () => {
  const highway = { lastScale: 0, shortcut: { type: 'highway', bias: -2 } } as const;
  const fixup = { norm: { type: 'none' }, start: { type: 'fixup' }, order: 'relu-before-sum' } as const;
  expect(netOf({ ...FIRST_DRAFT, choices: highway })).toMatchObject({ problem: expect.stringContaining('stay 0') });
  expect(netOf({ ...FIRST_DRAFT, choices: fixup })).toMatchObject({ problem: expect.stringContaining('stay 0') });
  for (const choices of [highway, fixup]) {
    const net = { family: 'residual', depth: 20, choices };
    expect(parseExperiment({ lanes: [{ net }] }).lanes[0]?.net).toMatchObject({ choices });
  }
  // A slope below zero, or a shift above it, lets the gradient through.
  for (const choices of [
    { ...highway, shift: 1 },
    { ...highway, slope: 0.1 },
    { ...fixup, slope: 0.1 },
  ])
    expect(netOf({ ...FIRST_DRAFT, choices })).not.toHaveProperty('problem');
});

test('other spans keep the depth where they can, and else take the nearest', () => {
  expect(withBlocks(FIRST_DRAFT, { choices: { span: 1 } }).depth).toBe(20);
  expect(withBlocks({ ...FIRST_DRAFT, depth: 32 }, { choices: { span: 3 } }).depth).toBe(29);
  expect(withBlocks({ ...FIRST_DRAFT, depth: 8 }, { choices: { span: 3 } }).depth).toBe(11);
});
