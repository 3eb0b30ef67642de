// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { mount } from '../../../testing/mount.ts';
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
