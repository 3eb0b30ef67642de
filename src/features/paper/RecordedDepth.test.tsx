// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { mount } from '../../testing/mount.ts';
import { PAPER_ID } from '../../ui/section-ids.ts';
import { RecordedDepth } from './RecordedDepth.tsx';
import { loadRecord } from './record-files.ts';

test('the button leads to the card of the record, which is there once the section has loaded it', async () => {
  await loadRecord('cifar-10');
  const { element, close } = await mount(
    fakeStores(new FakeWorker()),
    <>
      <RecordedDepth className={undefined} />
      <section id={PAPER_ID} />
    </>,
  );
  element.querySelector('button')?.click();
  expect(document.activeElement?.id).toBe(PAPER_ID);
  const card = document.createElement('article');
  card.id = 'paper-figure-6';
  document.getElementById(PAPER_ID)?.append(card);
  await vi.waitFor(() => expect(document.activeElement).toBe(card));
  close();
});
