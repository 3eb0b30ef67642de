import { describe, expect, onTestFinished, test } from 'vitest';
import { en } from '../../../language/en/catalog.ts';
import { speak } from '../../../language/say.ts';
import { zh } from '../../../language/zh/catalog.ts';
import { type InquiryResult, type Measurement, NOT_MEASURED } from '../inquiry.ts';
import type { FeaturesResult } from '../probes/features.ts';
import type { GradientsResult } from '../probes/gradients.ts';
import type { LandscapeResult } from '../probes/landscape.ts';
import type { ProbeName } from '../probes/probes.ts';
import { recordsOf } from './figure-records.ts';

const gradients = (lane: string, step: number, norm: number): GradientsResult => {
  return {
    name: 'gradients',
    lane,
    step,
    layers: [{ layer: 'stem.conv', block: 0, norm, weight: 3 }],
    ratio: 1,
    total: 1,
  };
};
const answer = (now: Measurement['now']): Measurement => ({ ...NOT_MEASURED, now });

const facts = { lane: 'n', step: 1 } as const;
const found = { ...facts, before: { batch: 40 } } as const;
const map = { shape: [1, 2, 2], values: Float32Array.of(1, 2, 3, 4) } as const;
const filters = { shape: [1, 1, 3, 2], values: Float32Array.of(1, 2, 3, 4, 5, 6) } as const;
const losses = Float32Array.of(1, 2, 3, 4);
const features: FeaturesResult = {
  ...facts,
  ...{ name: 'features', image: 0, block: 1, gain: 1, largest: 4 },
  ...{ input: map, branch: map, output: map, filters },
};
const landscape: LandscapeResult = {
  ...facts,
  ...{ name: 'landscape', over: 'plane', x: [-1, 1], y: [-2, 2] },
  ...{ losses, errors: losses, done: 4, of: 4, path: [], explained: null },
};

/** A result of each kind with at least one row. */
const SAMPLES: Readonly<Record<ProbeName | 'sweep' | 'random', InquiryResult>> = {
  gradients: gradients('n', 1, 2),
  responses: {
    ...facts,
    name: 'responses',
    layers: [{ layer: 'stem.conv', block: 0, kernel: 3, deviation: 1 }],
    sorted: [1],
  },
  branches: {
    ...facts,
    name: 'branches',
    blocks: [{ block: 1, gain: 1, ratio: 1, branch: 1, input: 1, negative: 0.5, weight: 1 }],
  },
  correlation: {
    ...facts,
    name: 'correlation',
    pairs: 1,
    layers: [{ layer: 'stem.conv', block: 0, cosine: 1 }],
    mean: 1,
  },
  shattering: { ...facts, name: 'shattering', positions: [0], derivatives: [[1]], autocorrelation: [1] },
  paths: {
    ...facts,
    name: 'paths',
    blocks: 1,
    cut: 1,
    lengths: [{ length: 1, count: 1, perPath: 1, total: 1, followed: 1, exact: true }],
    gradient: 1,
  },
  features,
  landscape,
  sweep: {
    ...found,
    study: 'sweep',
    kind: 'branch',
    bars: [{ lesion: { kind: 'branch', block: 1 }, errors: { batch: 50 } }],
    of: 1,
  },
  random: {
    ...found,
    study: 'random',
    kind: 'branch',
    curve: [{ count: 1, trials: [{ lesions: [{ kind: 'branch', block: 1 }], errors: { batch: 50 } }] }],
    of: 1,
  },
};

describe('the data of a figure', () => {
  test('has every result with its net and step', () => {
    const { heads, rows } = recordsOf([
      answer(gradients('plain-8', 0, 2)),
      answer(gradients('plain-8', 40, 0.5)),
      answer(gradients('ResNet-8', 0, 1)),
      NOT_MEASURED,
    ]);
    expect(heads).toEqual(['net', 'step', 'layer', 'block', 'gradient norm', 'weight norm', 'gradient × weight']);
    expect(rows).toEqual([
      ['plain-8', 0, 'stem.conv', 0, 2, 3, 6],
      ['plain-8', 40, 'stem.conv', 0, 0.5, 3, 1.5],
      ['ResNet-8', 0, 'stem.conv', 0, 1, 3, 3],
    ]);
  });

  test('has a head for each cell, and is the same on a Chinese page', () => {
    onTestFinished(() => speak('en', en));
    for (const result of Object.values(SAMPLES)) {
      speak('en', en);
      const records = recordsOf([answer(result)]);
      expect(records.rows[0]).toHaveLength(records.heads.length);
      speak('zh', zh);
      expect(recordsOf([answer(result)])).toEqual(records);
    }
  });

  test('has each pixel of each channel in its place', () => {
    const { rows } = recordsOf([answer(features)]);
    const of = (name: string) => rows.filter((row) => row[4] === name).map((row) => row.slice(5));
    expect(of('F(x)')).toEqual([
      [1, 0, 0, 1],
      [2, 0, 0, 2],
      [1, 0, 1, 3],
      [2, 0, 1, 4],
    ]);
    expect(of('filter G')).toEqual([
      [1, 0, 0, 3],
      [2, 0, 0, 4],
    ]);
  });

  test('has each trial of several lesions with its blocks', () => {
    const lesions = [{ kind: 'swap', block: 2, other: 3 }] as const;
    const curve = [{ count: 1, trials: [{ lesions, errors: { batch: 60, running: 70 } }] }];
    const { rows } = recordsOf([
      answer({ study: 'random', kind: 'swap', lane: 'n', step: 5, before: { batch: 40, running: 42 }, curve, of: 1 }),
    ]);
    expect(rows).toEqual([
      ['n', 5, 'swap', 1, 1, '2-3', 'batch', 40, 60],
      ['n', 5, 'swap', 1, 1, '2-3', 'running', 42, 70],
    ]);
  });

  test('of a landscape goes along the first direction first', () => {
    const { rows } = recordsOf([answer(landscape)]);
    expect(rows.map((row) => row.slice(3, 6))).toEqual([
      [-1, -2, 1],
      [1, -2, 2],
      [-1, 2, 3],
      [1, 2, 4],
    ]);
  });
});
