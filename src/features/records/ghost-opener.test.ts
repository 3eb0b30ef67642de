import { expect, onTestFinished, test, vi } from 'vitest';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import { fakeStores } from '../../testing/fake-stores.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
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
  /** A record that comes when it is let. */
  const lateRecord = () => {
    let load = () => {};
    const late = new Promise<EvidenceRecord>((resolve) => {
      load = () => resolve(record);
    });
    return { late, load };
  };
  return { worker, ...stores, stores, record, openAll, lateRecord };
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
  const { worker, stores, lab, lesson, ghost, openAll, lateRecord } = await setUp();
  const choices = [() => lab.openInstead(TWO), () => lesson.open(4), () => lesson.open(8)];
  for (const choose of choices) {
    const { late, load } = lateRecord();
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

test('a record that comes late is drawn where meanwhile the next seed of a plan has opened by itself', async () => {
  const { worker, stores, lab, repeats, ghost, record, openAll, lateRecord } = await setUp();
  repeats.start(3);
  await worker.idle();
  worker.done();
  const { late, load } = lateRecord();
  const opened = openLoaded(stores, late);
  worker.emit({ type: 'training', training: true });
  worker.emit(
    progressReport(
      TWO.until,
      TWO.lanes.map(({ name }) => points(name, 0, TWO.until)),
    ),
  );
  worker.emit({ type: 'training', training: false });
  await openAll();
  expect(lab.store.getState().experiment.recipe.seed).toBe(TWO.recipe.seed + 1);
  expect(worker.asked.map(({ ask }) => ask)).toEqual(['train']);
  worker.done();
  load();
  await openAll();
  await opened;
  expect(ghost.store.getState().record).toBe(record);
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
