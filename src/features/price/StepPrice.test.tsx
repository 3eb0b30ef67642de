// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { say } from '../../language/say.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import type { Lab } from '../lab/lab.ts';
import { Price, sayDuration, useStepPrice } from './StepPrice.tsx';

function Dialog({ setUp = async () => {} }: { readonly setUp?: () => PromiseLike<void> }) {
  const price = useStepPrice();
  return <Price price={price} setUp={setUp} onDone={() => {}} experiment={TWO} />;
}

const OTHER = { ...TWO, recipe: { ...TWO.recipe, seed: 9 } };
const setUpOther = (lab: Lab) => () => lab.openInstead(OTHER);
/** Both nets go on to a step. */
const progressTo = (from: number, step: number) =>
  progressReport(
    step,
    TWO.lanes.map(({ name }) => points(name, from, step - from)),
  );
const copyAt = (steps: number) =>
  new Map(TWO.lanes.map(({ name, net }) => [name, { net, steps, stale: false, divergedAt: null, values: new Map() }]));

test('Undo restores the race before, and the steps that were timed are not kept', async () => {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  const { element, close } = await mount(stores, <Dialog setUp={setUpOther(worker.lab)} />);
  onTestFinished(close);
  await act(async () => {
    await worker.open();
    worker.emit(progressTo(0, 5));
  });
  const copied = { experiment: TWO, steps: 5 };
  await act(async () => {
    element.querySelector('button')?.click();
    for (await worker.idle(); worker.asked.length > 0; await worker.idle()) {
      const [asked] = worker.asked;
      if (asked?.ask === 'open') {
        const { experiment, steps } = copied;
        worker.done({ type: 'copied', experiment, snapshot: copyAt(steps) }, openedReport(OTHER));
      } else {
        const { step } = worker.state;
        copied.experiment = OTHER;
        copied.steps = step === 0 ? 1 : 3;
        worker.done(progressTo(step, copied.steps));
      }
    }
  });
  expect(worker.state).toMatchObject({ step: 0, experiment: OTHER, undo: { step: 5, experiment: TWO } });
  expect(stores.runs.store.getState().runs.map(({ step }) => step)).toEqual([5]);
});

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
  const button = element.querySelector('button');
  await act(async () => {
    button?.focus();
    button?.click();
  });
  expect([button?.getAttribute('aria-disabled'), button?.disabled, document.activeElement]).toEqual([
    'true',
    false,
    button,
  ]);
  await act(async () => {
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
  expect([document.activeElement, button?.textContent]).toEqual([button, say('setup.paperDone')]);
});

test('a duration is said in the unit that people would take', () => {
  expect([20, 70, 3000, 6000, 40_000, 100_000, 1_000_000].map(sayDuration)).toEqual([
    '1 minute',
    '1 minute',
    '50 minutes',
    '2 hours',
    '11 hours',
    '28 hours',
    '12 days',
  ]);
});
