// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { mount } from '../../../../testing/mount.ts';
import { ImageChoice } from './ImageChoice.tsx';

test('the drawing that was clicked last is shown, whichever comes last', async () => {
  const answers: ((response: Response) => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise((resolve) => answers.push(resolve)));
  const show = vi.fn();
  const store = createStore(() => ({ image: null, live: false }));
  const { element, close } = await mount({ pretrained: { store, show } } as never, <ImageChoice />);
  const [first, second] = element.querySelectorAll<HTMLButtonElement>('fieldset button');
  await act(async () => {
    first?.click();
    second?.click();
  });
  await act(async () => answers[1]?.(new Response('second')));
  await act(async () => answers[0]?.(new Response('first')));
  await vi.waitFor(() => expect(show).toHaveBeenCalled());
  expect(show.mock.calls.map(([{ name }]) => name)).toEqual(['strawberry']);
  close();
});
