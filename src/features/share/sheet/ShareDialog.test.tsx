// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import { say } from '../../../language/say.ts';
import { CopyLink } from '../../../page/header/CopyLink.tsx';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker, TWO } from '../../../testing/fake-worker.ts';
import { StoresContext } from '../../use-stores.ts';
import { ShareDialog } from './ShareDialog.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
// happy-dom has no locks, and says null where a browser says undefined.
Object.defineProperty(navigator, 'locks', { value: undefined });

let close = () => {};
afterEach(() => close());

/** What copies a link, in a browser that copies by `writeText`; without it, as where the page is not secure. */
async function show(copies: 'sheet' | 'button', writeText?: (text: string) => Promise<void>) {
  Object.defineProperty(navigator, 'clipboard', { value: writeText && { writeText }, configurable: true });
  const worker = new FakeWorker();
  await worker.open(TWO);
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  close = () => {
    act(() => root.unmount());
    document.body.replaceChildren();
  };
  await act(async () =>
    root.render(
      <StoresContext value={fakeStores(worker)}>
        {copies === 'sheet' ? <ShareDialog open onOpen={() => {}} /> : <CopyLink />}
      </StoresContext>,
    ),
  );
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
