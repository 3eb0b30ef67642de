// @vitest-environment happy-dom
import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { Button } from './Button.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const deed = vi.fn();

function Once() {
  const [done, setDone] = useState(false);
  return (
    <Button
      disabled={done}
      onClick={() => {
        deed();
        setDone(true);
      }}
    />
  );
}

test('a button that its own press disables can keep the focus, and does nothing more', async () => {
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  await act(async () => root.render(<Once />));
  const button = element.querySelector('button') ?? expect.unreachable('no button');
  expect(button.getAttribute('aria-disabled')).toBeNull();
  for (const _ of [1, 2]) await act(async () => button.click());
  expect(deed).toHaveBeenCalledOnce();
  expect(button.matches('[aria-disabled="true"]:not([disabled])')).toBe(true);
  act(() => root.unmount());
});
