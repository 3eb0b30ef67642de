// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { mount } from '../../../../testing/mount.ts';
import { UNNAMED } from '../../class-names.ts';
import { Guesses } from './Guesses.tsx';

test('where the browser altered the pixels of the image, that is said under the guesses', async () => {
  for (const noisy of [false, true]) {
    const classification = { guesses: [], milliseconds: 1, activationBytes: 1, noisy };
    const store = createStore(() => ({ classification, classifying: false, loaded: {}, live: false }));
    const { element, close } = await mount({ pretrained: { store } } as never, <Guesses nameOf={UNNAMED} />);
    expect(element.textContent.includes('This browser alters the pixels')).toBe(noisy);
    close();
  }
});
