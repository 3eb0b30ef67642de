// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { say } from '../../language/say.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { MoreMenu } from './MoreMenu.tsx';

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
