// @vitest-environment happy-dom
import { act, type ComponentProps } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { say } from '../language/say.ts';
import { fakeStores } from '../testing/fake-stores.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../testing/fake-worker.ts';
import { mount } from '../testing/mount.ts';
import { createTrainer } from './trainer.ts';
import { Widget } from './Widget.tsx';

async function show(worker: FakeWorker, { parts, open }: Pick<ComponentProps<typeof Widget>, 'parts' | 'open'>) {
  const { element, close } = await mount(
    fakeStores(worker),
    <Widget
      lab={worker.lab}
      title={() => 'What happens?'}
      parts={parts}
      page={() => './'}
      open={open}
      trainer={createTrainer(worker.lab, open)}
      onHeight={() => {}}
    />,
  );
  onTestFinished(close);
  return element;
}

test('what happened stands over what it must be read with', async () => {
  const worker = new FakeWorker();
  await worker.open();
  const element = await show(worker, { parts: ['sentence'], open: async () => {} });
  const reports = TWO.lanes.map(({ name }) => points(name, 0, 2));
  await act(async () => worker.emit(progressReport(2, reports)));
  const [happened, caveat] = [...element.querySelectorAll('section p')].map(({ textContent }) => textContent);
  expect(happened).toContain('too early to tell the nets apart');
  expect(caveat).toBe('One seed, early in training; the result can still change.');
});

test('Train keeps the focus while it opens the race, and as Pause', async () => {
  const worker = new FakeWorker();
  const element = await show(worker, { parts: [], open: () => worker.lab.open(TWO) });
  const button = element.querySelector('button') ?? expect.unreachable('no button');
  await act(async () => {
    button.focus();
    button.click();
  });
  expect([button.disabled, button.getAttribute('aria-disabled')]).toEqual([false, 'true']);
  await act(async () => worker.done(openedReport(TWO)));
  await act(async () => worker.emit({ type: 'training', training: true }));
  expect(button.textContent).toBe(say('page.pause'));
  expect(document.activeElement).toBe(button);
});
