import { expect, test } from 'vitest';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../testing/fake-worker.ts';
import { openerOf } from './opener.ts';
import { createTrainer } from './trainer.ts';

function setUp() {
  const worker = new FakeWorker();
  const trainer = createTrainer(worker.lab, openerOf(worker.lab, { experiment: TWO, backend: 'wasm' }));
  /** Answers what was asked for first, where that is a race. */
  const opens = async () => {
    worker.done(openedReport(TWO));
    await worker.idle();
  };
  const asks = () => worker.asked.map(({ ask }) => ask);
  return { worker, trainer, opens, asks };
}

test.each(['train', 'trainAgain'] as const)(
  'a pause while the race opens takes back what asked for it: %s',
  async (how) => {
    const { worker, trainer, opens, asks } = setUp();
    trainer[how]();
    await worker.idle();
    trainer.pause();
    await opens();
    expect([worker.state.open, asks()]).toEqual([true, []]);
  },
);

test('after a pause it trains again where that is asked for last', async () => {
  const { worker, trainer, opens, asks } = setUp();
  trainer.train();
  await worker.idle();
  trainer.pause();
  trainer.train();
  await opens();
  expect(asks()).toContain('train');
});

test('at its end a race goes on, or begins again unless that is taken back', async () => {
  const { worker, trainer, opens, asks } = setUp();
  trainer.train();
  await worker.idle();
  await opens();
  const end = TWO.lanes.map(({ name }) => points(name, 0, TWO.until));
  worker.done(progressReport(TWO.until, end));
  trainer.train();
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'train', until: 2 * TWO.until }]);
  worker.done();
  worker.lab.setUntil(TWO.until);
  trainer.trainAgain();
  await worker.idle();
  expect(asks()).toEqual(['open']);
  trainer.pause();
  await opens();
  expect(asks()).not.toContain('train');
});
