// @vitest-environment happy-dom
import { act, type ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import type { RateDrop } from '../../core/experiment/recipe.ts';
import { say } from '../../language/say.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { changedReport, FakeWorker, TWO } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { NetsSection } from './NetsSection.tsx';
import { RateFields } from './RateFields.tsx';
import { RecipeSection } from './RecipeSection.tsx';

let close = () => {};
afterEach(() => close());

/** A part of the lab beside a race of two nets. */
async function show(children: ReactNode) {
  const worker = new FakeWorker();
  await worker.open(TWO);
  const { render, close: unmount } = await mount(fakeStores(worker), children);
  close = unmount;
  return { worker, render };
}

/** The last control of this name. */
const find = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('button, [role=menuitem]')].findLast(
    (each) => (each.getAttribute('aria-label') ?? each.textContent) === name,
  ) ?? expect.fail(`no ${name}`);

const press = (key: string) =>
  act(async () => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });

const use = (name: string) =>
  act(async () => {
    const control = find(name);
    control.focus();
    control.click();
  });

test('a dialog that was opened from the menu of a net gives the focus to the button of the menu', async () => {
  await show(<NetsSection />);
  const menu = find(say('setup.netMenu', { name: 'plain-8' }));
  act(() => menu.focus());
  await press('Enter');
  act(() => find(say('design.open')).focus());
  await press('Enter');
  expect(document.querySelector('[role=menu]')).toBeNull();
  expect(document.activeElement?.getAttribute('role')).toBe('dialog');
  await press('Escape');
  expect(document.querySelector('[role=dialog]')).toBeNull();
  await vi.waitFor(() => expect(document.activeElement).toBe(menu));
});

test('a net that is removed leaves the focus to the one that takes its place, the last one to the button that adds one', async () => {
  const { worker } = await show(<NetsSection />);
  const [first, second] = TWO.lanes;
  if (first === undefined || second === undefined) return expect.unreachable('two nets');
  const remove = async ({ name }: typeof first, rest: readonly (typeof first)[]) => {
    await use(say('setup.remove', { name }));
    await act(async () => worker.done(changedReport({ ...TWO, lanes: rest }, 0)));
  };
  await remove(first, [second]);
  expect(document.activeElement).toBe(find(say('setup.remove', { name: second.name })));
  await remove(second, []);
  expect(document.activeElement).toBe(find(say('setup.addNet')));
});

test('a drop of the rate that is removed leaves the focus to the one before, the last one to the button that adds one', async () => {
  const fields = (drops: readonly RateDrop[]) => <RateFields recipe={{ ...TWO.recipe, drops }} onChange={() => {}} />;
  const [early, late] = [
    { step: 50, by: 10 },
    { step: 80, by: 10 },
  ];
  const { render } = await show(fields([early, late]));
  await use(say('setup.removeDrop'));
  await render(fields([early]));
  expect(document.activeElement).toBe(find(say('setup.removeDrop')));
  await use(say('setup.removeDrop'));
  await render(fields([]));
  expect(document.activeElement).toBe(find(say('setup.addDrop')));
});

test('the button that repeats an experiment keeps the focus as it becomes the one that stops that', async () => {
  await show(<RecipeSection />);
  await use(say('setup.repeatRun'));
  expect(document.activeElement).toBe(find(say('setup.repeatStop')));
  await use(say('setup.repeatStop'));
  expect(document.activeElement).toBe(find(say('setup.repeatRun')));
});
