import { expect, onTestFinished, test, vi } from 'vitest';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, openedReport, TWO } from '../../testing/fake-worker.ts';
import { openLoaded } from './ghost-opener.ts';
import { loadRecord } from './record-files.ts';

async function setUp() {
  vi.stubGlobal('scrollTo', () => {});
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  const worker = new FakeWorker();
  const stores = fakeStores(worker);
  await worker.open();
  const record = await loadRecord('cifar-10');
  /** All races that are asked for are opened, in turn. */
  const openAll = async () => {
    await worker.idle();
    while (worker.asked[0]?.experiment !== undefined) {
      worker.done(openedReport(worker.asked[0].experiment));
      await worker.idle();
    }
  };
  return { worker, ...stores, stores, record, openAll };
}

test('a record is drawn behind the race that is opened for it, and the lesson is put away', async () => {
  const { stores, lesson, ghost, record, openAll } = await setUp();
  lesson.begin(8);
  const opened = openLoaded(stores, Promise.resolve(record));
  await openAll();
  await opened;
  expect(ghost.store.getState().record).toBe(record);
  expect(lesson.store.getState().on).toBe(false);
});

test('a record that comes late opens nothing where another race or a chapter was chosen meanwhile', async () => {
  const { worker, stores, lab, lesson, ghost, record, openAll } = await setUp();
  const choices = [() => lab.openInstead(TWO), () => lesson.open(4), () => lesson.open(8)];
  for (const choose of choices) {
    let load = () => {};
    const late = new Promise<EvidenceRecord>((resolve) => {
      load = () => resolve(record);
    });
    const opened = openLoaded(stores, late);
    choose();
    await openAll();
    const { race } = worker.state;
    load();
    await openAll();
    await opened;
    expect(worker.state.race).toBe(race);
  }
  expect(lesson.store.getState()).toMatchObject({ on: true, chapter: { number: 8 } });
  expect(ghost.store.getState().record).toBeNull();
});

test.each([4, 8])('chapter %i stays where it is chosen while the race of a record is on its way', async (number) => {
  const { worker, stores, lesson, ghost, record, openAll } = await setUp();
  const opened = openLoaded(stores, Promise.resolve(record));
  await worker.idle();
  lesson.open(number);
  await openAll();
  await opened;
  expect(lesson.store.getState()).toMatchObject({ on: true, chapter: { number } });
  expect(ghost.store.getState().record).toBeNull();
});
