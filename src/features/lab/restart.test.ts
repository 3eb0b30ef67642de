import { beforeEach, expect, test, vi } from 'vitest';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import { changedReport, FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { errorsOf } from '../../testing/state-after.ts';
import { unexpected } from '../../testing/unexpected.ts';
import type { Handled } from './handled.ts';

const LANES = TWO.lanes.map(({ name }) => name);
const [PLAIN = '', RESIDUAL = ''] = LANES;

const snapshotAt = (steps: number): RaceSnapshot =>
  new Map(TWO.lanes.map(({ name, net }) => [name, { net, steps, stale: false, divergedAt: null, values: new Map() }]));
const progressTo = (step: number, from = 0) =>
  progressReport(
    step,
    LANES.map((lane) => points(lane, from, step - from)),
  );

let worker: FakeWorker;

beforeEach(async () => {
  worker = new FakeWorker();
  await worker.open();
});

/** Trains to step 37, with a copy at step 25. */
function train(): { readonly training: Handled } {
  const training = worker.lab.train();
  worker.emit({ type: 'training', training: true });
  worker.emit(progressTo(37));
  worker.emit({ type: 'copied', experiment: TWO, snapshot: snapshotAt(25) });
  return { training };
}

/** The race that was asked for is opened, and training begins as it was asked for. */
async function reopen(): Promise<void> {
  await worker.idle();
  expect(worker.asked[0]?.ask).toBe('open');
  worker.done(openedReport(TWO));
  await worker.idle();
}

test('when the worker ends while it trains, the race goes on from the last copy in another one, and it is said', async () => {
  const { training } = train();
  const { race } = worker.state;
  worker.end();
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'open', experiment: TWO, backend: 'auto', from: snapshotAt(25) }]);
  await reopen();
  expect(worker.state.recovery).toEqual({
    from: 'worker',
    end: { how: 'ended', reason: '' },
    step: 25,
    lost: 12,
    training: true,
  });
  expect([worker.state.race, worker.state.open, worker.state.step]).toEqual([race, true, 25]);
  expect(errorsOf(worker.state, PLAIN)).toHaveLength(25);
  // The same training, whose promise is still pending.
  expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
  worker.emit(progressTo(100, 25));
  expect(errorsOf(worker.state, PLAIN)).toHaveLength(100);
  worker.emit({ type: 'training', training: false });
  worker.done();
  await training;
  expect(worker.state).toMatchObject({ training: false, notice: null });
});

test('an error in the worker is told as such; without a copy the race is made again from step 0, with its surgery', async () => {
  const cut = { ...TWO, surgery: [{ step: 10, lane: RESIDUAL, block: 2, gain: 0 }] };
  worker.emit(progressTo(37));
  worker.emit(changedReport(cut, 37));
  worker.end('wounded', 'x is not defined');
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'open', experiment: cut, backend: 'auto', from: new Map() }]);
  worker.done(openedReport(cut));
  await worker.idle();
  expect(worker.state.recovery).toMatchObject({
    end: { how: 'wounded', reason: 'x is not defined' },
    step: 0,
    lost: 37,
    training: false,
  });
  expect(worker.state.experiment).toEqual(cut);
  expect(worker.asked).toEqual([]);
});

test('bytes that were withdrawn are not transferred again; those of the present race stay', async () => {
  const [other, present] = ['a'.repeat(64), 'b'.repeat(64)];
  for (const hash of [other, present]) {
    worker.lab.provide(hash, Uint8Array.of(1)).then(null, unexpected);
    worker.done();
  }
  const withdrawing = worker.lab.withdraw(other);
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'withdraw', hash: other }]);
  worker.done();
  await withdrawing;
  const data = { source: 'own', name: 'pets', hash: present, size: 16, made: 16 } as const;
  const changing = worker.lab.changeData(data);
  await worker.lab.withdraw(present);
  worker.end();
  await expect(changing).rejects.toThrow('ended unexpectedly');
  await vi.waitFor(() => expect(worker.asked).toMatchObject([{ ask: 'provide', hash: present }]));
});

