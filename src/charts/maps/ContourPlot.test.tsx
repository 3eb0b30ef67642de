import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PANEL_WORDS } from '../../features/figures/panel-words.ts';
import { ContourPlot } from './ContourPlot.tsx';
import type { Landscape } from './landscape.ts';

test('a point tells the steps at which training was nearest to it', () => {
  const landscape: Landscape = {
    net: { id: 'plain-8', name: 'plain-8', family: 'plain', lightness: 0 },
    x: [-1, 0, 1],
    y: [-1, 0, 1],
    losses: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
    errors: new Float32Array(9).fill(50),
    complete: true,
    path: [
      { step: 0, x: -1, y: -0.9 },
      { step: 25, x: -0.8, y: -0.6 },
      { step: 50, x: 0, y: 0 },
    ],
  };
  const textsAt = (at: number | null) => {
    const plot = renderToString(
      <ContourPlot landscape={landscape} levels={[2, 4]} size={120} at={at} onAt={() => {}} words={PANEL_WORDS} />,
    );
    return [/aria-valuetext="([^"]*)"/.exec(plot)?.[1], />([^<>]*)<\/div><\/div>$/.exec(plot)?.[1]];
  };
  for (const text of textsAt(0)) expect(text).toMatch(/step 0, step 25$/);
  for (const text of textsAt(null)) expect(text).toMatch(/step 50$/);
  for (const text of textsAt(8)) expect(text).not.toContain('step');
});
