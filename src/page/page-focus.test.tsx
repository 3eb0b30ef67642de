// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { en } from '../language/en/catalog.ts';
import { language, say, speak } from '../language/say.ts';
import { fakeStores } from '../testing/fake-stores.ts';
import { FakeWorker } from '../testing/fake-worker.ts';
import { mount } from '../testing/mount.ts';
import { Page } from './Page.tsx';
import { remember, remembered } from './remembered.ts';

const followed = { addEventListener: () => {}, removeEventListener: () => {} };
vi.stubGlobal('matchMedia', (query: string) => ({ matches: query === '(min-width: 1101px)', ...followed }));

/** The page in a window that has room for the lab beside the race, which is open. */
async function openPage() {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  const { element, close } = await mount(stores, <Page />);
  onTestFinished(() => {
    close();
    remember('lab', null);
    localStorage.clear();
  });
  await act(async () => {
    await worker.open();
    await worker.idle();
  });
  const find = (selector: string) => element.querySelector<HTMLElement>(selector);
  const focus = (selector: string) => act(async () => find(selector)?.focus());
  const press = (key: string) =>
    act(async () => {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    });
  return { worker, stores, find, focus, press };
}

const LAB = 'aside';

test('the link of a language keeps the focus when it is followed', async () => {
  onTestFinished(() => speak('en', en));
  const { find, focus } = await openPage();
  const link = 'a[hreflang="zh"]';
  await focus(link);
  const before = find(link);
  await act(async () => {
    before?.click();
    await vi.waitFor(() => expect(language()).toBe('zh'), 100_000);
  });
  expect(before?.isConnected).toBe(false);
  expect(find(link)?.getAttribute('aria-current')).toBe('true');
  expect(document.activeElement).toBe(find(link));
});

test('the button of the lab has the focus after a key closed the lab that had it', async () => {
  const { find, focus, press } = await openPage();
  await press('l');
  await focus(`${LAB} button`);
  expect(document.activeElement?.closest(LAB)).not.toBeNull();
  await press('l');
  expect(find(LAB)).toBeNull();
  expect(document.activeElement).toBe(find(`button[title="${say('page.labHint')}"]`));
});

test('no key opens a lab that the link leaves out', async () => {
  const { stores, find, press } = await openPage();
  await act(async () => stores.sections.hide(['lab']));
  await press('l');
  expect(remembered('lab')).toBeNull();
  await act(async () => stores.sections.hide([]));
  expect(find(LAB)).toBeNull();
  await press('l');
  expect(find(LAB)).not.toBeNull();
});

test('in a presentation Space trains where a number was typed, which holds before; elsewhere it is typed', async () => {
  const { worker, stores, find, focus, press } = await openPage();
  await press('l');
  await focus(`${LAB} input[inputmode="numeric"]`);
  expect(document.activeElement).toBeInstanceOf(HTMLInputElement);
  await press(' ');
  expect(worker.asked).toEqual([]);
  await press('Escape');
  await act(async () => stores.classroom.present(true));
  const field = find('[role="toolbar"] input[inputmode="numeric"]');
  if (!(field instanceof HTMLInputElement)) return expect.unreachable('no field');
  await act(async () => field.focus());
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, '60');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await press(' ');
  expect(worker.asked).toEqual([{ ask: 'train', until: 60 }]);
});
