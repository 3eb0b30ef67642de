// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import '../../language/speak-english.ts';
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
