// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PRESETS } from '../../core/experiment/presets.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { changedReport, FakeWorker, openedReport, TWO } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { ResetButton } from './Transport.tsx';

let close = () => {};
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  close();
  vi.useRealTimers();
});

/** Reset beside a race of two nets, which trains and is started over as often as the test says. */
async function openReset() {
  const worker = new FakeWorker();
  const { element, close: unmount } = await mount(fakeStores(worker), <ResetButton />);
  close = unmount;
  await act(() => worker.open(TWO));
  const resetAfterTraining = () => act(() => worker.resetAfterTraining());
  const button = () => element.querySelector('button') ?? expect.fail('no button');
  const said = () => element.querySelector('[role="status"]')?.textContent;
  return { worker, button, said, resetAfterTraining };
}

test('a reset can be undone for ten seconds', async () => {
  const { button, resetAfterTraining } = await openReset();
  await resetAfterTraining();
  await act(() => vi.advanceTimersByTimeAsync(9000));
  expect(button().textContent).toBe('Undo reset');
  await act(() => vi.advanceTimersByTimeAsync(2000));
  expect(button().textContent).toBe('Reset');
});

test('what can be brought back is said: of another race, and without Runs where nothing was trained', async () => {
  const { worker, button, said, resetAfterTraining } = await openReset();
  await resetAfterTraining();
  expect(said()).toBe('The race is back at step 0. For now, Undo brings step 2 back; the curves stay in Runs.');
  const planned = { ...TWO, surgery: [{ step: 50, lane: 'ResNet-8', block: 1, gain: 0 }] };
  await act(async () => {
    worker.emit(changedReport(planned, 0));
    const reset = worker.lab.reset();
    worker.done(openedReport(TWO));
    await reset;
  });
  expect(said()).toBe('The race is back at step 0. Undo brings back what was planned.');
  await act(async () => {
    worker.emit(changedReport(planned, 0));
    const chosen = worker.lab.openInstead(PRESETS.twins);
    worker.done(openedReport(PRESETS.twins));
    await chosen;
  });
  expect(said()).toBe('A new race is at step 0. The one before can be brought back.');
  expect([button().textContent, button().title]).toEqual(['Previous race', 'Bring back the race before this one (u)']);
});

test('what undoes a reset is not taken from under a hand', async () => {
  const { button, resetAfterTraining } = await openReset();
  await resetAfterTraining();
  expect(button().textContent).toBe('Undo reset');
  act(() => {
    button().dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  });
  await act(() => vi.advanceTimersByTimeAsync(11_000));
  expect(button().textContent).toBe('Undo reset');
});

test('a hand that was over Undo when it went does not hold the next one', async () => {
  const { worker, button, resetAfterTraining } = await openReset();
  await resetAfterTraining();
  act(() => {
    button().dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  });
  // As training does, by a key.
  act(() => worker.lab.forgetUndo());
  expect(button().textContent).toBe('Reset');
  await resetAfterTraining();
  expect(button().textContent).toBe('Undo reset');
  await act(() => vi.advanceTimersByTimeAsync(11_000));
  expect(button().textContent).toBe('Reset');
});

test('what undoes a reset is not taken from under the keyboard, which has come to Reset before', async () => {
  const { button, resetAfterTraining } = await openReset();
  await act(async () => button().focus());
  await resetAfterTraining();
  await act(() => vi.advanceTimersByTimeAsync(11_000));
  expect(button().textContent).toBe('Undo reset');
  await act(async () => button().blur());
  await act(() => vi.advanceTimersByTimeAsync(11_000));
  expect(button().textContent).toBe('Reset');
});
