// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { useClassroomState } from '../../use-stores.ts';
import { type Cover, coversCurves, MOST_ANSWERS } from '../classroom.ts';
import { CurvesCover } from './CurvesCover.tsx';
import { Ballot, VoteRow } from './Votes.tsx';

let close = () => {};
afterEach(() => close());

const use = (button: HTMLElement | null | undefined) =>
  act(async () => {
    button?.focus();
    button?.click();
  });

test('an answer that is added or removed with the button that has the focus leaves it on the ballot', async () => {
  const stores = fakeStores(new FakeWorker());
  const page = await mount(stores, <Ballot />);
  close = page.close;
  const rows = () => [...page.element.querySelectorAll('li')];
  const add = () =>
    [...page.element.querySelectorAll('button')].find(({ textContent }) => textContent === say('classroom.addAnswer'));
  const remove = () => [...(rows().at(-1)?.querySelectorAll('button') ?? [])].at(-1);
  const votes = Array.from({ length: MOST_ANSWERS - 1 }, (_, nth) => ({ answer: `answer ${nth}`, count: 0 }));
  await act(async () => stores.classroom.setVotes(votes));
  await use(add());
  expect(document.activeElement).toBe(rows()[MOST_ANSWERS - 1]?.querySelector('input'));
  for (let left = MOST_ANSWERS - 1; left > 0; left--) {
    await use(remove());
    expect(rows()).toHaveLength(left);
    expect(document.activeElement).toBe(remove());
  }
  await use(remove());
  expect(document.activeElement).toBe(add());
});

/** The bars or the ballot beside the nets, and the cover of the curves. */
function Classroom() {
  const covered = useClassroomState(coversCurves);
  return (
    <>
      <button type="button" data-train />
      <VoteRow />
      {covered && <CurvesCover />}
    </>
  );
}

test.each<Cover>([{ type: 'curves' }, { type: 'lane', lane: 'plain-8' }])(
  'what a class has voted on is uncovered, and its bars are cleared, by buttons that then leave the focus on Train: %j',
  async (cover) => {
    const stores = fakeStores(new FakeWorker());
    const page = await mount(stores, <Classroom />);
    close = page.close;
    await act(async () => {
      stores.classroom.present(true);
      stores.classroom.cover(cover, []);
      stores.classroom.setVotes([{ answer: 'the plain net', count: 3 }]);
    });
    const train = page.element.querySelector('[data-train]');
    const buttons = [...page.element.querySelectorAll('button')];
    const uncover = buttons.find(({ textContent }) => textContent === say('classroom.uncover'));
    await use(uncover);
    expect(uncover?.isConnected).toBe(false);
    expect(document.activeElement).toBe(train);

    const clear = page.element.querySelector<HTMLElement>(`[aria-label="${say('classroom.clearVotes')}"]`);
    await use(clear);
    expect(clear?.isConnected).toBe(false);
    expect(document.activeElement).toBe(train);
  },
);
