// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { mount } from '../../../../testing/mount.ts';
import { CameraView } from './CameraView.tsx';

test('what was asked live by a slow net leaves the focus to taking a picture as it is switched off', async () => {
  const stream = Object.assign(new MediaStream(), { getTracks: () => [] });
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: async () => stream }, configurable: true });
  const store = createStore(() => ({ loaded: {}, classification: { milliseconds: 10 } }));
  const stores = {
    lab: { attempt: (work: () => unknown) => work() },
    pretrained: { store, follow: () => new Promise(() => {}) },
  };
  const { element, close } = await mount(stores as never, <CameraView onClose={vi.fn()} />);
  await act(async () => element.querySelector('video')?.dispatchEvent(new Event('loadeddata')));
  const [take, live] = element.querySelectorAll('button');
  await act(async () => live?.click());
  await act(async () => store.setState({ classification: { milliseconds: 9000 } }));
  live?.focus();
  await act(async () => live?.click());
  expect(live?.isConnected).toBe(false);
  expect(document.activeElement).toBe(take);
  close();
});

test('a picture can be taken after the net that was asked live is let go', async () => {
  const stream = Object.assign(new MediaStream(), { getTracks: () => [] });
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: async () => stream }, configurable: true });
  const store = createStore<{ loaded: object | null; classification: null }>(() => ({
    loaded: {},
    classification: null,
  }));
  const stores = {
    lab: { attempt: (work: () => unknown) => work() },
    pretrained: { store, follow: () => new Promise(() => {}) },
  };
  const { element, close } = await mount(stores as never, <CameraView onClose={vi.fn()} />);
  await act(async () => element.querySelector('video')?.dispatchEvent(new Event('loadeddata')));
  const [take, live] = element.querySelectorAll('button');
  await act(async () => live?.click());
  expect(take?.disabled).toBe(true);
  await act(async () => store.setState({ loaded: null }));
  expect(take?.disabled).toBe(false);
  close();
});
