import { describe, expect, test } from 'vitest';
import { PRESETS } from '../../core/experiment/presets.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { unexpected } from '../../testing/unexpected.ts';
import type { Lab } from './lab.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];

describe('training that is asked for while another race is on its way', () => {
  /** A race at the end of its 100 steps. */
  async function ended(): Promise<FakeWorker> {
    const worker = new FakeWorker();
    await worker.open();
    worker.emit(progressReport(100, [points(PLAIN, 0, 100), points(RESIDUAL, 0, 100)]));
    return worker;
  }

  test.each([
    ['Train', (lab: Lab) => lab.train(), { ask: 'train', until: 100 }],
    ['Step', (lab: Lab) => lab.step(1), { ask: 'train', until: 1 }],
    ['slow motion', (lab: Lab) => lab.slowRound(), { ask: 'slowRound' }],
  ])('by %s counts from where that one stands', async (_, act, asked) => {
    const worker = await ended();
    worker.lab.reset().then(null, unexpected);
    act(worker.lab).then(null, unexpected);
    expect(worker.asked).toMatchObject([{ ask: 'open' }]);
    worker.done(openedReport(TWO));
    await worker.idle();
    expect(worker.asked).toEqual([asked]);
    expect(worker.state.experiment.until).toBe(100);
  });

  test('goes to its end, and waits on the way there', async () => {
    const worker = await ended();
    worker.lab.openInstead({ ...TWO, until: 600 }).then(null, unexpected);
    worker.lab.train().then(null, unexpected);
    worker.done(openedReport({ ...TWO, until: 600 }));
    await worker.idle();
    worker.lab.reset().then(null, unexpected);
    worker.lab.setWaitAt(60);
    worker.lab.train().then(null, unexpected);
    expect(worker.asked).toMatchObject([{ ask: 'train', until: 600 }, { ask: 'open' }]);
    worker.done();
    worker.done(openedReport({ ...TWO, until: 600 }));
    await worker.idle();
    expect(worker.asked).toEqual([{ ask: 'train', until: 60 }]);
  });

  test('goes on from the steps of a race that is brought back', async () => {
    const worker = new FakeWorker();
    await worker.open();
    await worker.resetAfterTraining();
    worker.lab.undo().then(null, unexpected);
    worker.lab.step(1).then(null, unexpected);
    worker.done(openedReport(TWO));
    await worker.idle();
    expect(worker.asked).toEqual([{ ask: 'train', until: 3 }]);
  });

  test.each([
    ['a pause', (lab: Lab) => lab.pause(), ['open', 'pause']],
    ['another race that is asked for', (lab: Lab) => lab.openInstead(PRESETS.tiny), ['open', 'open']],
  ])('is withdrawn by %s', async (_, withdraw, asked) => {
    const worker = await ended();
    const calls: string[] = [];
    worker.lab.reset().then(null, unexpected);
    worker.lab.train().then(null, unexpected);
    withdraw(worker.lab).then(null, unexpected);
    for (await worker.idle(); worker.asked.length > 0; await worker.idle()) {
      const [first] = worker.asked;
      calls.push(first?.ask ?? '');
      worker.done(...(first?.experiment === undefined ? [] : [openedReport(first.experiment)]));
    }
    expect(calls).toEqual(asked);
  });

  test('is not of that race where the end of the one before is moved', async () => {
    const worker = await ended();
    worker.emit({ type: 'training', training: true });
    worker.lab.openInstead(PRESETS.tiny).then(null, unexpected);
    worker.lab.setUntil(777);
    expect(worker.asked).toMatchObject([{ ask: 'open' }]);
  });

  test('trains the race that stands where that one is refused', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.emit(progressReport(2, [points(PLAIN, 0, 2), points(RESIDUAL, 0, 2)]));
    const changed = expect(worker.lab.changeRecipe({ batch: 1024 })).rejects.toThrow('too large');
    worker.lab.step(1).then(null, unexpected);
    worker.failed('MemoryError', 'net plain-8: too large');
    await changed;
    await worker.idle();
    expect(worker.asked).toEqual([{ ask: 'train', until: 3 }]);
  });
});

