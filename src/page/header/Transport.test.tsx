// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StoresContext } from '../../features/use-stores.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { ResetButton } from './Transport.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
// happy-dom has no locks, and says null where a browser says undefined.
Object.defineProperty(navigator, 'locks', { value: undefined });

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
  const stores = fakeStores(worker);
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  close = () => {
    act(() => root.unmount());
    element.remove();
  };
  await act(async () => {
    root.render(
      <StoresContext value={stores}>
        <ResetButton />
      </StoresContext>,
    );
    await worker.open(TWO);
  });
  const resetAfterTraining = () =>
    act(async () => {
      const trained = TWO.lanes.map(({ name }) => points(name, 0, 2));
      worker.emit(progressReport(2, trained));
      const snapshot = new Map(
        TWO.lanes.map(({ name, net }) => [name, { net, steps: 2, stale: false, divergedAt: null, values: new Map() }]),
      );
      const reset = worker.lab.reset();
      worker.emit({ type: 'copied', experiment: TWO, snapshot });
      worker.done(openedReport(TWO));
      await reset;
    });
  const button = () => element.querySelector('button') ?? expect.fail('no button');
  return { worker, button, resetAfterTraining };
}

test('a reset can be undone for ten seconds', async () => {
  const { button, resetAfterTraining } = await openReset();
  await resetAfterTraining();
  await act(() => vi.advanceTimersByTimeAsync(9000));
  expect(button().textContent).toBe('Undo reset');
  await act(() => vi.advanceTimersByTimeAsync(2000));
  expect(button().textContent).toBe('Reset');
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
