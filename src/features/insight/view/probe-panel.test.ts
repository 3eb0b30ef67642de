import { describe, expect, test } from 'vitest';
import type { Measured } from '../../../charts/panels/measured.ts';
import type { Net } from '../../../charts/panels/panel.ts';
import { linesTable } from '../../../charts/panels/table-data.ts';
import { ariaRows, tipRows } from '../../../charts/panels/ValueTip.tsx';
import { correlation } from '../probes/correlation.ts';
import { type GradientsResult, gradients } from '../probes/gradients.ts';
import { type PathsResult, paths } from '../probes/paths.ts';
import type { ProbePanel } from '../probes/probe.ts';
import { shattering } from '../probes/shattering.ts';
import { probeBars, probePanel } from './probe-panel.ts';

const PLAIN: Net = { id: 'plain-8', name: 'plain-8', family: 'plain', lightness: 0 };
const RESIDUAL: Net = { id: 'ResNet-14', name: 'ResNet-14', family: 'residual', lightness: 0.3 };

const found = (step: number, norms: readonly number[]): GradientsResult => {
  const layers = norms.map((norm, index) => ({
    layer: `stage1.block${index}.conv1`,
    block: index + 1,
    norm,
    weight: 1,
  }));
  return { name: 'gradients', lane: '', step, layers, ratio: 1, total: 1 };
};
const only = <Result>([panel]: readonly ProbePanel<Result>[]): ProbePanel<Result> => {
  if (panel === undefined) throw new Error('no panel');
  return panel;
};

describe('gradient norms', () => {
  const panel = probePanel(only(gradients.panels('raw')), [
    { net: PLAIN, now: found(9, [4, 2]), before: found(0, [8, 4]) },
    { net: RESIDUAL, now: found(9, [1, 2, 3]), before: null },
  ]);

  test('go over the layers of the deepest net', () => {
    expect(panel.categories.map(({ name }) => name)).toEqual([1, 2, 3].map((block) => `block ${block}, convolution 1`));
    expect(panel.lines.map(({ key, faint }) => [key, faint])).toEqual([
      ['plain-8 before', true],
      ['plain-8', false],
      ['ResNet-14', false],
    ]);
    expect(panel.lines.map(({ start = false }) => start)).toEqual([false, true, true]);
  });

  test('are told highest first', () => {
    const rows = tipRows(panel.lines, 1, String);
    expect(ariaRows('l0', rows)).toBe('l0. plain-8 step 0 8; plain-8 4; ResNet-14 1');
  });

  test('are a table with gaps where a net is shallower', () => {
    const { columns, rows } = linesTable(panel, 'norms');
    expect(columns).toEqual(['plain-8, step 0', 'plain-8', 'ResNet-14']);
    expect(rows.at(-1)).toEqual({ name: 'block 3, convolution 1', cells: ['', '', '3'] });
  });

  test('are on a logarithmic axis, cosines on a linear one', () => {
    expect(panel.y).toMatchObject({ kind: 'log', include: [], unit: '' });
    expect(probePanel(only(correlation.panels('')), []).y).toMatchObject({ kind: 'linear', include: [0, 0.2] });
  });
});

test('a place is named by its layer, and by its number where nets have different layers there', () => {
  const withHead = (step: number, depth: number): GradientsResult => {
    const { layers, ...result } = found(step, Array<number>(depth).fill(1));
    const head = { layer: 'head.dense', block: 0, norm: 1, weight: 1 };
    return { ...result, layers: [...layers.slice(0, -1), head] };
  };
  const namesOf = (...measured: readonly Measured<GradientsResult>[]) =>
    probePanel(only(gradients.panels('raw')), measured).categories.map(({ name, tick }) => [name, tick]);
  const [first, last] = [
    ['block 1, convolution 1', '1'],
    ['classifier', 'last'],
  ];
  expect(
    namesOf({ net: PLAIN, now: withHead(9, 2), before: null }, { net: RESIDUAL, now: withHead(9, 3), before: null }),
  ).toEqual([first, ['layer 2', '2'], last]);
  // A net that has grown.
  expect(namesOf({ net: PLAIN, now: withHead(9, 3), before: withHead(0, 2) })).toEqual([first, ['layer 2', '2'], last]);
});

test('the likeness of nearby gradients goes by lag, as far as the longest is known', () => {
  const of = (autocorrelation: readonly number[]) => {
    return { name: 'shattering' as const, lane: '', step: 1, positions: [], derivatives: [], autocorrelation };
  };
  const { categories, lines } = probePanel(only(shattering.panels('')), [
    { net: PLAIN, now: of([1, 0.5]), before: null },
    { net: RESIDUAL, now: of([1, 0.9, 0.8]), before: null },
  ]);
  expect(categories.map(({ name, tick }) => [name, tick])).toEqual([
    ['lag 0', 'lag 0'],
    ['lag 1', '1'],
    ['lag 2', '2'],
  ]);
  expect(lines.map(({ points }) => points.at(-1))).toEqual([
    { at: 1, value: 0.5 },
    { at: 2, value: 0.8 },
  ]);
});

test('paths are shares of all paths and of all that they carry', () => {
  const length = (at: number, count: number, total: number): PathsResult['lengths'][number] => {
    return { length: at, count, total, perPath: total / count, followed: count, exact: true };
  };
  const lengths = [length(0, 1, 6), length(1, 2, 3), length(2, 1, 1)];
  const now: PathsResult = { name: 'paths', lane: '', step: 0, blocks: 2, cut: 0, lengths, gradient: 1 };
  const [counts, carried] = paths.bars().map((bars) => probeBars(bars, { net: RESIDUAL, now }));
  expect(counts?.groups[0]?.bars).toEqual([
    { at: 0, value: 25, text: '1 path' },
    { at: 1, value: 50, text: '2 paths' },
    { at: 2, value: 25, text: '1 path' },
  ]);
  expect(carried?.groups[0]?.bars.map(({ text }) => text)).toEqual(['60.0%', '30.0%', '10.0%']);
  const lost = { ...now, lengths: lengths.map((each) => ({ ...each, total: Number.NaN })) };
  const [, nothing] = paths.bars().map((bars) => bars.bars(lost));
  expect(nothing?.map(({ value, text }) => [value, text])).toEqual(Array(3).fill([Number.NaN, 'not a finite number']));
  expect(counts?.categories.map(({ tick }) => tick)).toEqual(['length 0', '1', '2']);
});
