// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { mount } from '../../../testing/mount.ts';
import type { PhotographsState } from '../state.ts';
import { PhotographsPart } from './PhotographsPart.tsx';
import { PhotosChoice } from './PhotosChoice.tsx';

const SET = {
  name: 'set',
  classes: [{ names: ['a'], wordNet: null }],
  labels: [0],
  paths: ['0.jpg'],
  unknown: { named: [], labels: 0, photos: 0 },
  leftOut: { named: [], count: 0 },
  noisy: false,
};

const LISTED = { listing: null, set: SET, unread: new Map(), missed: new Map() };

test('where the browser alters pixels, that is said of the photographs before a net has classified any', async () => {
  for (const noisy of [false, true]) {
    const store = createStore(() => ({ ...LISTED, set: { ...SET, noisy } }));
    const { element, close } = await mount({ photographs: { store } } as never, <PhotosChoice />);
    expect(element.textContent.includes('This browser alters the pixels')).toBe(noisy);
    close();
  }
});

test('a folder that is dropped is listed at once, an empty one too; text that is dropped is none', async () => {
  const open = vi.fn();
  const store = createStore(() => LISTED);
  const { element, close } = await mount({ photographs: { store, open } } as never, <PhotosChoice />);
  const drop = (dataTransfer: object) => {
    const event = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer });
    return act(async () => element.querySelector('button.btn')?.dispatchEvent(event));
  };
  await drop({ types: ['text/plain'], items: [], files: [] });
  expect(open).not.toHaveBeenCalled();
  await drop({ types: ['Files'], items: [], files: [] });
  expect(open).toHaveBeenCalledTimes(1);
  expect(await open.mock.calls[0]?.[0]).toEqual([]);
  close();
});

test('what cancels a listing, or removes the photographs, leaves the focus to what chooses others', async () => {
  const store = createStore<PhotographsState>(() => ({
    ...{ ...LISTED, listing: 0, set: null, most: 1000, weights: new Map(), switched: new Map(), runs: new Map() },
    ...{ unrecognised: [], passedOver: [], activity: null, failure: null },
  }));
  const clear = () => store.setState({ listing: null, set: null });
  const stores = { photographs: { store, clear }, pretrained: { store: createStore(() => ({ kept: [] })) } };
  const { element, close } = await mount(stores as never, <PhotographsPart className={undefined} />);
  const press = (text: string) => {
    const button = [...element.querySelectorAll('button')].find(({ textContent }) => textContent === text);
    button?.focus();
    return act(async () => button?.click());
  };
  await press('Cancel');
  expect(document.activeElement?.textContent).toBe('Choose files');
  await act(async () => store.setState({ set: SET }));
  await press('Remove photographs');
  expect(document.activeElement?.textContent).toBe('Choose files');
  close();
});