test('transferred bytes, the limit of rounds, the share of time, and what was asked meanwhile come after the end in their order', async () => {
  const lending = worker.lab.provide('abc', Uint8Array.of(1, 2, 3));
  worker.done();
  await lending;
  const pacing = worker.lab.setMaxRoundsPerSecond(4);
  worker.done();
  await pacing;
  const yielding = worker.lab.setDutyCycle(0.1);
  worker.done();
  await yielding;
  train().training.then(null, unexpected);
  worker.end();
  await worker.idle();
  const pausing = worker.lab.pause();
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'provide', hash: 'abc', bytes: Uint8Array.of(1, 2, 3) }]);
  worker.done();
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'setMaxRoundsPerSecond', maxRoundsPerSecond: 4 }]);
  worker.done();
  await worker.idle();
  expect(worker.asked).toEqual([{ ask: 'setDutyCycle', dutyCycle: 0.1 }]);
  worker.done();
  await reopen();
  expect(worker.asked.map(({ ask }) => ask)).toEqual(['train', 'pause']);
  worker.done();
  worker.done();
  await pausing;
});

test('gains that were asked for are asked for again; what cannot be done twice is refused with a sentence', async () => {
  const setting = worker.lab.setGain(RESIDUAL, 2, 0);
  const removing = worker.lab.remove(PLAIN);
  worker.end();
  await expect(removing).rejects.toThrow('training worker: it ended unexpectedly; try again');
  await reopen();
  expect(worker.asked).toEqual([{ ask: 'setGains', lane: RESIDUAL, gains: [{ block: 2, gain: 0 }] }]);
  worker.done();
  await setting;
});

test('a question that was being answered ends with the worker, and is no second complaint', async () => {
  const asked = worker.lab.weights(PLAIN);
  worker.end();
  await expect(asked).rejects.toMatchObject({ name: 'WorkerError' });
  await reopen();
  expect(worker.state.notice).toBeNull();
});

test('where a worker ends as it opens another race, the one before stands again and the other is refused', async () => {
  const opening = worker.lab.open({ ...TWO, recipe: { ...TWO.recipe, seed: 2 } });
  worker.end();
  await expect(opening).rejects.toThrow('training worker: it ended unexpectedly; try again');
  await reopen();
  expect(worker.asked).toEqual([]);
  expect(worker.state).toMatchObject({ open: true, experiment: TWO });
});

test('where no race stands yet, the next worker opens it', async () => {
  worker = new FakeWorker();
  const opening = worker.lab.open(TWO);
  worker.end();
  await reopen();
  await opening;
  expect(worker.state).toMatchObject({ open: true, recovery: null });
});

test('a race that cannot be opened again is told with the reason, and rejects what waits for it', async () => {
  const { training } = train();
  worker.end();
  await worker.idle();
  worker.failed('MissingDataError', 'data set: "pets" is not here');
  await expect(training).rejects.toThrow('"pets" is not here');
  expect(worker.state).toMatchObject({ open: false, training: false, notice: { name: 'MissingDataError' } });
});

test('a worker that ends while the race is opened again is replaced once more, and what was lost is counted from the first', async () => {
  const { training } = train();
  training.then(null, unexpected);
  worker.end();
  await worker.idle();
  worker.emit(openedReport(TWO));
  worker.end();
  await reopen();
  expect(worker.state.recovery).toMatchObject({ step: 25, lost: 12, training: true });
  expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
});

