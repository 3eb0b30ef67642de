// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, openedReport, points, progressReport } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { PresentationControls } from './PresentationControls.tsx';

let close = () => {};
afterEach(() => {
  close();
  vi.useRealTimers();
});

/** A chapter that is presented, at its question, with its race where the chapter begins. */
async function presentChapter(number: number) {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  stores.classroom.present(true);
  const page = await mount(stores, <PresentationControls />);
  close = page.close;
  await act(async () => {
    stores.lesson.open(number);
    const { start } = stores.lesson.store.getState().chapter;
    if (start === null) return expect.unreachable('no race');
    const { experiment, step } = start;
    worker.done(openedReport(experiment));
    await worker.idle();
    const lanes = experiment.lanes.map(({ name }) => points(name, 0, step));
    if (step > 0) worker.done(progressReport(step, lanes));
    await worker.idle();
  });
  const refuse = (asked: 'train' | 'step' = 'train') =>
    act(async () => {
      stores.lesson.refuse(asked);
      await worker.idle();
    });
  return { worker, stores, refuse };
}

test('training before its time takes the answer of the class, and does one deed', async () => {
  const { worker, stores, refuse } = await presentChapter(2);
  const { choices } = stores.lesson.store.getState().chapter.question;
  stores.classroom.setVotes(choices.map(({ label, id }) => ({ answer: label(), count: id === 'luck' ? 9 : 1 })));
  await refuse();
  expect(stores.lesson.store.getState().answers.get(2)?.choice).toBe('luck');
  expect(worker.asked.map(({ ask }) => ask)).toEqual(['branch']);
});

test.each([
  ['step', 1],
  ['train', 150],
] as const)('where training comes next, the class sees what was asked for: %s', async (asked, until) => {
  const { worker, stores, refuse } = await presentChapter(1);
  await refuse(asked);
  expect(stores.lesson.store.getState().position).toEqual({ type: 'step', index: 0 });
  expect(worker.asked).toEqual([{ ask: 'train', until }]);
  expect(worker.state.experiment.until).toBe(150);
});

test('an answer that was given stays, and the deed that waits is the only one that is done', async () => {
  const { worker, stores, refuse } = await presentChapter(5);
  await act(async () => stores.lesson.answer({ choice: 'larger', ends: null }));
  await refuse();
  expect(stores.lesson.store.getState().answers.get(5)?.choice).toBe('larger');
  expect(stores.lesson.store.getState().measuring).toBe(true);
  await act(async () => {
    stores.lesson.store.setState({ readings: { before: 600, twin: 5, weights: 4 } });
    stores.lesson.store.setState({ measuring: false });
    stores.lesson.reach('features');
    await worker.idle();
  });
  expect(stores.lesson.store.getState().position).toEqual({ type: 'step', index: 1 });
  expect(worker.asked).toEqual([]);
});

test('the controls go when the pointer rests, also after a click on one of them, but not from under the keyboard', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const page = await mount(fakeStores(new FakeWorker()), <PresentationControls />);
  close = page.close;
  const find = (selector: string) =>
    page.element.querySelector<HTMLElement>(selector) ?? expect.unreachable(`no ${selector}`);
  const isShown = () => find('[role="toolbar"]').hasAttribute('data-shown');
  const use = (selector: string, event: Event) =>
    act(async () => {
      document.body.dispatchEvent(event);
      find(selector).focus();
    });
  const rest = () => act(() => vi.advanceTimersByTimeAsync(5000));
  await use('button:not([disabled])', new PointerEvent('pointerdown', { bubbles: true }));
  expect(isShown()).toBe(true);
  await rest();
  expect(isShown()).toBe(false);
  await use('[role="slider"]', new KeyboardEvent('keydown', { key: 'Tab', bubbles: true }));
  await rest();
  expect(isShown()).toBe(true);
});
