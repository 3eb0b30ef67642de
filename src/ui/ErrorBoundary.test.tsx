// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Modal } from './controls/Modal.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { HiddenFailures } from './HiddenFailures.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

test('what fails behind a dialog is announced outside of what the dialog hides, and what fails beside it once', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  onTestFinished(() => {
    act(() => root.unmount());
    document.body.replaceChildren();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
  const Curves = ({ fails }: { readonly fails: boolean }) => {
    if (fails) throw new Error('no canvas');
    return 'curves';
  };
  const draw = (open: boolean, fails: boolean) =>
    act(async () =>
      root.render(
        <>
          <HiddenFailures />
          <main>
            <ErrorBoundary key={String(open)} part="The curves">
              <Curves fails={fails} />
            </ErrorBoundary>
          </main>
          <Modal title="Share" open={open} onOpen={() => {}}>
            <p>a link</p>
          </Modal>
        </>,
      ),
    );
  const announced = () =>
    [...document.querySelectorAll('[role=alert]')]
      .filter((alert) => alert.textContent !== '' && alert.closest('[aria-hidden=true]') === null)
      .map((alert) => alert.querySelector('p')?.textContent);
  const inPlace = () => document.querySelectorAll('main [role=alert]').length;
  await draw(false, true);
  expect([announced().length, inPlace()]).toEqual([1, 1]);
  await draw(true, false);
  expect([announced().length, inPlace()]).toEqual([0, 0]);
  await draw(true, true);
  expect(announced()).toEqual([expect.stringContaining('The curves')]);
  expect(inPlace()).toBe(1);
  // The part itself is read when the dialog is closed.
  await act(async () => vi.advanceTimersByTimeAsync(5000));
  expect([announced().length, inPlace()]).toEqual([0, 1]);
});
