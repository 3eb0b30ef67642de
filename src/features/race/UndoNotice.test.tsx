// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, TWO } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { UndoNotice } from './UndoNotice.tsx';

test('a race that was replaced can be brought back for ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const worker = new FakeWorker();
  const { close } = await mount(fakeStores(worker), <UndoNotice />);
  onTestFinished(close);
  await act(async () => {
    await worker.open(TWO);
    await worker.resetAfterTraining();
  });
  const notice = () => document.querySelector('[role="status"] section');
  expect(notice()?.getAttribute('aria-label')).toBe('Race reset');
  expect(notice()?.textContent).toBe(
    'The race is back at step 0. For now, Undo brings step 2 back; the curves stay in Runs.Undo reset',
  );
  await act(() => vi.advanceTimersByTimeAsync(9000));
  expect(notice()).not.toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(2000));
  expect(notice()).toBeNull();
});
