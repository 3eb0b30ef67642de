// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { en } from '../../language/en/catalog.ts';
import { speak } from '../../language/say.ts';
import { zh } from '../../language/zh/catalog.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { remember } from '../remembered.ts';
import { LanguageLinks } from './LanguageLinks.tsx';
import { useTheme } from './use-theme.ts';

function LightChoice() {
  const { choose } = useTheme();
  return (
    <button type="button" onClick={() => choose('light')}>
      light
    </button>
  );
}

/** Comes back to an entry of the history that was written before the choice. */
function comeBack(search: string): string {
  history.replaceState(null, '', search);
  dispatchEvent(new PopStateEvent('popstate'));
  return location.search;
}

async function openChoices() {
  const { element, close } = await mount(
    fakeStores(new FakeWorker()),
    <>
      <LanguageLinks />
      <LightChoice />
    </>,
  );
  onTestFinished(() => {
    close();
    speak('en', en);
    localStorage.clear();
  });
  return element;
}

const LINK = '?chapter=1&lang=en&theme=dark';

// Before anything is chosen here, as in a page that was loaded since the choice.
test.each([
  ['light', 'light'],
  ['the system’s, which is remembered as none', null],
])(
  'an earlier entry brings back no link’s language and theme where others were chosen before a reload: the theme is %s',
  async (_, theme) => {
    history.replaceState(null, '', '?chapter=2&lang=zh');
    speak('zh', zh);
    remember('theme', theme);
    await openChoices();
    expect(comeBack(LINK)).toBe('?chapter=1&lang=zh');
  },
);

test('an earlier entry of the history brings back neither the language nor the theme of a link', async () => {
  history.replaceState(null, '', LINK);
  const element = await openChoices();
  expect(comeBack(LINK)).toBe(LINK);
  const chinese = element.querySelector<HTMLElement>('[hreflang="zh"]');
  await act(async () => chinese?.click());
  await act(async () => element.querySelector('button')?.click());
  await vi.waitFor(() => expect(location.search).toBe('?chapter=1&lang=zh'));
  expect(comeBack(LINK)).toBe('?chapter=1&lang=zh');
  // What asks for nothing stays as it is.
  expect(comeBack('?chapter=2')).toBe('?chapter=2');
});
