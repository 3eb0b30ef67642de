// @vitest-environment happy-dom
import { act } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { type Experiment, nameLanes } from '../../../core/experiment/experiment.ts';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { loadRecord } from '../../records/record-files.ts';
import { CureList } from './CureList.tsx';
import { wallsOf } from './cures.ts';

/** Opens this race as dots, asks for the recorded end, and returns what is said once it is there. */
async function askedFor(experiment: Experiment): Promise<string | null> {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  await worker.open(experiment);
  const walls = wallsOf(experiment) ?? expect.fail('no walls');
  const { element, close } = await mount(stores, <CureList rows={[]} walls={walls} onCurves={() => {}} />);
  onTestFinished(close);
  const button = [...element.querySelectorAll('button')].find(
    ({ textContent }) => textContent === say('cures.showRecorded'),
  );
  await act(async () => {
    button?.click();
    await worker.idle();
  });
  expect(button?.textContent).toBe(say('cures.hideRecorded'));
  return element.textContent;
}

test('the hollow marks are told of only where there are some', async () => {
  const { experiment } = await loadRecord('cures');
  const about = 'Hollow marks are recorded';
  expect(await askedFor(experiment)).toContain(about);
  const wide = nameLanes(experiment.lanes.map(({ net }) => ({ ...net, width: 16 })));
  const said = await askedFor({ ...experiment, lanes: wide });
  expect(said).toContain(say('cures.recordedOther'));
  expect(said).not.toContain(about);
});
