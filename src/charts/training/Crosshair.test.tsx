// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import type { Mark } from '../series/series.ts';
import { Tooltip } from './Crosshair.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

test('what happened leaves the tooltip with its step, also where the same happened again', async () => {
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  const plotArea = { width: 600, height: 200, left: 40, right: 560, top: 10, bottom: 180 };
  const show = (marks: readonly Mark[]) =>
    act(async () =>
      root.render(<Tooltip step={3} x={100} values={[]} marks={marks} hoveredId={null} plotArea={plotArea} />),
    );
  const texts = () => [...document.querySelectorAll('p')].map(({ textContent }) => textContent);
  const marks: readonly Mark[] = [
    { step: 1, kind: 'cut', text: 'cut' },
    { step: 2, kind: 'mend', text: 'restored' },
    { step: 3, kind: 'cut', text: 'cut' },
  ];
  await show(marks);
  expect(texts()).toEqual(['cut', 'restored', 'cut']);
  await show(marks.slice(1));
  expect(texts()).toEqual(['restored', 'cut']);
  act(() => root.unmount());
});
