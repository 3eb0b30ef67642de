// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { Modal } from '../../../ui/controls/Modal.tsx';
import { InsightFigure } from './InsightFigure.tsx';

test('a pin decides the view of a figure that is beside the curves already, whatever was chosen there', async () => {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  await worker.open();
  const { element, close } = await mount(stores, <InsightFigure name="lesions" height={200} compact />);
  const kind = () => element.querySelector('select')?.value;
  const pin = (view: string) => act(async () => stores.insight.pin('lesions', view));
  expect(kind()).toBe('branch');
  await pin('shortcut');
  expect(kind()).toBe('shortcut');
  const select = element.querySelector('select') ?? expect.unreachable('no menu');
  select.value = 'swap';
  await act(async () => select.dispatchEvent(new Event('change', { bubbles: true })));
  expect(kind()).toBe('swap');
  await pin('shortcut');
  expect(kind()).toBe('shortcut');
  close();
});

test('a sweep of lesions tells no average before it is whole', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const { element, close } = await mount(
    fakeStores(worker),
    <InsightFigure name="lesions" height={200} compact={false} />,
  );
  const question = worker.questions[0] ?? expect.unreachable('nothing is asked');
  const bar = (block: number, error: number) =>
    ({ lesion: { kind: 'branch', block }, errors: { batch: error } }) as const;
  const sweep = { study: 'sweep', kind: 'branch', lane: 'plain-8', step: 0, before: { batch: 50 }, of: 2 } as const;
  await act(async () => question.onProgress({ ...sweep, bars: [bar(1, 80)] }));
  expect(element.textContent).not.toContain('raises the error');
  await act(async () => {
    question.found({ ...sweep, bars: [bar(1, 80), bar(2, 60)] });
    await worker.idle();
  });
  expect(element.textContent).toContain('raises the error on average by 20.0 points in plain-8');
  close();
});

test.each([
  ['lesions', 'shortcut'],
  ['landscape', 'line'],
  ['gradients', 'raw'],
] as const)('the button that pins the figure of %s pins the view that is chosen: %s', async (name, view) => {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  await worker.open();
  const { element, close } = await mount(stores, <InsightFigure name={name} height={200} compact={false} />);
  const select = element.querySelector('select');
  if (select === null) {
    await act(async () => element.querySelector<HTMLElement>('[role="radio"]:last-child')?.click());
  } else {
    select.value = view;
    await act(async () => select.dispatchEvent(new Event('change', { bubbles: true })));
  }
  const pin = element.querySelector<HTMLElement>(`[title="${say('insight.pin')}"]`);
  await act(async () => pin?.click());
  expect(stores.insight.store.getState()).toMatchObject({ pinned: name, pinnedView: view });
  close();
});

test('a measurement that fails while a dialog is open is announced', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const { element, close } = await mount(
    fakeStores(worker),
    <>
      <InsightFigure name="lesions" height={200} compact={false} />
      <Modal title="Help" open onOpen={() => {}}>
        <p>Nothing of the page</p>
      </Modal>
    </>,
  );
  await act(async () => {
    worker.questions[0]?.failed('ProbeError', 'the device has no memory left');
    await worker.idle();
  });
  const region = element.querySelector('[role="status"]') ?? expect.unreachable('no status');
  expect(region.textContent).toContain('the device has no memory left');
  expect(element.querySelector('[aria-hidden="true"]')).not.toBeNull();
  expect(region.closest('[aria-hidden="true"]')).toBeNull();
  close();
});
