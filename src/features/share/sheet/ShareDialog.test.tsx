// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { say } from '../../../language/say.ts';
import { CopyLink } from '../../../page/header/CopyLink.tsx';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker, TWO } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { ShareDialog } from './ShareDialog.tsx';

let close = () => {};
afterEach(() => close());

/** What copies a link, in a browser that copies by `writeText`; without it, as where the page is not secure. */
async function show(copies: 'sheet' | 'button', writeText?: (text: string) => Promise<void>) {
  Object.defineProperty(navigator, 'clipboard', { value: writeText && { writeText }, configurable: true });
  const worker = new FakeWorker();
  await worker.open(TWO);
  const copier = copies === 'sheet' ? <ShareDialog open onOpen={() => {}} /> : <CopyLink />;
  ({ close } = await mount(fakeStores(worker), copier));
  const buttons = [...document.querySelectorAll('button')];
  const button = buttons.find(({ textContent }) => /^Copy/.test(textContent ?? '')) ?? expect.fail('nothing copies');
  await act(async () => button.click());
  return {
    worker,
    said: document.querySelector('[role=status]')?.textContent,
    ticked: button.querySelector('.lucide-check'),
  };
}

test.each([
  ['sheet', say('classroom.copyRefused')],
  ['button', say('page.copyRefused')],
] as const)('the %s says that copying was refused, and has no tick', async (copies, sentence) => {
  const { worker, said, ticked } = await show(copies);
  expect(said).toBe(sentence);
  expect(ticked).toBeNull();
  expect(worker.state.notice).toBeNull();
});

test.each(['sheet', 'button'] as const)('the %s says that the link was copied, with a tick', async (copies) => {
  const copied = vi.fn<(text: string) => Promise<void>>(async () => {});
  const { said, ticked } = await show(copies, copied);
  expect(copied).toHaveBeenCalledOnce();
  expect(said).toBe(say('page.linkCopied'));
  expect(ticked).not.toBeNull();
});

/** The sheet beside a race, and what a test does with it. */
async function openSheet() {
  const worker = new FakeWorker();
  await worker.open(TWO);
  const stores = fakeStores(worker);
  const sheet = (open: boolean) => <ShareDialog open={open} onOpen={() => {}} />;
  const { render, close: unmount } = await mount(stores, sheet(true));
  close = unmount;
  const show = (open: boolean) => render(sheet(open));
  const field = (label: string) => {
    const labelled = [...document.querySelectorAll('label')].find(
      (each) => each.querySelector('span')?.textContent === label,
    );
    return (
      labelled?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ??
      document.querySelector<HTMLInputElement>(`:is(input, textarea)[aria-label="${label}"]`) ??
      expect.fail(`no ${label}`)
    );
  };
  const type = (label: string, text: string) =>
    act(async () => {
      const element = field(label);
      // React hears of a value only where it was not set by itself.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')?.set?.call(element, text);
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    });
  return { stores, show, field, type };
}

test('what was typed is there when the sheet is opened again, until another assignment is taken', async () => {
  const { stores, show, field, type } = await openSheet();
  await type(say('classroom.taskField'), 'Cut three shortcuts. ');
  await type(say('classroom.waitAt'), '20');
  await show(false);
  await show(true);
  expect(field(say('classroom.taskField')).value).toBe('Cut three shortcuts. ');
  expect(field(say('classroom.waitAt')).value).toBe('20');
  expect(field(say('classroom.link')).value).toMatch(/stop=20&task=Cut\+three\+shortcuts\./);
  await act(async () => stores.classroom.assign({ title: '', task: 'Explain.' }));
  expect(field(say('classroom.taskField')).value).toBe('Explain.');
  expect(field(say('classroom.waitAt')).value).toBe('0');
});

test('with a chapter, the stop may be at any of its steps', async () => {
  const { stores, field, type } = await openSheet();
  await type(say('classroom.waitAt'), '300');
  expect(stores.classroom.store.getState().draft).toEqual({});
  await act(async () => stores.classroom.draftLink({ chapter: 7 }));
  await type(say('classroom.waitAt'), '401');
  expect(stores.classroom.store.getState().draft.stop).toBeUndefined();
  await type(say('classroom.waitAt'), '300');
  expect(field(say('classroom.link')).value).toMatch(/chapter=7&stop=300$/);
});

test('the sheet says whose race the link holds: that of a chapter is its own', async () => {
  const { stores } = await openSheet();
  const says = (text: string) => [...document.querySelectorAll('p')].some(({ textContent }) => textContent === text);
  expect(says(say('classroom.hideNote'))).toBe(true);
  await act(async () => stores.classroom.draftLink({ chapter: 7 }));
  expect([says(say('classroom.hideNote')), says(say('classroom.hideNoteChapter'))]).toEqual([false, true]);
});
