import { expect, test } from 'vitest';
import { LIMITS } from '../../core/experiment/limits.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { unexpected } from '../../testing/unexpected.ts';

const LAST = LIMITS.steps.max;

/** A race that has made some steps, all but a few of them earlier. */
async function trainedTo(step: number, until: number): Promise<FakeWorker> {
  const worker = new FakeWorker();
  const run = { id: 'a', name: null, startedAt: 0, experiment: { ...TWO, until }, device: null, step, curves: [] };
  const resumed = worker.lab.resume({ tab: 'b', savedAt: 0, until, run, snapshot: new Map(), extension: 600_000 });
  const curves = TWO.lanes.map(({ name }) => points(name, step - 1, 1));
  worker.done(openedReport({ ...TWO, until: Math.min(until, LAST) }));
  await resumed;
  worker.emit(progressReport(step, curves));
  return worker;
}

test('goes on to the last step that any race can have, and not past it', async () => {
  const worker = await trainedTo(600_000, 600_000);
  worker.lab.train().then(null, unexpected);
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'train', until: LAST }]);
  expect(worker.state.experiment.until).toBe(LAST);
});

test.each([
  ['Train', (worker: FakeWorker) => worker.lab.train()],
  ['Step', (worker: FakeWorker) => worker.lab.step(10)],
  ['a round in slow motion', (worker: FakeWorker) => worker.lab.slowRound()],
])('is told where it has come there: %s', async (_, goOn) => {
  const worker = await trainedTo(LAST, LAST);
  const sentence = 'race: no race has more than 1,000,000 steps; press Reset, or choose another experiment';
  await expect(goOn(worker)).rejects.toThrow(sentence);
  expect(worker.state.notice?.message).toBe(sentence);
  expect(worker.asked).toEqual([]);
});

test('is resumed where an earlier version went on past it', async () => {
  const worker = await trainedTo(700_000, 1_200_000);
  expect(worker.state).toMatchObject({ open: true, notice: null, step: 700_000, experiment: { until: LAST } });
  worker.lab.reset().then(null, unexpected);
  await worker.idle();
  expect(worker.asked).toMatchObject([{ ask: 'open' }]);
});
