import { afterAll, describe, expect, test } from 'vitest';
import { nameLanes } from '../../../core/experiment/experiment.ts';
import type { BlockChoices } from '../../../core/net/choices.ts';
import { makeNet, type NetSpec } from '../../../core/net/net.ts';
import { makeImageNetNet, makeVgg } from '../../../core/net/zoo.ts';
import { en } from '../../../language/en/catalog.ts';
import { speak } from '../../../language/say.ts';
import { zh } from '../../../language/zh/catalog.ts';
import { randomReading, sweepReading } from '../lesions.ts';
import { type FigureClaim, readingParts, stepsOf, whenText } from '../readings.ts';
import { branches } from './branches.ts';
import { correlation } from './correlation.ts';
import { blockFormula, featureReading } from './features.ts';
import { type GradientsResult, gradients } from './gradients.ts';
import { type LandscapeOver, landscapeReading, landscapeSource } from './landscape.ts';
import { type PathsResult, pathFacts, paths } from './paths.ts';
import type { Compared } from './probe.ts';
import { figureText } from './probes.ts';
import { shattering } from './shattering.ts';

const PLAIN = makeNet('plain', 56);
const plain = (readings: readonly FigureClaim[]) =>
  readingParts(readings)
    .map(({ text }) => text)
    .join('');
const ids = (readings: readonly FigureClaim[]) => readings.map(({ id }) => id);
const compared = <Result>(
  name: string,
  now: Result,
  before: Result | null = null,
  spec: NetSpec = PLAIN,
): Compared<Result> => ({ net: { name }, spec, now, before });

afterAll(() => speak('en', en));

describe('T4: the sentence under gradients', () => {
  /** A first layer with this gradient and these weights, and a last convolution with a product of 1. */
  const of = (step: number, norm: number, weight: number): GradientsResult => ({
    name: 'gradients',
    lane: '',
    step,
    layers: [
      { layer: 'stem.conv', block: 0, norm, weight },
      { layer: 'stage1.block1.conv1', block: 1, norm: 1, weight },
      { layer: 'stage3.block9.conv2', block: 27, norm: 1, weight: 1 },
      { layer: 'head.dense', block: 0, norm: 50, weight: 50 },
    ],
    ratio: norm,
    total: 1,
  });
  const begun = of(0, 589, 1);
  const trained = of(20, 0.2, 25);

  test('speaks of gradient × weight first, whose size does not depend on the length of the weights', () => {
    const said = gradients.reading(20, [compared('plain-56', trained, begun)], 'scaled');
    expect(plain(said)).toBe(
      'After 20 steps, gradient × weight at the first layer, compared with the last convolution: 5.0 times in plain-56. Before the first step it was 589 times in plain-56. At step 0 the gradient does not vanish in plain-56: it is far larger toward the input. Since step 0 a layer of the first block has come to have weights 25 times as long in plain-56; where a normalisation follows, long weights hardly turn.',
    );
    expect(gradients.views?.().map(({ value }) => value)).toEqual(['scaled', 'raw']);
    const [panel] = gradients.panels('scaled');
    expect(panel?.points(trained).map(({ value }) => value)).toEqual([5, 25, 1, 2500]);
  });

  test('of a raw norm that has become small says that it has not vanished', () => {
    const said = gradients.reading(20, [compared('plain-56', trained, begun)], 'raw');
    expect(plain(said)).toMatch(/^After 20 steps, the gradient norm at the first layer, .*: 0\.20 times in plain-56\./);
    expect(ids(said).at(-1)).toBe('small-norm-is-not-vanished');
    expect(ids(gradients.reading(20, [compared('plain-56', trained, begun)], 'scaled'))).not.toContain(
      'small-norm-is-not-vanished',
    );
  });

  test('tells no ratio as zero that is none', () => {
    const said = gradients.reading(20, [compared('plain-110', of(20, 0.0031, 1))], 'raw');
    expect(plain(said)).toMatch(/: 0\.0031 times in plain-110\./);
  });

  test('names only nets whose gradient was ten times as large as at the end, before the first step', () => {
    const both = [compared('plain-56', begun), compared('ResNet-56', of(0, 5.3, 1))];
    const said = gradients.reading(0, both, 'scaled');
    expect(ids(said)).toEqual(['gradient-first-to-last', 'gradient-larger-toward-input']);
    expect(said[1]?.lanes).toEqual(['plain-56']);
    // A result of step 20 alone says nothing of the time before training.
    expect(ids(gradients.reading(20, [compared('plain-56', of(20, 589, 1))], 'scaled'))).toEqual([
      'gradient-first-to-last',
    ]);
  });

  test('speaks of long weights only before a normalisation, and from three times on', () => {
    const id = 'weights-lengthened';
    const saidOf = (spec: NetSpec) => ids(gradients.reading(20, [compared('n', trained, begun, spec)], 'raw'));
    for (const spec of [
      makeVgg(16),
      makeNet('plain', 56, { choices: { norm: { type: 'none' } } }),
      makeNet('residual', 56, { choices: { order: 'pre-activation' } }),
    ])
      expect(saidOf(spec)).not.toContain(id);
    expect(saidOf(makeNet('residual', 56, { choices: { norm: { type: 'group', groups: 4 } } }))).toContain(id);
    expect(ids(gradients.reading(20, [compared('a', of(20, 1, 2.9), begun)], 'raw'))).not.toContain(id);
    expect(ids(gradients.reading(20, [compared('a', of(20, 1, 3), begun)], 'raw'))).toContain(id);
  });

  test('says nothing of what is divided by 0', () => {
    const zeroLast = (step: number, { layers, ...rest }: GradientsResult) => ({
      ...rest,
      step,
      layers: layers.map((layer) => (layer.layer === 'stage3.block9.conv2' ? { ...layer, norm: 0 } : layer)),
    });
    const still = compared('ResNet-32, last scale 0', zeroLast(0, begun));
    expect(plain(gradients.reading(0, [still], 'raw'))).toBe('');
    const both = gradients.reading(0, [still, compared('plain-56', begun)], 'scaled');
    expect(both.map(({ lanes }) => lanes)).toEqual([['plain-56'], ['plain-56']]);
    // A layer of weights 0 grows by no factor.
    const zeroFirst = { ...begun, layers: begun.layers.map((layer) => ({ ...layer, weight: 0 })) };
    expect(ids(gradients.reading(20, [compared('n', trained, zeroFirst)], 'raw'))).not.toContain('weights-lengthened');
  });

  test('T4, T13: its source names no single cause, and no trial that the page cannot repeat', () => {
    const { source } = figureText('gradients');
    expect(source).toContain('still debated');
    expect(source).toContain('section 4.1');
    expect(source).not.toMatch(/our trials|not the whole cause/);
  });
});

