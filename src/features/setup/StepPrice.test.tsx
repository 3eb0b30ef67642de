// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { Price, useStepPrice } from './StepPrice.tsx';

function Dialog() {
  const price = useStepPrice();
  return <Price price={price} setUp={async () => {}} onDone={() => {}} perStep={1} steps={10} />;
}

test('a price is measured without the speed limit that the visitor has chosen, which comes back', async () => {
  const worker = new FakeWorker();
  const { element, close } = await mount(fakeStores(worker), <Dialog />);
  onTestFinished(close);
  await act(async () => {
    await worker.open();
    worker.lab.setMaxRoundsPerSecond(0.5);
    worker.done();
  });
  const asked: unknown[] = [];
  await act(async () => {
    element.querySelector('button')?.click();
    for (await worker.idle(); worker.asked.length > 0; await worker.idle()) {
      asked.push(...worker.asked.slice(0, 1));
      worker.done();
    }
  });
  expect(asked).toEqual([
    { ask: 'setMaxRoundsPerSecond', maxRoundsPerSecond: null },
    { ask: 'train', until: 1 },
    { ask: 'train', until: 2 },
    { ask: 'setMaxRoundsPerSecond', maxRoundsPerSecond: 0.5 },
  ]);
  expect(element.querySelector('[role="status"]')?.textContent).toMatch(/one step of both nets takes [\d.]+ ms/);
});
