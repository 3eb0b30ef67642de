// @vitest-environment happy-dom
import { act, useState } from 'react';
import { expect, test, vi } from 'vitest';
import { say } from '../../../language/say.ts';
import { fakeStores } from '../../../testing/fake-stores.ts';
import { FakeWorker, TWO } from '../../../testing/fake-worker.ts';
import { mount } from '../../../testing/mount.ts';
import { INSIDE_ID } from '../../../ui/section-ids.ts';
import { costOf } from '../../lab/use-net-costs.ts';
import type { Section } from '../../share/sections.ts';
import { BlockSheet } from './BlockSheet.tsx';

const lane = TWO.lanes[1] ?? expect.unreachable('two nets');
const cost = costOf(lane.net, 16, 4);

function Page() {
  const [open, setOpen] = useState(true);
  return (
    <>
      <section id={INSIDE_ID} />
      {open && <BlockSheet lane={lane} cost={cost} block={2} gain={1} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Opens a block's sheet, presses Look inside there, and gives the stores. */
async function lookInside(hidden: readonly Section[]) {
  const worker = new FakeWorker();
  await worker.open(TWO);
  const stores = fakeStores(worker);
  stores.sections.hide(hidden);
  const { close } = await mount(stores, <Page />);
  const button = [...document.querySelectorAll('button')].find(
    ({ textContent }) => textContent === say('insight.lookInside'),
  );
  await act(async () => button?.click());
  expect(document.querySelector('[role=dialog]')).toBeNull();
  return { insight: stores.insight.store, close };
}

test('Look inside closes the sheet and leads to the section, with the focus', async () => {
  const { insight, close } = await lookInside([]);
  await vi.waitFor(() => expect(document.activeElement?.id).toBe(INSIDE_ID));
  expect(insight.getState().pinned).toBeNull();
  close();
});

test('where a link leaves that section out, the figure stands beside the curves', async () => {
  const { insight, close } = await lookInside(['inside']);
  await vi.waitFor(() => expect(insight.getState().pinned).toBe('features'));
  expect(insight.getState().block).toEqual({ lane: lane.name, block: 2 });
  close();
});
