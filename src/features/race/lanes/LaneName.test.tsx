// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { makeNet } from '../../../core/net/net.ts';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker, openedReport, progressReport, TWO } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { costOf } from '../../lab/use-net-costs.ts';
import { LaneName } from './LaneName.tsx';

test('a net that diverged can be rewound to the last weights of which a loss was finite', async () => {
  const lane = TWO.lanes[1] ?? expect.unreachable('two nets');
  const { name, net } = lane;
  const worker = new FakeWorker();
  await worker.open(TWO);
  worker.emit({ type: 'kept', steps: new Map([[name, [2, 3, 4]]]) });
  worker.emit(progressReport(5, [], { diverged: [{ lane: name, step: 5 }] }));
  const props = { lane, net, cost: costOf(net, 16, 4), hasTwin: false, repeat: undefined, covered: false };
  const { close } = await mount(fakeStores(worker), <LaneName {...props} />);
  onTestFinished(close);
  const button = document.querySelector('button') ?? expect.fail('no button');
  expect(button.getAttribute('aria-label')).toBe(say('race.rewindToGood', { name, step: 3 }));
  await act(async () => button.click());
  expect(worker.asked).toEqual([{ ask: 'rewind', lane: name, step: 3 }]);
});

test('the button that rewinds a net gives the focus to the net’s switch as it goes', async () => {
  const lane = TWO.lanes[1] ?? expect.unreachable('two nets');
  const { name, net } = lane;
  const worker = new FakeWorker();
  await worker.open(TWO);
  worker.emit(progressReport(5, [], { diverged: [{ lane: name, step: 5 }] }));
  const props = { lane, net, cost: costOf(net, 16, 4), hasTwin: false, repeat: undefined, covered: false };
  const { close } = await mount(
    fakeStores(worker),
    <section data-lane={name}>
      <LaneName {...props} />
      <button type="button" role="switch" aria-checked />
    </section>,
  );
  onTestFinished(close);
  const button = () => document.querySelector<HTMLElement>('button:not([role])');
  await act(async () => button()?.focus());
  await act(async () => worker.emit(openedReport(TWO)));
  expect(button()).toBeNull();
  expect(document.activeElement).toBe(document.querySelector('[role="switch"]'));
});

test('a net whose shortcuts are concatenated has the sign of one with shortcuts', async () => {
  const net = makeNet('residual', 8, { choices: { shortcut: { type: 'dense', growth: 4 } } });
  const lane = { name: 'dense', net };
  const worker = new FakeWorker();
  await worker.open({ ...TWO, lanes: [lane] });
  const props = { lane, net, cost: costOf(net, 16, 4), hasTwin: false, repeat: undefined, covered: false };
  const { close } = await mount(fakeStores(worker), <LaneName {...props} />);
  onTestFinished(close);
  expect(document.querySelector('h3 svg circle')).not.toBeNull();
});
