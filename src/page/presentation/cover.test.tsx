// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { useToldLanes } from '../../features/lesson/use-told-lanes.ts';
import { Lanes } from '../../features/race/lanes/Lanes.tsx';
import { momentsOf } from '../../features/slow-motion/slow-moments.ts';
import { SlowMotionPanel } from '../../features/slow-motion/view/SlowMotionPanel.tsx';
import { say } from '../../language/say.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, TWO } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';

let close = () => {};
afterEach(() => {
  close();
  vi.restoreAllMocks();
});

function Told() {
  return (
    <output>
      {useToldLanes()
        .map(({ name }) => name)
        .join()}
    </output>
  );
}

test('a cover hides what the nets answer, their figures, and slow motion', async () => {
  // happy-dom has no layout.
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 900, 372));
  const worker = new FakeWorker();
  const { classroom, slowMotion, ...stores } = fakeStores(worker);
  const page = await mount(
    { ...stores, classroom, slowMotion },
    <>
      <Lanes />
      <SlowMotionPanel over={false} />
      <Told />
    </>,
  );
  close = page.close;
  await act(() => worker.open(TWO));
  const round = { images: [], steps: [] };
  await act(async () => {
    slowMotion.store.setState({ round, moments: momentsOf(round) });
    classroom.present(true);
  });
  /** How often each net tells of its answers: beside its name, and beside its strip. */
  const answers = () =>
    [...page.element.querySelectorAll('[data-lane]')].map(
      (row) => row.innerHTML.split(say('race.noAnswer')).length - 1,
    );
  const slow = () => page.element.querySelector(`section[aria-label="${say('slowMotion.title')}"]`) !== null;
  const told = () => page.element.querySelector('output')?.textContent;
  expect([answers(), slow(), told()]).toEqual([[2, 2], true, 'plain-8,ResNet-8']);
  await act(async () => classroom.cover({ type: 'lane', lane: 'ResNet-8' }, ['yes', 'no']));
  expect([answers(), slow(), told()]).toEqual([[2, 0], false, 'plain-8']);
  await act(async () => classroom.cover({ type: 'curves' }, ['yes', 'no']));
  expect([answers(), slow(), told()]).toEqual([[0, 0], false, '']);
});
