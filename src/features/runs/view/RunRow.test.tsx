// @vitest-environment happy-dom
import { expect, onTestFinished, test } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker, TWO } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { RunRow } from './RunRow.tsx';

test.each([
  ['the live race cannot be deleted', true, 'runs.notRemoved'],
  ['another race can', false, 'runs.remove'],
] as const)('the run of %s', async (_, live, label) => {
  const run = { id: 'a', name: null, startedAt: 0, experiment: TWO, device: null, step: 8, curves: [] };
  const row = <RunRow run={run} name="mine" marked={false} live={live} onOpened={() => {}} />;
  const { element, close } = await mount(fakeStores(new FakeWorker()), row);
  onTestFinished(close);
  const bin = [...element.querySelectorAll('button')].at(-1);
  expect(bin?.getAttribute('aria-label')).toBe(say(label, { name: 'mine' }));
  expect(bin?.getAttribute('aria-disabled') ?? 'false').toBe(String(live));
});
