import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { BarsPlot, barPlaces } from './BarsPlot.tsx';
import type { BarPanel } from './panel.ts';

test('the bars of a slot stand side by side around its middle', () => {
  const { slot, thick, offset } = barPlaces(400, 20, 2);
  expect(slot).toBe(20);
  expect(offset(0)).toBeCloseTo(-(thick + 0.5));
  expect(offset(1)).toBeCloseTo(0.5);
  expect(2 * thick + 1).toBeLessThan(slot);
});

test('few bars are not thick, many still seen', () => {
  expect(barPlaces(400, 3, 1).thick).toBe(12);
  expect(barPlaces(100, 100, 3).thick).toBe(1);
});

test('the bars of a net that has the colour of one before it are outlines', () => {
  const group = (id: string, repeat: number): BarPanel['groups'][number] => {
    const net = { id, name: id, family: 'residual', lightness: 0, repeat } as const;
    return { key: id, net, from: 50, note: '', bars: [{ at: 1, value: 60 }] };
  };
  const panel: BarPanel = {
    key: 'lesions',
    title: '',
    groups: [group('ResNet-8', 0), group('fork', 1)],
    categories: [{ at: 1, name: '1', tick: '1' }],
    y: { kind: 'linear', include: [], unit: '%', format: String },
    rules: [],
  };
  const plot = { width: 400, height: 200, at: null, onAt: () => {}, label: '', named: false };
  const bars = renderToString(<BarsPlot panel={panel} {...plot} />).match(/<rect [^>]*>/g) ?? [];
  expect(bars.map((bar) => bar.includes('stroke-dasharray'))).toEqual([false, true]);
});