describe('the sentence under', () => {
  const block = (nth: number, gain: number, ratio: number) => {
    return { block: nth, gain, ratio, branch: 1, input: 1, negative: 0, weight: 1 };
  };
  const branch = (...blocks: readonly (readonly [gain: number, ratio: number])[]) => ({
    name: 'branches' as const,
    lane: '',
    step: 20,
    blocks: blocks.map(([gain, ratio], index) => block(index + 1, gain, ratio)),
  });

  test('T10: branches leaves out plain nets and others that do not pass all their inputs on', () => {
    const cut = [compared('plain-8', branch([0, 9], [0, 9])), compared('cut', branch([1, 1], [0, 1]))];
    const whole = [compared('ResNet-20', branch([1, 0.5], [1, 0.94])), compared('ResNet-32', branch([1, 0.61]))];
    const said = branches.reading(20, [...cut, ...whole], '');
    expect(plain(said)).toBe(
      'After 20 steps, a branch is on average 0.72 times as large as its input in ResNet-20 and 0.61 times as large as its input in ResNet-32. Below 1, a block adds less than it passes on.',
    );
    expect(said[0]?.lanes).toEqual(['ResNet-20', 'ResNet-32']);
    expect(plain(branches.reading(20, [compared('weak', branch([1, 0.0031]))], ''))).toContain('0.0031 times');
    expect(ids(branches.reading(20, [...cut, compared('weak', branch([0.5, 1]))], ''))).toEqual(['no-whole-shortcuts']);
  });

  test('a net that has diverged has no number, and alone no sentence', () => {
    const lost = compared('plain-8', branch([1, Number.NaN]));
    const [both] = branches.reading(20, [lost, compared('ResNet-32', branch([1, 0.61]))], '');
    expect(both?.lanes).toEqual(['ResNet-32']);
    expect(plain(both === undefined ? [] : [both])).not.toMatch(/NaN|plain-8/);
    expect(plain(branches.reading(20, [lost], ''))).toBe('');
  });

  test('T11: branches says whose work the ratio is before training', () => {
    expect(figureText('branches').source).toMatch(/Before training .* batch normalisation \(De and Smith 2020\)/);
  });

  test('T12: a cosine near 0 is no more than it is', () => {
    const now = { name: 'correlation' as const, lane: '', step: 3, pairs: 6, layers: [], mean: -0.02 };
    const said = plain(correlation.reading(3, [compared('plain-8', now)], ''));
    expect(said).toMatch(/−0\.02 in plain-8\. Near 0, the batches pull the weights in unrelated directions\.$/);
    expect(figureText('correlation').source).toContain('Sankararaman et al. 2020');
  });

  test('T14: paths adds no norms up, and shows the norm of the whole gradient', () => {
    const of = (...lengths: readonly (readonly [length: number, count: number, total: number])[]): PathsResult => ({
      name: 'paths',
      lane: '',
      step: 1,
      blocks: 15,
      cut: 0,
      lengths: lengths.map(([length, count, total]) => {
        return { length, count, total, perPath: total / count, followed: count, exact: true };
      }),
      gradient: 0.31,
    });
    const shortcuts = of([0, 1, 3], [1, 2 ** 15 - 2, 3], [15, 1, 0]);
    const nets = [compared('plain-32', of([15, 1, 2])), compared('ResNet-32', shortcuts)];
    expect(plain(paths.reading(1, nets, ''))).toBe(
      'After 1 step, plain-32 has one path, through all 15 branches. The whole gradient has norm 0.31. After 1 step, ResNet-32 has 32,768 paths, on average 1.0 branches long; weighted by count × mean norm, 0.5. The whole gradient has norm 0.31.',
    );
    expect(figureText('paths').source).toMatch(/count × mean norm .* Norms do not add up/);

    const beside = (family: 'plain' | 'residual') => makeNet(family, 32, { choices: { rep: true } });
    const several = [
      compared('plain-32 beside', of([15, 1, 2]), null, beside('plain')),
      compared('ResNet-32 beside', shortcuts, null, beside('residual')),
    ];
    const said = paths.reading(1, several, '');
    expect(ids(said)).toEqual(['no-shortcut-around', 'many-paths', 'ways-beside-layers']);
    expect(plain(said)).not.toContain('one path');
    expect(plain(said)).toMatch(
      /The ways through the RepVGG branches beside each layer of plain-32 beside and ResNet-32 beside are counted as one\.$/,
    );

    const joined = { ...of([0, 1, 1]), blocks: 0 };
    expect(plain(paths.reading(1, [compared('ResNet-20, dense 4', joined)], ''))).toBe(
      'ResNet-20, dense 4 has no blocks that end in a sum, so no paths are counted there.',
    );
    expect([paths.fits(joined), paths.rows(joined), paths.fits(shortcuts)]).toEqual([false, [], true]);
    const lost = { ...of([15, 1, Number.NaN]), gradient: Number.NaN };
    expect(plain(paths.reading(1, [compared('plain-32', lost)], ''))).toBe('');
  });

  test('T15: lesions says what differs from Veit et al., and of a twin only where there is one', () => {
    const { source } = figureText('lesions');
    expect(source).toMatch(/Theirs: test error .* VGG without normalisation\. Here: .* training images/);
    expect(figureText('lesions', 5582).source).toContain('the same 1,000 training images');
    expect(figureText('lesions', 192).source).toContain('the same 192 training images');
    expect(figureText('landscape', 192).source).toContain('on 192 training images');
    const found = (specs: readonly NetSpec[]) =>
      nameLanes(specs).map((lane) => ({ lane, now: { step: 5, before: 50, errors: [{ block: 1, error: 53.3 }] } }));
    const twins = sweepReading(5, 'branch', found([makeNet('plain', 20), makeNet('residual', 20)]), { surgery: [] });
    expect(plain(twins)).toBe(
      'After 5 steps, deleting one branch raises the error on average by 3.3 points in plain-20 and 3.3 points in ResNet-20. Here plain-20 is the twin of ResNet-20: equal in all but its shortcuts.',
    );
    expect(
      ids(sweepReading(5, 'branch', found([makeNet('plain', 20), makeNet('residual', 32)]), { surgery: [] })),
    ).toEqual(['lesion-damage']);
    expect(plain(sweepReading(5, 'swap', found([makeNet('residual', 20)]), { surgery: [] }))).toBe(
      'After 5 steps, swapping two blocks raises the error on average by 3.3 points in ResNet-20.',
    );
    const wider = [makeNet('plain', 20), makeNet('residual', 20, { width: 16 })];
    expect(ids(sweepReading(5, 'branch', found(wider), { surgery: [] }))).toEqual(['lesion-damage']);
    // With its shortcuts switched on, the plain net is no twin any more; with a plan for that it still is.
    const mended = Array.from({ length: 9 }, (_, at) => ({ step: 3, lane: 'plain-20', block: at + 1, gain: 1 }));
    const both = found([makeNet('plain', 20), makeNet('residual', 20)]);
    expect(ids(sweepReading(5, 'branch', both, { surgery: mended }))).toEqual(['lesion-damage']);
    const planned = mended.map((change) => ({ ...change, step: 6 }));
    expect(ids(sweepReading(5, 'branch', both, { surgery: planned }))).toEqual(['lesion-damage', 'plain-is-twin']);
  });

  test('several lesions at once are told of the nets that have a place for them, and of the others that they have none', () => {
    const lanes = nameLanes([makeNet('plain', 20), makeNet('residual', 20)]);
    const curve = [1, 2].map((count) => ({ count, errors: [60, 70 + 2 * count] }));
    const found = (whole: boolean) =>
      lanes.map((lane) => ({
        lane,
        whole,
        now: { step: 5, before: 50, curve: lane.net.family === 'plain' ? [] : curve },
      }));
    expect(plain(randomReading(5, found(true)))).toBe(
      'After 5 steps, the error with 2 lesions at once is 67.0% in ResNet-20. plain-20 has no place for this lesion.',
    );
    expect(plain(randomReading(5, found(true).slice(0, 1)))).toBe('plain-20 has no place for this lesion.');
    expect(randomReading(5, found(false))).toEqual([]);
    expect(randomReading(5, [])).toEqual([]);
  });

  test('T16: a landscape is steep, not rough; batch statistics; where chaos was seen', () => {
    const found = [
      { lane: 'plain-32', losses: Float32Array.of(1, 1.21, Number.NaN) },
      { lane: 'ResNet-32', losses: Float32Array.of(0.1, 2.34) },
    ];
    expect(plain(landscapeReading(20, 'plane', found))).toMatch(
      /^After 20 steps, the highest loss shown is 1\.21 times the lowest in plain-32 and 23 times the lowest in ResNet-32\. That tells how steep it is, not how rough\./,
    );
    const claimed = (over: LandscapeOver) => ids(landscapeReading(20, over, found));
    expect([claimed('plane'), claimed('line')]).toEqual([['loss-range', 'one-scale'], ['loss-range']]);
    expect(landscapeSource('plane', [], 5582)).toMatch(
      /two random directions.* 250 training images with batch statistics/,
    );
    expect(landscapeSource('line', [], 5582)).toMatch(/a random direction.* chaos only from about 56 layers/);
    const path = landscapeSource('path', [{ lane: 'ResNet-8', explained: [0.7, 0.21] }], 5582);
    expect(path).toMatch(/91% in ResNet-8 of its variance; a high share is normal even for random walks/);
    expect(landscapeSource('path', [{ lane: 'ResNet-8', explained: null }], 5582)).not.toContain('variance');
  });

  test('T24: nearby gradients names what differs from Balduzzi et al., and where half the similarity is lost', () => {
    const of = (autocorrelation: readonly number[]) => {
      return { name: 'shattering' as const, lane: '', step: 3, positions: [], derivatives: [], autocorrelation };
    };
    const nets = [compared('plain-8', of([1, 0.6, 0.4, 0.7])), compared('ResNet-8', of([1, 0.9]))];
    expect(plain(shattering.reading(3, nets, ''))).toBe(
      'After 3 steps, the gradient along the line has dropped to half its similarity after 2 of 256 points in plain-8 and more points than are shown in ResNet-8.',
    );
    const lost = compared('plain-20', of([Number.NaN, Number.NaN]));
    expect(plain(shattering.reading(3, [lost, ...nets], ''))).toBe(plain(shattering.reading(3, nets, '')));
    expect(figureText('shattering').source).toMatch(/^As in Balduzzi .* along lines between two images, .* held/);
  });

  test('feature maps knows the gain', () => {
    const said = (gain: number, choices?: BlockChoices) =>
      plain([featureReading('n', makeNet('residual', 8, { choices }), gain)]);
    expect(said(0)).toContain('relu(F(x))');
    expect(said(0.5)).toContain('F(x) + 0.5 · x');
    expect(said(1)).toContain('unchanged');
    expect(said(1, { order: 'pre-activation' })).toContain('y = F(x) + x.');
    expect(said(1, { order: 'norm-after-sum' })).toContain('y = relu(norm(F(x) + x)).');
    expect(said(0, { order: 'norm-after-sum', slope: 0.5 })).toContain('y = leakyrelu(norm(F(x))).');
    expect(said(1, { slope: 0.5 })).toContain('y = leakyrelu(F(x) + x).');
    const gated = said(1, { shortcut: { type: 'highway', bias: -2 } });
    expect(gated).toContain('(1 − T) · x.');
    expect(gated).toMatch(/The gate T mixes/);
    expect(gated).not.toMatch(/unchanged|difference/);
    for (const choices of [{ shortcut: { type: 'dropout', rate: 0.5 } }, { order: 'norm-after-sum' }] as const) {
      expect(said(1, choices)).toMatch(/F\(x\) \+ x\)*\. .* passes the rest on\./);
    }
    const projected = plain([featureReading('n', makeNet('residual', 8, { option: 'C' }), 1)]);
    expect(projected).toMatch(/^y = relu\(F\(x\) \+ S\(x\)\)\. The shortcut passes on S\(x\), a 1×1 convolution/);
  });

  test('feature maps says that nothing passes a branch by only where that is so', () => {
    const said = (choices?: BlockChoices) => plain([featureReading('n', makeNet('plain', 8, { choices }), 0)]);
    expect(said()).toMatch(/^y = relu\(F\(x\)\)\. Without a shortcut/);
    expect(said({ rep: true })).toBe('y = relu(F(x))');
  });

  test('feature maps joins its pictures as the block does, by its gain', () => {
    const between = (gain: number) => blockFormula(makeNet('residual', 8), gain).between;
    expect([0, 0.5, 1].map(between)).toEqual(['→', '× 0.5 +', '+']);
    const gated = makeNet('residual', 8, { choices: { shortcut: { type: 'highway', bias: -2 } } });
    expect([0, 0.5, 1].map((gain) => blockFormula(gated, gain).between)).toEqual(['→', ',', ',']);
  });

  test('branches compares with the input only where the input is passed on as it is', () => {
    const whole = branch([1, 0.5]);
    const nets = [
      makeNet('residual', 8, { choices: { shortcut: { type: 'highway', bias: -2 } } }),
      makeNet('residual', 8, { choices: { shortcut: { type: 'dropout', rate: 0.5 } } }),
      makeNet('residual', 8, { option: 'C' }),
      makeImageNetNet('residual', 18, { option: 'C' }),
    ].map((spec, nth) => compared(`${nth}`, whole, null, spec));
    expect(ids(branches.reading(20, nets, ''))).toEqual(['no-whole-shortcuts']);
    const [said] = branches.reading(20, [...nets, compared('ResNet-8', whole, null, makeNet('residual', 8))], '');
    expect(said?.lanes).toEqual(['ResNet-8']);
    expect(plain(branches.reading(20, nets.slice(0, 1), ''))).toMatch(/^0 does not pass the input of every block on/);
    expect(plain(branches.reading(20, nets.slice(2), ''))).toMatch(/^2 and 3 do not pass the input of every block on/);
  });

  test('branches says of nets without sums that there is no ratio, and not that they change their input', () => {
    const dense = compared('dense', branch());
    expect(plain(branches.reading(20, [dense], ''))).toBe(
      'dense has no blocks that end in a sum, so there is no ratio to measure there.',
    );
    expect(ids(branches.reading(20, [dense, compared('plain-8', branch([0, 1]))], ''))).toEqual([
      'no-whole-shortcuts',
      'no-sums',
    ]);
    const whole = compared('ResNet-8', branch([1, 0.5]));
    expect(ids(branches.reading(20, [dense, whole], ''))).toEqual(['branch-to-input', 'no-sums']);
  });

  test('nets that were measured at different steps are told with both', () => {
    const measured = [100, 160].map((step) => ({ now: { step } }));
    expect(whenText(stepsOf(measured))).toBe('After 100 to 160 steps');
    expect(whenText(stepsOf(measured.slice(1)))).toBe('After 160 steps');
  });

  test('has in Chinese its own joiner, no spaces between sentences, and numbers in the nets’ colours', () => {
    speak('zh', zh);
    const nets = ['ResNet-8', 'ResNet-20', 'ResNet-32'].map((name) => compared(name, branch([1, 0.5])));
    const parts = readingParts(branches.reading(20, nets, ''));
    expect(parts.map(({ text }) => text).join('')).toBe(
      '训练 20 步之后，残差分支与其输入相比，平均为：ResNet-8 为 0.50 倍、ResNet-20 为 0.50 倍和 ResNet-32 为 0.50 倍。小于 1 时，块加上的比它传下去的少。',
    );
    expect(parts.filter(({ lane }) => lane === 'ResNet-20')).toEqual([{ text: '0.50 倍', lane: 'ResNet-20' }]);
  });
});

test('paths are averaged by number and by what they carry', () => {
  const lengths = [
    { length: 0, count: 1, total: 6 },
    { length: 1, count: 2, total: 3 },
    { length: 2, count: 1, total: 1 },
  ];
  expect(pathFacts(lengths)).toEqual({ count: 4, length: 1, carried: 0.5 });
});
