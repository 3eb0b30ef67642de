// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { say } from '../../language/say.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { MoreMenu } from './MoreMenu.tsx';

test('a click outside of the menu closes it and keeps the focus; Escape gives that back to the button', async () => {
  const { element, close } = await mount(
    fakeStores(new FakeWorker()),
    <>
      <MoreMenu onDialog={() => {}} />
      <input />
    </>,
  );
  onTestFinished(close);
  const button = element.querySelector('button');
  const field = element.querySelector('input');
  const idle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 5)));
  const open = async () => {
    await act(async () => button?.click());
    await idle();
    expect(document.querySelector('[role="dialog"]')).not.toBeNull();
  };
  const expectClosed = async () => {
    await idle();
    expect(document.querySelector('[role="dialog"]')).toBeNull();
  };
  await open();
  await act(async () => {
    field?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    field?.focus();
    field?.click();
  });
  await expectClosed();
  expect(document.activeElement).toBe(field);
  await open();
  const press = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  await act(async () => document.activeElement?.dispatchEvent(press));
  await expectClosed();
  expect(document.activeElement).toBe(button);
});

test('the sheet of a phone has slow motion, which closes it', async () => {
  const followed = { addEventListener: () => {}, removeEventListener: () => {} };
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: query === '(max-width: 640px)', ...followed }));
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const worker = new FakeWorker();
  await worker.open();
  const { element, close } = await mount(fakeStores(worker), <MoreMenu onDialog={() => {}} />);
  onTestFinished(close);
  const sheet = () => document.querySelector('[role="dialog"]');
  await act(async () => element.querySelector('button')?.click());
  const slow = sheet()?.querySelector<HTMLElement>(`button[aria-label="${say('slowMotion.title')}"]`);
  await act(async () => slow?.click());
  expect(worker.asked.map(({ ask }) => ask)).toEqual(['slowRound']);
  expect(sheet()).toBeNull();
});
