// @vitest-environment happy-dom
import { renderToString } from 'react-dom/server';
import { afterAll, expect, test } from 'vitest';
import { en } from '../../language/en/catalog.ts';
import { speak } from '../../language/say.ts';
import '../../language/speak-english.ts';
import { zh } from '../../language/zh/catalog.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import type { Series } from '../series/series.ts';
import { ErrorByDepth } from './ErrorByDepth.tsx';

const net = (name: string, seeds: number): Series => {
  const one: Series = {
    ...{ id: name, name, family: 'plain', lightness: 0, depth: 8 },
    errors: [80],
    steps: 1,
    tests: [],
  };
  return seeds < 2 ? one : { ...one, seeds: { counted: Array.from({ length: seeds }, () => one), others: [] } };
};

test('a number of seeds stands in the head only where all nets have it', async () => {
  const notes = async (...seeds: readonly number[]) => {
    const series = seeds.map((each, at) => net(`net ${at}`, each));
    const { element, close } = await mount(
      fakeStores(new FakeWorker()),
      <ErrorByDepth
        {...{ series, baseline: null, window: 1, yDomain: [0, 100], hoverStep: null, hoveredId: null, height: 100 }}
        onHover={() => {}}
      />,
    );
    const found = [...element.querySelectorAll('.fig-note')].map(({ textContent }) => textContent);
    close();
    return found;
  };
  expect(await notes(2, 2)).toEqual(['at step 1', '2 seeds']);
  expect(await notes(2, 3)).toEqual(['at step 1']);
  expect(await notes(2, 1)).toEqual(['at step 1']);
  expect(await notes(1, 1)).toEqual(['at step 1']);
});

afterAll(() => speak('en', en));

function lane(name: string, errors: readonly number[], more: Partial<Series> = {}): Series {
  const net = { id: name, name, family: 'plain', lightness: 0, depth: 8, tests: [] } as const;
  return { ...net, errors, steps: errors.length, ...more };
}

function drawn(series: readonly Series[], hoverStep: number | null = null): string {
  return renderToString(
    <ErrorByDepth
      series={series}
      baseline={null}
      window={1}
      yDomain={[0, 100]}
      hoverStep={hoverStep}
      hoveredId={null}
      onHover={() => {}}
      height={200}
    />,
  );
}

test('a series that was made before a change of the language is told in the new one', () => {
  const series = [lane('ResNet-8', [80], { shortcuts: [1, 1, 1] })];
  speak('en', en);
  expect(drawn(series)).toContain('<td>all 3</td>');
  speak('zh', zh);
  expect(drawn(series)).not.toContain('all');
});

test('where all nets have diverged the figure is at the step at which the last did, with none of their errors', () => {
  speak('en', en);
  const series = [lane('plain-8', [80], { diverged: 2 }), lane('plain-14', [80, 79], { diverged: 3 })];
  const text = (hoverStep: number | null) => drawn(series, hoverStep).replaceAll('<!-- -->', '');
  expect(text(null)).toContain('at step 3');
  for (const told of ['diverged at step 2', 'diverged at step 3']) expect(text(null)).toContain(told);
  expect(text(null)).not.toContain('79.0');
  expect(text(2)).toContain('79.0');
});
