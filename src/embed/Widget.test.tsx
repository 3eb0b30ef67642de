// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { fakeStores } from '../testing/fake-stores.ts';
import { FakeWorker, points, progressReport, TWO } from '../testing/fake-worker.ts';
import { mount } from '../testing/mount.ts';
import { Widget } from './Widget.tsx';

test('what happened stands over what it must be read with', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const { element, close } = await mount(
    fakeStores(worker),
    <Widget
      lab={worker.lab}
      title={() => 'What happens?'}
      parts={['sentence']}
      page={() => './'}
      open={async () => {}}
      onHeight={() => {}}
    />,
  );
  onTestFinished(close);
  const reports = TWO.lanes.map(({ name }) => points(name, 0, 2));
  await act(async () => worker.emit(progressReport(2, reports)));
  const [happened, caveat] = [...element.querySelectorAll('section p')].map(({ textContent }) => textContent);
  expect(happened).toContain('too early to tell the nets apart');
  expect(caveat).toBe('One seed, early in training; it can still change.');
});
