import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { en } from './en/catalog.ts';
import { zh } from './zh/catalog.ts';

/**
 * Sentences that were once false or said too much, each with what it must say now, in both languages. Sentences whose truth
 * depends on a race are claims (`features/race/story`), tested there.
 */
const SAYS: readonly (readonly [row: string, english: string, chinese: string, words: readonly RegExp[]])[] = [
  [
    'T6: only some results are the authors’ own',
    en.zoo.resultsTenCrop,
    zh.zoo.resultsTenCrop,
    [/results it cites/, /引用/],
  ],
  ['T8: AlexNet is not in the comparison', en.zoo.about, zh.zoo.about, [/and AlexNet/, /AlexNet/]],
  ['T9: where a cost stands in the paper', en.zoo.costsSource, zh.zoo.costsSource, [/VGG-16 in section 4\.1/, /4\.1/]],
  ['T17: training error lags', en.race.wrongHint, zh.race.wrongHint, [/it lags/, /滞后/]],
  ['T18: three nets, one kind each', en.setup.optionsSetup, zh.setup.optionsSetup, [/One net of 20 layers/, /20 层/]],
  ['T20: the paper’s two GPUs', en.setup.paperDiffers, zh.setup.paperDiffers, [/two GPUs/, /两块 GPU/]],
  ['T21: it had been reported before', en.page.helpPaper, zh.page.helpPaper, [/reported before/, /此前/]],
  [
    'T22: the argument by construction',
    en.setup.degradationNote,
    zh.setup.degradationNote,
    [/copy the shallow one/, /浅层网络/],
  ],
  [
    'T22: training error is not overfitting',
    en.setup.degradationNote,
    zh.setup.degradationNote,
    [/is not overfitting/, /不是过拟合/],
  ],
  [
    'of cures, only the nets that were raced are told of',
    en.cures.notFound,
    zh.cures.notFound,
    [/none of the nets here/, /^这里深度和宽度相同/],
  ],
  ['a cure is no answer to a question that may not be there', en.cures.found, zh.cures.found, [/^<l>/, /^<l>/]],
  [
    'a shortcut is added to what the branch gives, not to each layer’s output',
    en.design.shortcutAddAbout,
    zh.design.shortcutAddAbout,
    [/what its layers give/, /残差分支的输出/],
  ],
  [
    'the strength multiplies the input, not the branch',
    en.design.shortcutAddAbout,
    zh.design.shortcutAddAbout,
    [/^The block’s input, times a strength/, /^块的输入乘以可调的强度/],
  ],
  [
    'of what else cures it, fourteen nets are trained, not one',
    en.cures.caveat,
    zh.cures.caveat,
    [/^Small nets/, /同一种大小/],
  ],
  [
    'a band of seeds is of their errors, not of their numbers',
    en.runs.band,
    zh.runs.band,
    [/lowest error/, /最低的错误率/],
  ],
  [
    'a learned scale multiplies the branch',
    en.design.shortcutScalarAbout,
    zh.design.shortcutScalarAbout,
    [/The branch is/, /^残差分支的输出/],
  ],
  [
    'the argument for the residual block is in 3.1, its equation in 3.2',
    en.paper.figure2Says,
    zh.paper.figure2Says,
    [/sections 3\.1 and 3\.2/, /第 3\.1 与 3\.2 节/],
  ],
  [
    'a shortcut with zeros keeps every pixel where its block does',
    en.slowMotion.padOp,
    zh.slowMotion.padOp,
    [/^zeros for new channels$/, /^新通道补零$/],
  ],
  [
    'of a number that may lie below 0 it is said from where on it does what it is there for',
    en.design.shiftMovedAbout,
    zh.design.shiftMovedAbout,
    [/A number above 0 moves them to where ReLU is linear/, /大于 0 时/],
  ],
  [
    'a slope of 0.01 is not nearly linear',
    en.design.slopeLeakyAbout,
    zh.design.slopeLeakyAbout,
    [/the nearer it is to 1, the more linear/, /越接近 1，越接近线性/],
  ],
  [
    'a slope, or a learned scale, can make what a branch adds negative',
    en.design.orderReluBeforeAbout,
    zh.design.orderReluBeforeAbout,
    [/^With a flat ReLU and no learned scale/, /负半边为平、又没有可学习的系数时/],
  ],
  [
    'a sloped ReLU sets nothing to 0',
    en.design.shiftZeroAbout,
    zh.design.shiftZeroAbout,
    [/^About half .* flat ReLU/, /约有一半.*负半边为平/],
  ],
  [
    'orthogonal filters of 3×3 keep lengths on average only',
    en.design.startOrthogonalAbout,
    zh.design.startOrthogonalAbout,
    [/lengths on average/, /平均而言/],
  ],
  [
    'a branch of scale 0 gives its shift, and may be concatenated',
    en.design.lastScaleZeroAbout,
    zh.design.lastScaleZeroAbout,
    [/where that is 0 and the shortcut is added/, /偏移为 0 且.*相加/],
  ],
  [
    'with pre-activation a projection or dropout still changes what a shortcut carries',
    en.design.orderPreAbout,
    zh.design.orderPreAbout,
    [/hands its sum on as it is/, /和原样传给下一块/],
  ],
  [
    'without normalisation a gate, or a learned scale of 0, keeps the signal from growing',
    en.design.normNoneAbout,
    zh.design.normNoneAbout,
    [/usually grows/, /通常会逐块增大/],
  ],
  ['T23: projections are not essential', en.zoo.optionsReading, zh.zoo.optionsReading, [/not essential/, /投影/]],
];

describe('is said in both languages:', () => {
  test.each(SAYS)('%s', (_, english, chinese, [inEnglish, inChinese]) => {
    expect(english).toMatch(inEnglish ?? /^$/);
    expect(chinese).toMatch(inChinese ?? /^$/);
  });
});

/** All texts of a catalog. */
function textsOf(catalog: object): readonly string[] {
  return Object.values(catalog).flatMap((each: unknown) => {
    if (typeof each === 'string') return [each];
    return typeof each === 'object' && each !== null ? textsOf(each) : [];
  });
}

test('T2, T3: the paper’s gap after full training is never said to be small at all depths', () => {
  const claims = (catalog: object, gap: RegExp) => textsOf(catalog).filter((text) => gap.test(text));
  for (const claim of claims(en, /full(y|) train[^.]*(few points|smaller)/i)) expect(claim).toMatch(/plain-110/);
  for (const claim of claims(zh, /完整训练[^。]*(几个百分点|小得多)/)) expect(claim).toMatch(/plain-110/);
  expect(claims(en, /few points behind/).length).toBeGreaterThan(1);
  expect(claims(zh, /完整训练[^。]*(几个百分点|小得多)/).length).toBeGreaterThan(1);
});

test('what ResNet-110 reaches in the paper is said to be its error on test images', () => {
  const told = (catalog: object) => textsOf(catalog).filter((text) => text.includes('6.43'));
  for (const text of told(en)) expect(text).toMatch(/test error|test worse/);
  for (const text of told(zh)) expect(text).toMatch(/测试/);
  expect(told(en)).toHaveLength(told(zh).length);
});

test('T5: the README claims no more than the page does', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');
  expect(readme).not.toMatch(/every number on the page was measured|net fail/i);
  expect(readme).not.toMatch(/the cause is not vanishing gradients/i);
});
