// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { MOST_ANSWERS } from '../classroom.ts';
import { Ballot } from './Votes.tsx';

let close = () => {};
afterEach(() => close());

test('an answer that is added or removed with the button that has the focus leaves it on the ballot', async () => {
  const stores = fakeStores(new FakeWorker());
  const page = await mount(stores, <Ballot />);
  close = page.close;
  const use = (button: HTMLElement | undefined) =>
    act(async () => {
      button?.focus();
      button?.click();
    });
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
