// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { type KeptWeights, PRETRAINED } from '../../../../core/data/pretrained.ts';
import { mount } from '../../../../testing/mount.ts';
import type { PretrainedState } from '../../state.ts';
import { SavedWeights, TorchvisionError, WeightsChoice } from './WeightsChoice.tsx';

const LOADED: PretrainedState['loaded'] = {
  file: 'own.safetensors',
  device: { backend: 'cpu', adapter: '', memoryLimit: 1, tensorLimit: 1, fallbacks: [], passedOver: [] },
  classes: 1000,
  names: { stripped: [], head: null, leftOut: 0 },
};

type Shown = Pick<PretrainedState, 'net' | 'loading' | 'loaded' | 'kept'>;

const keptOf = (...repositories: readonly string[]): readonly KeptWeights[] =>
  repositories.map((repository) => ({ repository, bytes: 9, total: 9 }));

/** The choice of weights with a worker that the test speaks for. */
async function setUp(state: Partial<Shown>) {
  const store = createStore<Shown>(() => ({
    ...{ net: PRETRAINED[0].name, loading: null, loaded: null, kept: [] },
    ...state,
  }));
  const pretrained = {
    store,
    fetch: () => store.setState({ loading: { stage: 'fetching', fraction: 0 } }),
    release: () => store.setState({ loading: null, loaded: null }),
    forget: (gone: string) =>
      store.setState({ kept: store.getState().kept.filter((each) => each.repository !== gone) }),
  };
  const shown = (
    <>
      <WeightsChoice />
      <SavedWeights />
    </>
  );
  const { element, close } = await mount({ pretrained } as never, shown);
  const press = (called: string) => {
    const button = [...element.querySelectorAll('button')].find(
      (each) => (each.getAttribute('aria-label') ?? each.textContent) === called,
    );
    button?.focus();
    return act(async () => button?.click());
  };
  const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
  return { press, focused, close, set: (next: Partial<Shown>) => act(async () => store.setState(next)) };
}

test('what loads a net, cancels that or lets it go leaves the focus to the button in its place', async () => {
  const { press, focused, close, set } = await setUp({});
  await press('Download weights');
  expect(focused()).toBe('Cancel');
  await press('Cancel');
  expect(focused()).toBe('Download weights');
  await press('Download weights');
  await set({ loading: null, loaded: LOADED });
  expect(focused()).toBe('Unload');
  await press('Unload');
  expect(focused()).toBe('Download weights');
  close();
});

test('weights that are deleted leave the focus to the next ones, the last of them to the choice of the net', async () => {
  const { press, focused, close } = await setUp({ kept: keptOf('a', 'b', 'c') });
  await press('Delete the weights of a from this browser');
  expect(focused()).toBe('Delete the weights of b from this browser');
  await press('Delete the weights of c from this browser');
  expect(focused()).toBe('Delete the weights of b from this browser');
  await press('Delete the weights of b from this browser');
  expect(document.activeElement?.tagName).toBe('SELECT');
  close();
});

test.each([
  ['GoogLeNet', /ported from TensorFlow/],
  ['ResNet-50', /training recipe .* 3×3/],
  ['VGG-16', /training recipe/],
])('of %s it is said whose weights they are', async (net, says) => {
  const pretrained = { store: createStore(() => ({ net })) };
  const { element, close } = await mount({ pretrained } as never, <TorchvisionError />);
  expect(element.textContent).toMatch(says);
  if (net === 'GoogLeNet') expect(element.textContent).not.toMatch(/training recipe/);
  close();
});
