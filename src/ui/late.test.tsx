// @vitest-environment happy-dom
import { Activity, act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { say } from '../language/say.ts';
import { LateError, late, loadLate } from './late.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

test('a module that fails once is asked for again', async () => {
  let asked = 0;
  const load = async () => {
    asked += 1;
    if (asked === 1) throw new TypeError('Importing a module script failed.');
    return { part: 'here' };
  };
  expect(await loadLate(load)).toEqual({ part: 'here' });
  expect(asked).toBe(2);
});

test('one that goes on failing is a late part that could not be loaded, and can be asked for later', async () => {
  let online = false;
  const load = async () => {
    if (!online) throw new TypeError('Failed to fetch dynamically imported module: http://elsewhere/a.js');
    return { part: 'here' };
  };
  const failure = loadLate(load);
  await expect(failure).rejects.toBeInstanceOf(LateError);
  await expect(failure).rejects.toThrow(say('errors.late'));
  online = true;
  expect(await loadLate(load)).toEqual({ part: 'here' });
});

test('a part that is drawn before another has loaded the module, and takes effect after that, is there', async () => {
  let arrive = () => {};
  const module = new Promise<{ readonly Part: () => string }>((resolve) => {
    arrive = () => resolve({ Part: () => 'here' });
  });
  const Late = late(
    () => module,
    ({ Part }) => Part,
    'loading',
  );
  const element = document.createElement('div');
  const root = createRoot(element);
  // What is hidden is drawn, and has its effects only when it is shown.
  const draw = (mode: 'hidden' | 'visible') =>
    act(async () =>
      root.render(
        <>
          <p>
            <Late />
          </p>
          <Activity mode={mode}>
            <p>
              <Late />
            </p>
          </Activity>
        </>,
      ),
    );
  const said = () => [...element.querySelectorAll('p')].map(({ textContent }) => textContent);
  await draw('hidden');
  expect(said()).toEqual(['loading', 'loading']);
  await act(async () => arrive());
  expect(said()).toEqual(['here', 'loading']);
  await draw('visible');
  expect(said()).toEqual(['here', 'here']);
  act(() => root.unmount());
});
