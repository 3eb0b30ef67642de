import { expect, test } from 'vitest';
import { FakeWorker, openedReport, TWO } from '../testing/fake-worker.ts';
import { openerOf } from './opener.ts';

function setUp() {
  const worker = new FakeWorker();
  const open = openerOf(worker.lab, { experiment: TWO, backend: 'wasm' });
  const asks = () => worker.asked.filter(({ ask }) => ask === 'open').length;
  return { worker, open, asks };
}

test('a race is opened once, however often it is asked for', async () => {
  const { worker, open, asks } = setUp();
  const both = Promise.all([open(), open()]);
  await worker.idle();
  expect(asks()).toBe(1);
  worker.done(openedReport(TWO));
  await both;
  await open();
  expect(asks()).toBe(0);
});

test('a race that failed to open, or was given up, is opened again', async () => {
  const { worker, open, asks } = setUp();
  const first = open();
  await worker.idle();
  worker.failed('DataError', 'emoji: the network is away');
  await expect(first).rejects.toThrow('the network is away');
  const second = open();
  await worker.idle();
  worker.done(openedReport(TWO));
  await second;
  worker.end('unloadable', 'the network is away');
  expect(worker.state.open).toBe(false);
  open().catch(() => {});
  await worker.idle();
  expect(asks()).toBe(1);
});

test.each(['MissingDataError', 'MemoryError'])(
  'no other race takes the place of one that is refused: %s',
  async (name) => {
    const { worker, open, asks } = setUp();
    const first = open();
    await worker.idle();
    worker.failed(name, 'not here');
    await expect(first).rejects.toThrow('not here');
    expect([asks(), worker.state.experiment.lanes]).toEqual([0, TWO.lanes]);
    open().catch(() => {});
    await worker.idle();
    expect(worker.asked.map(({ experiment }) => experiment)).toEqual([TWO]);
  },
);

test('a race whose device is not here is opened on another one', async () => {
  const { worker, open } = setUp();
  open().catch(() => {});
  await worker.idle();
  worker.failed('DeviceError', 'no such device');
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'open', experiment: TWO, backend: 'auto' }]);
});
