import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { matchNames } from './match-names.ts';
import { torchTensors } from './torch-names.ts';

const wanted = torchTensors(buildGraph(makeImageNetNet('residual', 18, { width: 2, form: 'pytorch' }), 64, 5));
const names = wanted.map(({ name }) => name);
type Entry = readonly [name: string, { readonly shape: readonly number[] }];
const own: readonly Entry[] = wanted.map(({ name, shape }) => [name, { shape }]);
const renamed = (rename: (name: string) => string): readonly Entry[] =>
  own.map(([name, stored]) => [rename(name), stored]);
const counter = (name: string): Entry => [name, { shape: [] }];
const match = (entries: readonly Entry[]) => matchNames(wanted, new Map(entries));

/** The name that transformers' ResNet has for a tensor of torchvision's. */
function inTransformers(name: string): string {
  return name
    .replace(/^fc\./, 'classifier.1.')
    .replace(/^conv1\./, 'resnet.embedder.embedder.convolution.')
    .replace(/^bn1\./, 'resnet.embedder.embedder.normalization.')
    .replace(/\.conv(\d)\./, (_, nth: string) => `.layer.${Number(nth) - 1}.convolution.`)
    .replace(/\.bn(\d)\./, (_, nth: string) => `.layer.${Number(nth) - 1}.normalization.`)
    .replace('.downsample.0.', '.shortcut.convolution.')
    .replace('.downsample.1.', '.shortcut.normalization.')
    .replace(/^layer(\d)\.(\d+)\./, (_, stage: string, block: string) => {
      return `resnet.encoder.stages.${Number(stage) - 1}.layers.${block}.`;
    });
}

