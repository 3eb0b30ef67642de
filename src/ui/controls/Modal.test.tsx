// @vitest-environment happy-dom
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import { Modal } from './Modal.tsx';
import { NumberField } from './NumberField.tsx';
import { Sheet } from './Sheet.tsx';

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

/** Renders this where the page was, and gives what does so again. */
function renderer() {
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  close = () => {
    act(() => root.unmount());
    document.body.replaceChildren();
  };
  return (page: ReactNode) => act(async () => root.render(page));
}

const focus = (selector: string) => act(() => document.querySelector<HTMLElement>(selector)?.focus());

test.each([
  [
    'sheet',
    (open: boolean) => (
      <Sheet title="Lab" closeWord="Close" edge="left" open={open} onOpen={() => {}}>
        …
      </Sheet>
    ),
  ],
  [
    'modal',
    (open: boolean) => (
      <Modal title="Share" open={open} onOpen={() => {}}>
        …
      </Modal>
    ),
  ],
] as const)('a %s gives the focus back', async (_, dialog) => {
  const render = renderer();
  const page = (open: boolean) => (
    <>
      <button type="button" />
      {dialog(open)}
    </>
  );
  await render(page(false));
  focus('button');
  await render(page(true));
  expect(document.activeElement?.getAttribute('role')).toBe('dialog');
  await render(page(false));
  await vi.waitFor(() => expect(document.activeElement?.matches('div > button')).toBe(true));
});

test('a modal that takes the place of another gives the focus to what had it before both', async () => {
  const render = renderer();
  const page = (open: 'experiments' | 'runs' | null) => (
    <>
      <button type="button" id="opens" />
      <Modal title="Experiments" open={open === 'experiments'} onOpen={() => {}}>
        <button type="button" id="leads" />
      </Modal>
      <Modal title="Runs" open={open === 'runs'} onOpen={() => {}}>
        …
      </Modal>
    </>
  );
  await render(page(null));
  focus('#opens');
  await render(page('experiments'));
  focus('#leads');
  await render(page('runs'));
  expect(document.activeElement?.querySelector('h2')?.textContent).toBe('Runs');
  await render(page(null));
  await vi.waitFor(() => expect(document.activeElement?.id).toBe('opens'));
});

test('a modal that was opened while nothing had the focus gives it to nothing', async () => {
  const render = renderer();
  const page = (open: boolean) => (
    <>
      <button type="button" />
      <Modal title="Share" open={open} onOpen={() => {}}>
        …
      </Modal>
    </>
  );
  await render(page(false));
  focus('button');
  act(() => document.querySelector('button')?.blur());
  await render(page(true));
  await render(page(false));
  await vi.waitFor(() => expect(document.activeElement).toBe(document.body));
});

test('a number that was typed takes effect when its sheet is pulled away', async () => {
  const onCommit = vi.fn<(value: number) => void>();
  const onOpen = vi.fn<(open: boolean) => void>();
  const render = renderer();
  await render(
    <Sheet title="Lab" closeWord="Close" open onOpen={onOpen} edge="bottom">
      <NumberField label="seed" value={1} range={{ min: 1, max: 9, whole: true }} onCommit={onCommit} />
    </Sheet>,
  );
  const field = document.querySelector('input') ?? expect.unreachable('no field');
  await focus('input');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, '7');
  await act(async () => field.dispatchEvent(new Event('input', { bubbles: true })));
  const head = document.querySelector('h2')?.parentElement ?? expect.unreachable('no head');
  head.setPointerCapture = () => {};
  const pull = (type: string, clientY: number) =>
    act(async () => head.dispatchEvent(new PointerEvent(type, { clientY, bubbles: true })));
  await pull('pointerdown', 0);
  await pull('pointerup', 50);
  expect(onCommit).not.toHaveBeenCalled();
  await pull('pointerdown', 0);
  await pull('pointerup', 100);
  expect(onCommit).toHaveBeenCalledExactlyOnceWith(7);
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(false);
});
