// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test } from 'vitest';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
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
