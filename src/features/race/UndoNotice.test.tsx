// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { StoresContext } from '../use-stores.ts';
import { UndoNotice } from './UndoNotice.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
// happy-dom has no locks, and says null where a browser says undefined.
Object.defineProperty(navigator, 'locks', { value: undefined });

test('a race that was replaced can be brought back for ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const worker = new FakeWorker();
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  onTestFinished(() => act(() => root.unmount()));
  await act(async () => {
    root.render(
      <StoresContext value={fakeStores(worker)}>
        <UndoNotice />
      </StoresContext>,
    );
    await worker.open(TWO);
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
  const notice = () => document.querySelector('[role="status"] section');
  await act(() => vi.advanceTimersByTimeAsync(9000));
  expect(notice()).not.toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(2000));
  expect(notice()).toBeNull();
});
