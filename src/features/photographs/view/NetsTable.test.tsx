// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { mount } from '../../../testing/mount.ts';
import type { NetScore } from '../results.ts';
import { scoreOf } from '../results.ts';
import type { NetRun, PhotographsState } from '../state.ts';
import { ErrorsFigure } from './ErrorsFigure.tsx';
import { NetsTable } from './NetsTable.tsx';

const labels = Array.from({ length: 20 }, (_, nth) => nth % 10);

/** The part of the page with a worker that the test speaks for. */
async function setUp(part: 'table' | 'figure', scores: readonly NetScore[] = []) {
  const store = createStore<PhotographsState>(() => ({
    listing: null,
    set: {
      name: 'set',
      classes: labels.slice(0, 10).map((label) => ({ names: [`${label}`], wordNet: null })),
      labels,
      paths: labels.map(String),
      unknown: { named: [], labels: 0, photos: 0 },
      leftOut: { named: [], count: 0 },
      noisy: false,
    },
    most: 1000,
    weights: new Map([['ResNet-18', { name: 'own.safetensors', blob: new Blob() }]]),
    unrecognised: [],
    passedOver: [],
    switched: new Map(),
    runs: new Map(),
    unread: new Map(),
    missed: new Map(),
    activity: null,
    failure: null,
  }));
  const removeWeights = vi.fn(() => store.setState({ weights: new Map() }));
  const stores = { photographs: { store, removeWeights }, pretrained: { store: createStore(() => ({ kept: [] })) } };
  const shown = part === 'table' ? <NetsTable scores={scores} /> : <ErrorsFigure scores={scores} />;
  const { element, close } = await mount(stores as never, shown);
  return {
    element,
    close,
    removeWeights,
    set: (state: Partial<PhotographsState>) => act(async () => store.setState(state)),
  };
}

const runOf = (photos: number): NetRun => ({
  name: 'ResNet-18',
  answers: Array.from({ length: photos }, (_, photo) => ({ photo, guesses: [0, 1, 2, 3, 4] })),
  ...{ done: photos, milliseconds: photos, classes: 10, problem: null, unkept: null },
});

test('a screen reader hears which net begins and how far it came, and nothing of each batch between', async () => {
  const { element, close, set } = await setUp('table');
  const heard: string[] = [];
  const listen = () => {
    const live = element.querySelectorAll('[role="status"]:not([aria-live="off"])');
    const text = [...live].map(({ textContent }) => textContent).join('');
    if (text !== '' && text !== heard.at(-1)) heard.push(text);
  };
  for (const fraction of [0, 0.5, 1]) {
    await set({ activity: { type: 'loading', net: 'ResNet-18', progress: { stage: 'reading', fraction } } });
    listen();
  }
  await set({ activity: { type: 'classifying', net: 'ResNet-18' } });
  for (const photos of [4, 8, 12, 20]) {
    await set({ runs: new Map([['ResNet-18', runOf(photos)]]) });
    listen();
  }
  expect(element.textContent).toContain('ResNet-18 is classifying: 20 of 20 answers');
  await set({ activity: null });
  listen();
  expect(heard).toEqual(['ResNet-18 begins', '20 of 20 answers']);
  close();
});

test('what cannot be decoded counts neither among the answers nor among what is asked', async () => {
  const { element, close, set } = await setUp('table');
  await set({
    switched: new Map([['ResNet-34', true]]),
    runs: new Map([['ResNet-18', runOf(20)]]),
    unread: new Map(labels.slice(0, 15).map((_, photo) => [photo, 'torn'])),
  });
  expect(element.textContent).toContain('5 of 10 answers');
  const resume = [...element.querySelectorAll('button')].find(({ textContent }) => textContent === 'Resume');
  expect(resume?.disabled).toBe(false);
  close();
});

test('a person’s file of weights can be taken back, also where it is the reason why a net is given up', async () => {
  const { element, close, set, removeWeights } = await setUp('table');
  await set({ runs: new Map([['ResNet-18', { ...runOf(0), problem: 'other classes' }]]) });
  const button = element.querySelector<HTMLButtonElement>('[aria-label="Stop using own.safetensors for ResNet-18"]');
  await act(async () => button?.click());
  expect(removeWeights).toHaveBeenCalledWith('ResNet-18');
  expect(element.querySelector('[aria-label^="Stop using"]')).toBeNull();
  expect(document.activeElement?.getAttribute('aria-label')).toBe('ResNet-18 takes part');
  close();
});

test('a weights file in whose place a later one is used is named', async () => {
  const { element, close, set } = await setUp('table');
  await set({ passedOver: [{ file: 'first.safetensors', net: 'ResNet-50' }] });
  expect(element.querySelector('[role="alert"]')?.textContent).toContain('first.safetensors is of ResNet-50');
  close();
});

test('the figure of the errors says of how many guesses they are', async () => {
  const score = scoreOf(runOf(20), labels);
  const { element, close } = await setUp('figure', score === null ? [] : [score]);
  const told = () => element.querySelector('.fig-note')?.textContent;
  expect(told()).toBe('top-1 error');
  const top5 = [...element.querySelectorAll<HTMLElement>('[role="radio"]')].find(
    (each) => each.textContent === 'Top-5',
  );
  await act(async () => top5?.click());
  expect(told()).toBe('top-5 error');
  close();
});
