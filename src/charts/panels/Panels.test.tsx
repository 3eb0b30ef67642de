import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { BarPanels } from './Panels.tsx';
import type { BarPanel } from './panel.ts';

test('panels of bars stand one under the other where there is no room beside each other', () => {
  const panels = ['counts', 'carried'].map((key): BarPanel => {
    const y = { kind: 'linear', include: [0], unit: '', format: String } as const;
    return { key, title: key, groups: [], categories: [{ at: 1, name: '1', tick: '1' }], y, rules: [] };
  });
  const widthsOf = (width: number) => {
    const drawn = renderToString(<BarPanels panels={panels} width={width} height={200} label="" named={false} />);
    return [...drawn.matchAll(/<svg width="(\d+)"/g)].map(([, found]) => Number(found));
  };
  expect(widthsOf(600)).toEqual([292, 292]);
  expect(widthsOf(390)).toEqual([390, 390]);
});
