import { describe, expect, test } from 'vitest';
import { channelFacts } from '../maps/feature-maps.ts';
import { lesionPanel, randomLesionPanel } from './lesion-panels.ts';
import type { PanelWords } from './measured.ts';
import type { Net } from './panel.ts';
import { barsTable } from './table-data.ts';

const PLAIN: Net = { id: 'plain-8', name: 'plain-8', family: 'plain', lightness: 0 };
const RESIDUAL: Net = { id: 'ResNet-14', name: 'ResNet-14', family: 'residual', lightness: 0.3 };

const words: PanelWords = {
  layer: (layer) => layer,
  layerTick: (_, place) => String(place),
  place: (place) => `layer ${place}`,
  block: (block) => `block ${block}`,
  blockTick: String,
  step: (step) => `step ${step}`,
  value: String,
  percent: (value) => value.toFixed(1),
};
describe('lesions', () => {
  const said = {
    ...words,
    intact: (error: string) => `intact ${error}`,
    damage: (error: string, points: string) => `${error} (${points})`,
    count: String,
  };

  test('grow from the intact net and say the damage', () => {
    const now = {
      before: 50,
      errors: [
        { block: 1, error: 61.5 },
        { block: 2, error: 49 },
      ],
    };
    const panel = lesionPanel([{ net: RESIDUAL, now }], 2, { at: 73, text: 'always' }, said);
    expect(panel.groups[0]).toMatchObject({ from: 50, note: 'intact 50.0' });
    expect(barsTable(panel, 'lesions').rows).toEqual([
      { name: 'block 1', cells: ['61.5 (+11.5)'] },
      { name: 'block 2', cells: ['49.0 (−1.0)'] },
    ]);
    expect(panel.rules).toEqual([{ at: 73, text: 'always' }]);
  });

  test('of a net that diverged have no bars, nor one that breaks a net', () => {
    const broken = { before: Number.NaN, errors: [{ block: 1, error: Number.NaN }] };
    const whole = { before: 50, errors: [{ block: 1, error: Number.NaN }] };
    const measured = [
      { net: PLAIN, now: broken },
      { net: RESIDUAL, now: whole },
    ];
    const panel = lesionPanel(measured, 1, null, said);
    expect(panel.groups).toMatchObject([{ net: RESIDUAL, from: 50 }]);
    // As the axis writes it, which on the page is a dash.
    expect(barsTable(panel, 'lesions').rows).toEqual([{ name: 'block 1', cells: ['NaN'] }]);
  });

  test('at random go from none over means, with their extremes', () => {
    const now = {
      before: 50,
      curve: [
        { count: 1, errors: [52, 56] },
        { count: 2, errors: [] },
      ],
    };
    const [line] = randomLesionPanel([{ net: PLAIN, now }], null, said).lines;
    expect(line?.points).toEqual([
      { at: 0, value: 50, low: 50, high: 50 },
      { at: 1, value: 54, low: 52, high: 56 },
    ]);
  });
});

test('a channel is told by its extremes and its mean', () => {
  const values = new Float32Array([1, -1, 3, -5]);
  expect(channelFacts({ shape: [1, 2, 2], values }, 1)).toEqual({ least: -5, mean: -3, most: -1 });
});
