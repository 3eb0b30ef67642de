// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { figureText } from '../../insight/probes/probes.ts';
import { FigureSlot } from './FigureSlot.tsx';

let close = () => {};
afterEach(() => close());

test('the menu of the slot keeps the focus where a figure takes the place of error by depth', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const page = await mount(
    fakeStores(worker),
    <FigureSlot height={200}>{(title) => <header>{title}</header>}</FigureSlot>,
  );
  close = page.close;
  const menu = page.element.querySelector('button') ?? expect.unreachable('no menu');
  act(() => menu.focus());
  await act(async () => {
    menu.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  });
  const { short } = figureText('gradients');
  await act(async () => {
    const items = [...document.querySelectorAll<HTMLElement>('[role=menuitemradio]')];
    const item = items.find(({ textContent }) => textContent === short) ?? expect.unreachable('no item');
    item.focus();
    item.click();
  });
  expect(menu.isConnected).toBe(false);
  expect(document.activeElement?.textContent).toBe(short);
  expect(document.activeElement?.closest('h2')).not.toBeNull();
});
