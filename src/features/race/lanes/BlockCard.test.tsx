// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import { makeNet } from '../../../core/net/net.ts';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker, TWO } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { Lanes } from './Lanes.tsx';

let close = () => {};
const place = vi.fn<() => DOMRect>();
beforeEach(() => {
  // happy-dom has no layout.
  place.mockReturnValue(new DOMRect(0, 0, 900, 372));
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(place);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The nets of a race, and what a pointer and keys do to their blocks. */
async function openNets() {
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  const page = await mount(stores, <Lanes />);
  close = page.close;
  const open = (experiment: Experiment) => act(() => worker.open(experiment));
  await open(TWO);
  const present = (presenting: boolean) => act(async () => stores.classroom.present(presenting));
  const card = () => page.element.querySelector<HTMLElement>('[data-card]');
  const title = () => card()?.querySelector('h4 span')?.textContent;
  const block = (number: number) =>
    page.element.querySelector<SVGElement>(`[aria-label="ResNet-8"] [data-block="${number}"]`) ??
    expect.fail(`no block ${number}`);
  const field = () => card()?.querySelector('input') ?? expect.fail('no field');
  const on = (target: EventTarget, event: Event) => act(async () => target.dispatchEvent(event));
  const enter = (element: Element) =>
    on(element, new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
  /** The pointer goes from an element to one that is no part of the nets, and stays there. */
  const leave = async (element: Element) => {
    await on(
      element,
      new PointerEvent('pointerout', { bubbles: true, pointerType: 'mouse', relatedTarget: document.body }),
    );
    await act(() => vi.advanceTimersByTimeAsync(1000));
  };
  const pressEscape = (target: Element) => on(target, new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  const scroll = (target: Element) => on(target, new Event('scroll'));
  const focus = (element: HTMLElement | SVGElement) => act(async () => element.focus());
  return { open, present, card, title, block, field, enter, leave, pressEscape, scroll, focus };
}

const titleOf = (block: number) => say('race.block', { block });

test('the pointer’s card goes with the pointer, but not one that the focus has come into', async () => {
  const { card, title, block, field, enter, leave, focus } = await openNets();
  await enter(block(2));
  expect(title()).toBe(titleOf(2));
  await leave(block(2));
  expect(card()).toBeNull();

  await enter(block(2));
  const typed = field();
  await focus(typed);
  await leave(card() ?? block(2));
  await enter(block(1));
  expect(title()).toBe(titleOf(2));
  expect(document.activeElement).toBe(typed);

  await act(async () => typed.blur());
  expect(card()).toBeNull();
});

test('the card of the block with the focus is not the pointer’s to close or to replace', async () => {
  const { card, title, block, enter, leave, focus } = await openNets();
  await focus(block(2));
  await enter(block(1));
  expect(title()).toBe(titleOf(2));
  await leave(block(1));
  expect(title()).toBe(titleOf(2));
  await focus(block(3));
  expect(title()).toBe(titleOf(3));
  await act(async () => block(3).blur());
  expect(card()).toBeNull();
});

test('a window that loses the focus takes no card from it', async () => {
  const { title, block, focus } = await openNets();
  await focus(block(2));
  await act(async () => block(2).dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
  expect(title()).toBe(titleOf(2));
});

test('Escape closes a card, wherever the focus is, and gives the focus in it to its block', async () => {
  const { card, block, field, enter, pressEscape, focus } = await openNets();
  await enter(block(2));
  await pressEscape(document.body);
  expect(card()).toBeNull();

  await focus(block(2));
  await pressEscape(block(2));
  expect(card()).toBeNull();

  await enter(block(2));
  await focus(field());
  await pressEscape(field());
  expect(card()).toBeNull();
  expect(document.activeElement).toBe(block(2));
});

test('a card stays while it is scrolled itself; beside it, a scroll closes the pointer’s and moves the focus’s', async () => {
  const { card, title, block, enter, scroll, focus } = await openNets();
  await enter(block(2));
  await scroll(card() ?? expect.fail('no card'));
  expect(title()).toBe(titleOf(2));
  await scroll(document.body);
  expect(card()).toBeNull();

  await focus(block(2));
  const top = card()?.style.top;
  place.mockReturnValue(new DOMRect(0, 40, 900, 372));
  await scroll(document.body);
  expect(title()).toBe(titleOf(2));
  expect(card()?.style.top).not.toBe(top);
});

test('the card of a plain net’s block says that it has no shortcut', async () => {
  const { open, card, block, enter } = await openNets();
  await open({ ...TWO, lanes: TWO.lanes.map((lane) => ({ ...lane, net: makeNet('plain', 8) })) });
  await enter(block(2));
  expect(card()?.textContent).toContain(say('race.noShortcut'));
  expect(card()?.textContent).not.toContain('Shortcut: ');
});

const PLAIN: Experiment = { ...TWO, lanes: TWO.lanes.filter(({ net }) => net.family === 'plain') };

test.each(['pointer', 'focus'] as const)(
  'a card of the %s ends with its net, which says nothing as it goes',
  async (by) => {
    const { open, card, title, block, enter, focus } = await openNets();
    await (by === 'focus' ? focus(block(2)) : enter(block(2)));
    await open(PLAIN);
    await open(TWO);
    expect(card()).toBeNull();
    await enter(block(1));
    expect(title()).toBe(titleOf(1));
  },
);

test('a presentation, which takes the card, ends it where it takes the focus with it', async () => {
  const { present, card, title, block, field, enter, focus } = await openNets();
  await focus(block(2));
  await present(true);
  await present(false);
  expect(title()).toBe(titleOf(2));

  await focus(field());
  await present(true);
  await present(false);
  expect(card()).toBeNull();
  await enter(block(1));
  expect(title()).toBe(titleOf(1));
});