test('the fourth end within a minute is the last; a sentence says what to do, and Reset does it', async () => {
  const { training } = train();
  for (const _ of [1, 2, 3]) {
    worker.end();
    await reopen();
  }
  worker.end();
  const sentence = /^training worker: it ended 4 times within a minute; choose smaller nets, .* and press Reset$/;
  await expect(training).rejects.toThrow(sentence);
  expect(worker.state).toMatchObject({ open: false, training: false });
  expect(worker.state.notice?.message).toMatch(sentence);
  expect(worker.asked).toEqual([]);
  const reset = worker.lab.reset();
  await worker.idle();
  worker.done(openedReport(TWO));
  await reset;
  expect(worker.state).toMatchObject({ open: true, notice: null });
});

test('the worker after the last has the bytes, the limit of rounds and the share of time, too', async () => {
  const asking = [worker.lab.provide('abc', Uint8Array.of(1)), worker.lab.setMaxRoundsPerSecond(4)];
  await worker.idle();
  worker.done();
  worker.done();
  await Promise.all(asking);
  worker.end('unloadable');
  const reset = worker.lab.reset();
  for (const ask of ['provide', 'setMaxRoundsPerSecond']) {
    await worker.idle();
    expect(worker.asked.map((command) => command.ask)).toEqual([ask]);
    worker.done();
  }
  await worker.idle();
  expect(worker.asked.map(({ ask }) => ask)).toEqual(['open']);
  worker.done(openedReport(TWO));
  await reset;
  expect(worker.state).toMatchObject({ open: true, notice: null });
});

test('ends that are more than a minute apart are not counted together', async () => {
  const now = vi.spyOn(performance, 'now');
  for (const minute of [0, 2, 4, 6, 8]) {
    now.mockReturnValue(minute * 60_000);
    worker.end();
    await reopen();
  }
  now.mockRestore();
  expect(worker.state).toMatchObject({ open: true, notice: null });
});

test('a worker that cannot be loaded is told at once', async () => {
  const opening = worker.lab.open(TWO);
  worker.end('unloadable');
  await expect(opening).rejects.toThrow('it could not be loaded; check the connection and reload the page');
  expect(worker.state).toMatchObject({ open: false, loading: null });
  expect(worker.state.notice?.message).toContain('it could not be loaded');
});

test('a lane that was rewound since the copy is not brought back to what was undone', async () => {
  train();
  worker.emit({
    type: 'changed',
    experiment: TWO,
    begun: new Map([
      [PLAIN, 37],
      [RESIDUAL, 10],
    ]),
  });
  worker.end();
  await worker.idle();
  expect(worker.asked).toMatchObject([{ ask: 'open', from: new Map([...snapshotAt(25)].slice(0, 1)) }]);
  await reopen();
  expect([PLAIN, RESIDUAL].map((lane) => worker.state.curves.get(lane)?.steps)).toEqual([25, 0]);
});

test('a resumed race of which there is no copy yet goes on from where it was resumed', async () => {
  const run = { id: 'a', name: null, startedAt: 0, experiment: TWO, device: null, step: 25, curves: [] };
  const resuming = worker.lab.resume({ tab: 'b', savedAt: 0, until: 100, run, snapshot: snapshotAt(25) });
  worker.done(openedReport(TWO));
  await resuming;
  worker.end();
  await worker.idle();
  expect(worker.asked).toMatchObject([{ ask: 'open', from: snapshotAt(25) }]);
});

test('a net of it that is rewound meanwhile is rewound alone', async () => {
  const run = { id: 'a', name: null, startedAt: 0, experiment: TWO, device: null, step: 25, curves: [] };
  const resuming = worker.lab.resume({ tab: 'b', savedAt: 0, until: 100, run, snapshot: snapshotAt(25) });
  worker.done(openedReport(TWO));
  await resuming;
  const rewinding = worker.lab.rewind(RESIDUAL, 0);
  const begun = new Map([
    [PLAIN, 25],
    [RESIDUAL, 0],
  ]);
  worker.done({ type: 'changed', experiment: TWO, begun });
  await rewinding;
  worker.end();
  await worker.idle();
  expect(worker.asked).toMatchObject([{ ask: 'open', from: new Map([...snapshotAt(25)].slice(0, 1)) }]);
});
