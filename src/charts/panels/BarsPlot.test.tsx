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

test.each([
  [560, 27, 12],
  [240, 27, 14],
])('on %s pixels, the bars of %s blocks in %s nets stay in their slots', (width, categories, groups) => {
  const { slot, thick, offset } = barPlaces(width, categories, groups);
  expect(offset(groups - 1) + thick).toBeLessThanOrEqual(slot / 2);
  expect(offset(0)).toBeGreaterThanOrEqual(-slot / 2);
  expect(offset(1)).toBeGreaterThan(offset(0));
});

test('the words of many nets do not lie over each other', () => {
  const panel: BarPanel = {
    key: 'lesions',
    title: '',
    groups: Array.from({ length: 12 }, (_, nth) => {
      const net = { id: `${nth}`, name: `net ${nth}`, family: 'residual', lightness: 0 } as const;
      return { key: net.id, net, from: 50 + nth / 10, note: `intact ${nth}`, bars: [{ at: 1, value: 60 }] };
    }),
    categories: [{ at: 1, name: '1', tick: '1' }],
    y: { kind: 'linear', include: [], unit: '%', format: String },
    rules: [{ at: 73, text: 'always “Noto”' }],
  };
  /** The height of each line of text behind the bars, from top to bottom. */
  const linesOf = (shown: BarPanel) => {
    const plot = { width: 680, height: 224, at: null, onAt: () => {}, label: '', named: true };
    const words = renderToString(<BarsPlot panel={shown} {...plot} />).matchAll(
      /<text[^>]* y="([\d.]+)"[^>]*>(<tspan.*?)<\/text>/g,
    );
    return [...words]
      .flatMap(([, y, text = '']) => [...text.matchAll(/<tspan/g)].map((_, line) => Number(y) + 13 * line))
      .sort((a, b) => a - b);
  };
  const few = linesOf({ ...panel, groups: panel.groups.slice(0, 3) });
  const many = linesOf(panel);
  expect([few.length, many.length]).toEqual([6, 12]);
  for (const lines of [few, many]) {
    for (const [nth, line] of lines.slice(1).entries()) expect(line - (lines[nth] ?? 0)).toBeGreaterThanOrEqual(11);
  }
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
