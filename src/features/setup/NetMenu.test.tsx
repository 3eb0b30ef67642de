// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { say } from '../../language/say.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { changedReport, FakeWorker, TWO } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { NetMenu } from './NetMenu.tsx';

const find = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('button, [role=menuitem]')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent) === name,
  ) ?? expect.fail(`no ${name}`);

const pressEnter = (name: string) =>
  act(async () => {
    find(name).focus();
    find(name).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  });

test('a branch can be rewound to step 0, where it has no checkpoint yet, too', async () => {
  const [plain = expect.unreachable()] = TWO.lanes;
  const fork = { ...plain, name: 'fork', origin: { lane: plain.name, eras: [{ net: plain.net, until: 4 }] } };
  const experiment = { ...TWO, lanes: [...TWO.lanes, fork] };
  const worker = new FakeWorker();
  await worker.open(experiment);
  worker.emit(changedReport(experiment, 6));
  const { close } = await mount(fakeStores(worker), <NetMenu name="fork" />);
  onTestFinished(close);
  await pressEnter(say('setup.netMenu', { name: 'fork' }));
  await pressEnter(say('setup.rewind'));
  await act(async () => find(say('setup.rewindTo', { step: 0 })).click());
  expect(worker.asked).toEqual([{ ask: 'rewind', lane: 'fork', step: 0 }]);
});

test('step 0 of a net with loaded weights is not called untrained', async () => {
  const [plain = expect.unreachable(), ...others] = TWO.lanes;
  const loaded = { ...plain, start: { file: 'plain-8.safetensors', hash: 'a'.repeat(64) } };
  const experiment = { ...TWO, lanes: [loaded, ...others] };
  const worker = new FakeWorker();
  await worker.open(experiment);
  worker.emit(changedReport(experiment, 6));
  const { close } = await mount(fakeStores(worker), <NetMenu name={plain.name} />);
  onTestFinished(close);
  await pressEnter(say('setup.netMenu', { name: plain.name }));
  await pressEnter(say('setup.rewind'));
  expect(document.body.textContent).toContain('as loaded from plain-8.safetensors');
  expect(document.body.textContent).not.toContain('untrained');
});
