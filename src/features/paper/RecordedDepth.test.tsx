// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { MADE_UP_RECORD as RECORD, recordedRun as run, UNTIL } from '../../testing/made-up-record.ts';
import { mount } from '../../testing/mount.ts';
import { PAPER_ID } from '../../ui/section-ids.ts';
import { loadRecord } from '../records/record-files.ts';
import { besideTable6, RecordedDepth } from './RecordedDepth.tsx';

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

test('a record is told beside table 6, where it has both families at the same depths', () => {
  expect(besideTable6(RECORD)).toBe(
    'Recorded here, 100 steps on CIFAR-10 at 16×16 pixels (1 to 2 seeds): from 8 to 56 layers, the test error goes from 25.0% to 26.0% in residual nets and from 27.0% to 70.0% in plain ones. In table 6 of the paper, it goes from 8.75% with 20 layers to 6.43% with 110 (the best of five runs) in residual nets.',
  );
  const without = (...names: readonly string[]) =>
    besideTable6({
      ...RECORD,
      runs: [...RECORD.runs, run('ResNet-20', 1, 20)].filter(({ lane }) => !names.includes(lane)),
    });
  expect(without('ResNet-8', 'ResNet-20', 'ResNet-56')).toBeNull();
  expect(without('ResNet-8')).toBeNull();
  expect(without('ResNet-56')).toBeNull();
  const second = [...RECORD.runs, run('ResNet-8', 2, 20), run('ResNet-56', 2, 21)];
  expect(besideTable6({ ...RECORD, runs: second })).toContain('pixels (2 seeds)');
  const untested = RECORD.runs.map((one) => ({ ...one, measured: [{ step: UNTIL, trb: 20, test: null }] }));
  expect(besideTable6({ ...RECORD, runs: untested })).toBeNull();
});
