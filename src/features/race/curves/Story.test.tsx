// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker, points, progressReport, TWO } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { Story } from './Story.tsx';

test('what trains on gives the focus to the button that pauses it', async () => {
  const worker = new FakeWorker();
  await worker.open(TWO);
  const { until } = TWO;
  worker.emit(
    progressReport(
      until,
      TWO.lanes.map(({ name }) => points(name, 0, until)),
    ),
  );
  const { element, close } = await mount(
    fakeStores(worker),
    <>
      <button type="button" data-train />
      <Story parts={[]} caveat={[]} nets={[]} />
    </>,
  );
  onTestFinished(close);
  const deed = () => element.querySelector<HTMLElement>('section button');
  expect(deed()?.textContent).toBe(say('race.trainMore', { steps: worker.lab.store.getState().extension }));
  await act(async () => deed()?.focus());
  await act(async () => worker.emit({ type: 'training', training: true }));
  expect(deed()).toBeNull();
  expect(document.activeElement).toBe(element.querySelector('[data-train]'));
});
