// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { nameLanes } from '../../core/experiment/experiment.ts';
import { makeNet } from '../../core/net/net.ts';
import { say } from '../../language/say.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, openedReport, TWO } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import type { BriefNet } from '../records/record-nets.ts';
import { RunHere } from './RunHere.tsx';

const press = (text: string) =>
  act(async () => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === text)?.click());

test('a net that stops at once is trained with the others, and is no part of the price', async () => {
  const THREE = { ...TWO, lanes: nameLanes([...TWO.lanes.map(({ net }) => net), makeNet('plain', 56)]) };
  const worker = new FakeWorker();
  const setUp = () => worker.lab.openInstead(THREE);
  const stores = fakeStores(worker);
  const told = async (experiment: typeof THREE, uncounted: readonly BriefNet[]) => {
    const { close } = await mount(stores, <RunHere {...{ experiment, setUp, uncounted }} text="Run" about="" />);
    onTestFinished(close);
    await press('Run');
    const texts = [...document.querySelectorAll('[role=dialog] p')].map(({ textContent }) => textContent);
    return { texts, close };
  };
  const cost = ({ texts }: { readonly texts: readonly string[] }) =>
    texts.find((text) => text.includes('multiply-adds'));
  const two = await told(TWO, []);
  two.close();
  const three = await told(THREE, []);
  three.close();
  const priced = await told(THREE, [{ name: 'plain-56', step: 2 }]);
  expect(cost(three)).not.toBe(cost(two));
  expect(cost(priced)).toBe(cost(two));
  expect(priced.texts).toContain(say('paper.runUncounted', { nets: 'plain-56' }));

  const opened: (readonly string[])[] = [];
  await press(say('setup.paperUse'));
  await act(async () => {
    for (await worker.idle(); worker.asked.length > 0; await worker.idle()) {
      const { experiment } = worker.asked[0] ?? expect.fail();
      if (experiment === undefined) worker.done();
      else {
        opened.push(experiment.lanes.map(({ name }) => name));
        worker.done(openedReport(experiment));
      }
    }
  });
  const names = TWO.lanes.map(({ name }) => name);
  // A visitor who leaves early has the whole race, too.
  expect(opened).toEqual([names, names].map((two) => [...two, 'plain-56']));
});
