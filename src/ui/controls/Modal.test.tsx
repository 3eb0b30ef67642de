// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import { Modal } from './Modal.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

let close = () => {};
afterEach(() => close());

/** A modal that is open, and what it asks for. */
async function openModal() {
  const onOpen = vi.fn<(open: boolean) => void>();
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  close = () => {
    act(() => root.unmount());
    document.body.replaceChildren();
  };
  await act(async () =>
    root.render(
      <Modal title="Share" open onOpen={onOpen}>
        <input />
        <dialog>a code</dialog>
      </Modal>,
    ),
  );
  const find = <Name extends 'input' | 'dialog'>(name: Name) => {
    return document.querySelector(name) ?? expect.fail(`no ${name}`);
  };
  const pressEscape = (more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, ...more });
    act(() => {
      find('input').dispatchEvent(event);
    });
  };
  return { onOpen, over: find('dialog'), pressEscape };
}

test('Escape closes a modal', async () => {
  const { onOpen, pressEscape } = await openModal();
  pressEscape();
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(false);
});

test('Escape closes what is over a modal first, and the modal stays', async () => {
  const { onOpen, over, pressEscape } = await openModal();
  const closed = vi.fn<() => void>();
  over.addEventListener('close', closed);
  over.showModal();
  pressEscape();
  expect(over.open).toBe(false);
  expect(closed).toHaveBeenCalledOnce();
  expect(onOpen).not.toHaveBeenCalled();
  pressEscape();
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(false);
});

test('Escape of an input method closes nothing', async () => {
  const { onOpen, pressEscape } = await openModal();
  pressEscape({ isComposing: true });
  pressEscape({ keyCode: 229 });
  expect(onOpen).not.toHaveBeenCalled();
});
