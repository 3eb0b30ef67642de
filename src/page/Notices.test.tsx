// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { say } from '../language/say.ts';
import { fakeStores } from '../testing/fake-stores.ts';
import { FakeWorker } from '../testing/fake-worker.ts';
import { mount } from '../testing/mount.ts';
import { Modal } from '../ui/controls/Modal.tsx';
import { Notices } from './Notices.tsx';

const READY = { type: 'ready', accept: () => {} } as const;
vi.mock('../isolation/updates.ts', () => ({ onUpdate: () => () => {}, offeredUpdate: () => READY }));

let close = () => {};
afterEach(() => close());

test('a newer build is said to keep the race only where that is saved, and can be put away', async () => {
  const stores = fakeStores(new FakeWorker());
  const page = await mount(
    stores,
    <>
      <input />
      <Notices />
    </>,
  );
  close = page.close;
  const field = page.element.querySelector('input');
  await act(async () => field?.focus());
  const notice = () => page.element.querySelector(`section[aria-label="${say('page.newerTitle')}"]`);
  const save = (savedAt: number, failing: boolean) =>
    act(async () => stores.autosave.store.setState({ savedAt, failing }));
  expect(notice()?.textContent).not.toContain('saved');
  await save(40, false);
  expect(notice()?.textContent).toContain('The race is saved and can continue after the reload.');
  await save(40, true);
  expect(notice()?.textContent).not.toContain('saved');
  const dismiss = notice()?.querySelector<HTMLElement>(`[aria-label="${say('page.dismiss')}"]`);
  await act(async () => {
    dismiss?.focus();
    dismiss?.click();
  });
  expect(notice()).toBeNull();
  expect(document.activeElement).toBe(field);
});

test('what went wrong while a dialog is open is announced, as is a newer build', async () => {
  const stores = fakeStores(new FakeWorker());
  const page = await mount(
    stores,
    <>
      <Notices />
      <Modal title="Help" open onOpen={() => {}}>
        <p>Nothing of the page</p>
      </Modal>
    </>,
  );
  close = page.close;
  await act(async () => stores.autosave.store.setState({ unsaved: 'The browser has no room left' }));
  const said = (role: string) => page.element.querySelector(`[role="${role}"]`) ?? expect.fail(`no ${role}`);
  expect(said('alert').textContent).toContain('The browser has no room left');
  expect(said('status').textContent).toBe(say('page.newerTitle'));
  expect(page.element.querySelector('[aria-hidden="true"]')).not.toBeNull();
  for (const role of ['alert', 'status']) expect(said(role).closest('[aria-hidden="true"]')).toBeNull();
});
