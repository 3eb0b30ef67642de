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

test('what opens the camera leaves the focus to what closes it, and back', async () => {
  vi.stubGlobal('fetch', () => new Promise(() => {}));
  const store = createStore(() => ({ image: null, live: false, loaded: null, classification: null }));
  const { element, close } = await mount({ lab: {}, pretrained: { store } } as never, <ImageChoice />);
  const press = (text: string) => {
    const button = [...element.querySelectorAll('button')].find(({ textContent }) => textContent === text);
    button?.focus();
    return act(async () => button?.click());
  };
  await press('Use the camera');
  expect(document.activeElement?.textContent).toBe('Close the camera');
  await press('Close the camera');
  expect(document.activeElement?.textContent).toBe('Use the camera');
  close();
});