describe('training', () => {
  test('is shown when the worker says so, not when it is asked for', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const trained = worker.lab.train();
    expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
    expect(worker.state.training).toBe(false);
    worker.emit({ type: 'training', training: true });
    expect(worker.state.training).toBe(true);
    worker.lab.pause().then(null, unexpected);
    expect(worker.state.training).toBe(true);
    worker.done({ type: 'training', training: false });
    await trained;
    expect(worker.state.training).toBe(false);
    expect(worker.asked).toEqual([{ ask: 'pause' }]);
  });

  test('past the end goes on as far again', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.emit(progressReport(100, [points(PLAIN, 0, 100), points(RESIDUAL, 0, 100)]));
    worker.lab.train().then(null, unexpected);
    expect(worker.asked).toEqual([{ ask: 'train', until: 200 }]);
    expect(worker.state.experiment.until).toBe(200);
  });

  test('goes to the end where a net that joined late is not there yet, and waits for none that diverged', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.emit(progressReport(100, [points(PLAIN, 0, 100), points(RESIDUAL, 0, 40)]));
    worker.lab.train().then(null, unexpected);
    worker.emit(progressReport(100, [], { diverged: [{ lane: RESIDUAL, step: 41 }] }));
    worker.lab.train().then(null, unexpected);
    expect(worker.asked).toEqual([
      { ask: 'train', until: 100 },
      { ask: 'train', until: 200 },
    ]);
  });

  test('where all nets have diverged leaves the end where it is', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const diverged = [PLAIN, RESIDUAL].map((lane) => ({ lane, step: 37 }));
    worker.emit(progressReport(37, [points(PLAIN, 0, 36), points(RESIDUAL, 0, 36)], { diverged }));
    worker.lab.train().then(null, unexpected);
    expect(worker.state.experiment.until).toBe(100);
    expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
  });

  test('of some rounds moves the end where it lies before them', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.step(3).then(null, unexpected);
    expect(worker.state.experiment.until).toBe(100);
    worker.emit(progressReport(99, []));
    worker.lab.step(3).then(null, unexpected);
    expect(worker.state.experiment.until).toBe(102);
    expect(worker.asked).toEqual([
      { ask: 'train', until: 3 },
      { ask: 'train', until: 102 },
    ]);
  });

  test('in slow motion of a net that joined late leaves the end where it is', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.emit(progressReport(100, [points(PLAIN, 0, 100), points(RESIDUAL, 0, 40)]));
    worker.lab.slowRound().then(null, unexpected);
    expect(worker.state.experiment.until).toBe(100);
    expect(worker.asked).toEqual([{ ask: 'slowRound' }]);
  });

  test('hears of another end while it runs, and only then', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.setUntil(50.4);
    expect(worker.state.experiment.until).toBe(50);
    expect(worker.asked).toEqual([]);
    worker.emit({ type: 'training', training: true });
    worker.lab.setUntil(-3);
    expect(worker.asked).toEqual([{ ask: 'train', until: 1 }]);
  });

  test('waits once on its way to the end, which stays where it is', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.setWaitAt(60);
    worker.lab.train().then(null, unexpected);
    expect(worker.state.experiment.until).toBe(100);
    worker.emit(progressReport(60, []));
    worker.lab.train().then(null, unexpected);
    worker.emit({ type: 'training', training: true });
    worker.lab.setWaitAt(80);
    worker.lab.setWaitAt(null);
    expect(worker.asked).toEqual([60, 100, 80, 100].map((until) => ({ ask: 'train', until })));
  });

  test('that began without the wait goes on without it to another end', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.setWaitAt(60);
    worker.lab.train({ waits: false }).then(null, unexpected);
    worker.emit({ type: 'training', training: true });
    worker.lab.setUntil(90);
    worker.lab.setWaitAt(70);
    expect(worker.asked).toEqual([100, 90, 70].map((until) => ({ ask: 'train', until })));
  });

  test('that fails puts the sentence in the notice', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const trained = worker.lab.train();
    worker.failed('DeviceError', 'backend webgpu: the device was lost; press Reset');
    await expect(trained).rejects.toThrow('the device was lost');
    expect(worker.state.notice?.name).toBe('DeviceError');
  });

  test('is asked for at a limited rate', async () => {
    const worker = new FakeWorker();
    worker.lab.setMaxRoundsPerSecond(2).then(null, unexpected);
    expect(worker.state.maxRoundsPerSecond).toBe(2);
    expect(worker.asked).toEqual([{ ask: 'setMaxRoundsPerSecond', maxRoundsPerSecond: 2 }]);
  });
});