describe('names are matched to the net’s', () => {
  test.each([
    '',
    '_orig_mod.',
    'module.',
    'model.',
    'backbone.',
    'net.',
    'encoder.',
    'model_ema.',
    'ema_model.module.',
    'module._orig_mod.model.backbone.',
    '_orig_mod.module.',
    'student.trunk.0.',
  ])('behind "%s"', (prefix) => {
    const { found, extra, names: told } = match(renamed((name) => prefix + name));
    expect([...found].map(([name, each]) => [name, each.name]).toSorted()).toEqual(
      names.map((name) => [name, prefix + name]).toSorted(),
    );
    expect(extra).toEqual([]);
    expect(told).toEqual({ stripped: prefix === '' ? [] : [prefix], head: null, leftOut: 0 });
  });

  test('with wrappers between their parts', () => {
    const rename = (name: string) => name.replace(/^(layer\d)\./, '$1.module.').replace(/(conv2)/, '_orig_mod.$1');
    const { found, names: told } = match(renamed(rename));
    expect(found.size).toBe(names.length);
    expect([...told.stripped].toSorted()).toEqual(['_orig_mod.', 'module.']);
  });

  test('beside the counters of norms and averages', () => {
    const beside = [counter('n_averaged'), counter('module.bn1.num_batches_tracked')];
    const { extra, names: told } = match([...renamed((name) => `module.${name}`), ...beside]);
    expect([extra, told.leftOut]).toEqual([[], 0]);
  });

  test('as trained, where the file has an average of them too', () => {
    const both = ['ema.', 'net.'].flatMap((prefix) => renamed((name) => prefix + name));
    expect(match(both).names).toEqual({ stripped: ['net.'], head: null, leftOut: names.length });
    const bare = ['ema.module.', ''].flatMap((prefix) => renamed((name) => prefix + name));
    expect(match(bare)).toMatchObject({ extra: [], names: { stripped: [], leftOut: names.length } });
  });

  test('without what lies outside: criteria, projections', () => {
    const more: readonly Entry[] = [
      ['criterion.weight', { shape: [5] }],
      ['projector.0.weight', { shape: [16, 16] }],
    ];
    expect(match([...renamed((name) => `backbone.${name}`), ...more])).toMatchObject({
      extra: [],
      names: { stripped: ['backbone.'], leftOut: 2 },
    });
  });

  test('but a tensor within the net that it has not is told, and so is one beside torchvision’s own names', () => {
    const se: Entry = ['model.layer1.0.se.fc.weight', { shape: [4, 4] }];
    expect(match([...renamed((name) => `model.${name}`), se]).extra).toEqual(['model.layer1.0.se.fc.weight']);
    expect(match([...own, ['layer5.0.conv1.weight', { shape: [1] }]]).extra).toEqual(['layer5.0.conv1.weight']);
  });

  test('with the last layer under another name and of another size', () => {
    for (const head of ['head.', 'backbone.fc.1.', 'classifier.']) {
      const entries = renamed((name) => (name.startsWith('fc.') ? name.replace('fc.', head) : `backbone.${name}`));
      const sized = entries.map(([name, { shape }]): Entry => {
        return [name, { shape: name.startsWith(head) ? [11, ...shape.slice(1)] : shape }];
      });
      const { found, extra, classes, names: told } = match(sized);
      expect([extra, told.head, found.get('fc.bias')?.name]).toEqual([[], `${head}weight`, `${head}bias`]);
      expect(classes).toBe(11);
    }
  });

  test('with the last layer of GoogLeNet under another name, beside its auxiliary heads', () => {
    const googLeNet = torchTensors(buildGraph(makeGoogLeNet({ width: 2, form: 'pytorch' }), 64, 5));
    const fine = googLeNet.map(({ name, shape }): Entry => [name.replace(/^fc\./, 'fc.1.'), { shape }]);
    const heads = fine.flatMap(([name, { shape }]): readonly Entry[] =>
      name.startsWith('fc.1.') ? [1, 2].map((nth) => [name.replace('fc.1.', `aux${nth}.fc2.`), { shape }]) : [],
    );
    expect(matchNames(googLeNet, new Map([...fine, ...heads]))).toMatchObject({
      extra: [],
      names: { stripped: [], head: 'fc.1.weight', leftOut: 0 },
    });
  });

  test.each([18, 50] as const)('as transformers names those of ResNet-%i', (depth) => {
    const resNet = torchTensors(buildGraph(makeImageNetNet('residual', depth, { width: 2, form: 'pytorch' }), 64, 5));
    const theirs = new Map(resNet.map(({ name, shape }) => [inTransformers(name), { shape }]));
    expect(theirs.has('resnet.encoder.stages.3.layers.1.layer.1.normalization.running_var')).toBe(true);
    expect(theirs.has('resnet.encoder.stages.1.layers.0.shortcut.convolution.weight')).toBe(true);
    const { found, extra, names: told } = matchNames(resNet, theirs);
    expect([...found].map(([name, each]) => [name, each.name]).toSorted()).toEqual(
      resNet.map(({ name }) => [name, inTransformers(name)]).toSorted(),
    );
    expect(extra).toEqual([]);
    expect(told).toEqual({ stripped: [], head: 'classifier.1.weight', leftOut: 0 });
  });

  test('not where two could be the last layer, or where there is another net', () => {
    const two = renamed((name) => name.replace(/^fc\./, 'head.')).flatMap(([name, stored]): readonly Entry[] =>
      name.startsWith('head.')
        ? [
            [name, stored],
            [name.replace('head.', 'aux_head.'), stored],
          ]
        : [[name, stored]],
    );
    expect(match(two).found.has('fc.weight')).toBe(false);
    const vgg = torchTensors(buildGraph(makeVgg(16, { width: 2 }), 64, 5));
    const other = new Map(vgg.map(({ name, shape }) => [name, { shape }]));
    expect(matchNames(wanted, other).found.size).toBe(0);
  });
});

test('however many names there are and however long, matching them takes no time', () => {
  const many = Array.from({ length: 50_000 }, (_, nth): Entry => counter(`a.conv1.weight.${nth}`));
  const long = `${'a.'.repeat(1_000_000)}conv1.weight`;
  expect(match([...many, counter(long)]).extra.length).toBe(0);
});
