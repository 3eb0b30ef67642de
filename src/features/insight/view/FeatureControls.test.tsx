// @vitest-environment happy-dom
import { act } from 'react';
import { expect, test } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker, openedReport, TWO } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { ProbedImageChoice } from './FeatureControls.tsx';

test('the pencil is there only with the section that it leads to', async () => {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  await worker.open();
  const { element, close } = await mount(stores, <ProbedImageChoice />);
  const pencil = () => element.querySelector(`button[aria-label="${say('ownImage.openPad')}"]`);
  expect(pencil()).not.toBeNull();
  await act(async () => stores.sections.hide(['predictions']));
  expect(pencil()).toBeNull();
  close();
});

test('of a data set with fewer shown images than the number of the chosen one, the last is taken', async () => {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  const { element, close } = await mount(stores, <ProbedImageChoice />);
  const open = (count: number) => {
    const images = Array.from({ length: count }, (_, label) => ({
      picture: { name: `image ${label}`, size: 1, rgb: new Uint8Array(3) },
      label,
    }));
    const report = openedReport(TWO);
    if (report.type !== 'opened') return expect.unreachable('no race');
    return act(async () => worker.emit({ ...report, data: { ...report.data, shown: images } }));
  };
  const taken = () => element.querySelector('[aria-checked=true]')?.getAttribute('aria-label');
  await open(8);
  await act(async () => stores.insight.chooseImage(7));
  expect(taken()).toBe('image 7');
  await open(4);
  expect(taken()).toBe('image 3');
  await open(8);
  expect(taken()).toBe('image 7');
  close();
});
