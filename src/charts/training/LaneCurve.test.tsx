import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { bucketsOf } from '../series/growing-path.ts';
import { PathCache } from '../series/path-cache.ts';
import type { Series } from '../series/series.ts';
import { LaneCurve } from './LaneCurve.tsx';
import { stepScale } from './step-scale.ts';

const curve = (steps: number, more: Partial<Series> = {}): Series => ({
  id: String(steps),
  name: 'plain-8',
  family: 'plain',
  lightness: 0,
  depth: 8,
  errors: Array<number>(steps).fill(50),
  steps,
  tests: [],
  ...more,
});

test('a seed that is behind is drawn beside the mean, whether or not each step is shown', () => {
  const steps = stepScale('linear', [0, 100], 0, 500);
  const y = (error: number) => error;
  const series = curve(100, { seeds: { counted: [curve(100), curve(100)], others: [curve(40)] } });
  const shared = {
    series,
    steps,
    y,
    window: 30,
    singly: false,
    repeat: 0,
    paths: new PathCache(bucketsOf(steps, 100), y),
  };
  const linesOf = (detailed: boolean) => {
    const shows = { eachStep: false, newPictures: false };
    return renderToString(<LaneCurve {...shared} shows={shows} detailed={detailed} />).split('<path').length - 1;
  };
  expect([linesOf(true), linesOf(false)]).toEqual([3, 2]);
});

test('far from its fork a branch is drawn over the whole of the plot', () => {
  const steps = stepScale('linear', [2992, 3000], 0, 500);
  const y = (error: number) => error;
  const series = curve(3000, { branchedAt: 150 });
  const shared = { series, steps, y, window: 30, singly: false, detailed: true, repeat: 0 };
  const shows = { eachStep: false, newPictures: false };
  const paths = new PathCache(bucketsOf(steps, 3000), y);
  const drawn = renderToString(
    <svg aria-hidden="true">
      <LaneCurve {...shared} {...{ paths, shows }} />
    </svg>,
  );
  const [, x, width] = /<rect x="([^"]+)" y="[^"]+" width="([^"]+)"/.exec(drawn) ?? expect.unreachable();
  expect(Number(x)).toBeLessThan(0);
  expect(Number(x) + Number(width)).toBeGreaterThan(500);
});

test('the means that are kept of a curve are not drawn as its steps', () => {
  const steps = stepScale('linear', [0, 100], 0, 500);
  const y = (error: number) => error;
  const shared = { steps, y, window: 30, singly: false, detailed: true, repeat: 0 };
  const linesOf = (series: Series) => {
    const paths = new PathCache(bucketsOf(steps, 100), y);
    const shows = { eachStep: true, newPictures: false };
    return renderToString(<LaneCurve {...shared} {...{ series, paths, shows }} />).split('<path').length - 1;
  };
  expect([linesOf(curve(100)), linesOf(curve(100, { every: 10 }))]).toEqual([2, 1]);
});
