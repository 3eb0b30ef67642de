import { expect, test } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { LIMITS } from '../../core/experiment/limits.ts';
import type { SavedRun } from '../../core/results/run.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import { fakeLibrary } from '../../testing/fake-library.ts';
import { changedReport, FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { createRuns } from '../runs/runs.ts';
import { createRepeats, type Repeats } from './repeats.ts';

const withSeed = (seed: number, experiment: Experiment = TWO): Experiment => ({
  ...experiment,
  recipe: { ...experiment.recipe, seed },
});
const lanes = TWO.lanes.map(({ name }) => name);

function runOf(experiment: Experiment, step: number): SavedRun {
  const curves = lanes.map((lane) => {
    const column = new Float32Array(step);
    return { lane, errors: column, losses: column, tests: [], divergedAt: null };
  });
  const id = `${experiment.recipe.seed}/${experiment.surgery.length}/${step}`;
  return { id, name: null, startedAt: 0, experiment, device: null, step, curves };
}

function snapshotOf(experiment: Experiment, steps: number): RaceSnapshot {
  const copy = { steps, stale: false, divergedAt: null, values: new Map() };
  return new Map(experiment.lanes.map(({ name, net }) => [name, { net, ...copy }]));
}

async function make() {
  const worker = new FakeWorker();
  const runs = createRuns(fakeLibrary({}), () => 'id');
  const repeats = createRepeats(worker.lab, runs);
  await worker.open();
  /** The race trains, as it was asked, to this step. */
  const trainTo = async (step: number) => {
    worker.emit({ type: 'training', training: true });
    const from = worker.state.step;
    worker.emit(
      progressReport(
        step,
        lanes.map((lane) => points(lane, from, step - from)),
      ),
    );
    worker.emit({ type: 'training', training: false });
    // As the keeper does when training ends.
    runs.note(runOf(worker.state.experiment, step));
    worker.done();
    await worker.idle();
  };
  /** What was asked for is an experiment; it is opened. Gives its seed and its cuts. */
  const opens = async () => {
    const [asked] = worker.asked;
    if (asked?.experiment === undefined) return expect.fail(`not an experiment: ${JSON.stringify(asked)}`);
    worker.done(openedReport(asked.experiment));
    await worker.idle();
    return [asked.experiment.recipe.seed, asked.experiment.surgery.length];
  };
  const start = async (count: number) => {
    // What it waits for is played below.
    repeats.start(count);
    await worker.idle();
  };
  return { worker, runs, repeats, trainTo, opens, start };
}

test('trains one seed after another to the end, and then stops', async () => {
  const { worker, repeats, trainTo, opens, start } = await make();
  await start(3);
  expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
  await trainTo(100);
  expect(await opens()).toEqual([2, 0]);
  expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
  await trainTo(100);
  expect(await opens()).toEqual([3, 0]);
  await trainTo(100);
  expect(worker.asked).toEqual([]);
  expect(repeats.store.getState()).toEqual({ plan: null, showing: true });
});

test('the first seed waits where the class is asked, those that open by themselves train through', async () => {
  const { worker, trainTo, opens, start } = await make();
  worker.lab.setWaitAt(60);
  await start(2);
  expect(worker.asked).toEqual([{ ask: 'train', until: 60 }]);
  await trainTo(60);
  worker.lab.train();
  await worker.idle();
  await trainTo(100);
  expect(await opens()).toEqual([2, 0]);
  expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
  expect(worker.state.waitAt).toBe(60);
});

test('the first seed that trains is the one that waits, where an earlier one has a run already', async () => {
  const { worker, runs, opens, start } = await make();
  runs.note(runOf(withSeed(1), 100));
  worker.lab.setWaitAt(60);
  await start(2);
  expect(await opens()).toEqual([2, 0]);
  expect(worker.asked).toEqual([{ ask: 'train', until: 60 }]);
});

test('a seed of which there is a run to the end is not trained again, one of which there is a part is', async () => {
  const { worker, runs, trainTo, opens, start } = await make();
  runs.note(runOf(withSeed(2), 100));
  runs.note(runOf(withSeed(3), 99));
  await start(4);
  await trainTo(100);
  expect(await opens()).toEqual([3, 0]);
  await trainTo(100);
  expect(await opens()).toEqual([4, 0]);
  expect(worker.asked).toHaveLength(1);
});

test('a pause is a pause: the next seed waits until this one is trained to its end', async () => {
  const { worker, repeats, trainTo, opens, start } = await make();
  await start(2);
  await trainTo(40);
  expect(worker.asked).toEqual([]);
  expect(repeats.store.getState().plan).toEqual({ first: 1, count: 2 });
  worker.lab.train();
  await trainTo(100);
  expect(await opens()).toEqual([2, 0]);
});

test('what is cut meanwhile belongs to the experiment: the seeds without it are trained again, with it', async () => {
  const { worker, repeats, trainTo, opens, start } = await make();
  await start(2);
  await trainTo(100);
  await opens();
  const cut = { step: 40, lane: lanes[1] ?? '', block: 2, gain: 0 };
  worker.emit(changedReport({ ...withSeed(2), surgery: [cut] }, 40));
  await trainTo(100);
  expect(await opens()).toEqual([1, 1]);
  await trainTo(100);
  expect([worker.asked, repeats.store.getState().plan]).toEqual([[], null]);
});

test('a net that was rewound is trained to the end before the next seed', async () => {
  const { worker, runs, repeats, start } = await make();
  const [first = '', last = ''] = lanes;
  worker.emit(progressReport(100, [points(first, 0, 100), points(last, 0, 100)]));
  const cut = { step: 50, lane: last, block: 2, gain: 0 };
  const rewound = { ...TWO, surgery: [cut] };
  const begun = new Map(lanes.map((name) => [name, name === last ? 50 : 100]));
  worker.emit({ type: 'changed', experiment: rewound, begun });
  const [ahead, behind] = [runOf(rewound, 100), runOf(rewound, 50)];
  runs.note({ ...ahead, curves: [...ahead.curves.slice(0, 1), ...behind.curves.slice(1)] });
  await start(2);
  expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
  repeats.stop();
});

test('a net that has diverged is at its end', async () => {
  const { worker, trainTo, opens, start } = await make();
  await start(2);
  worker.emit({ type: 'training', training: true });
  const diverged = lanes.map((lane) => ({ lane, step: 9 }));
  worker.emit(progressReport(9, [], { diverged }));
  worker.emit({ type: 'training', training: false });
  worker.done();
  await worker.idle();
  expect(await opens()).toEqual([2, 0]);
  await trainTo(100);
});

test('opening another race ends it; stopping it keeps the race', async () => {
  const { worker, repeats, trainTo, opens, start } = await make();
  await start(2);
  repeats.stop();
  await trainTo(100);
  expect(worker.asked).toEqual([]);
  await start(3);
  await opens();
  worker.done();
  await worker.open(withSeed(9));
  expect(repeats.store.getState().plan).toBeNull();
});

test('a reset that is undone goes on with it after Train; one that was stopped stays stopped', async () => {
  const { worker, repeats, trainTo, opens, start } = await make();
  const plan = { first: 1, count: 2 };
  const resetAndUndo = async () => {
    const { experiment, step } = worker.state;
    worker.lab.reset();
    worker.emit({ type: 'copied', experiment, snapshot: snapshotOf(experiment, step) });
    worker.done(openedReport(experiment));
    await worker.idle();
    expect(repeats.store.getState().plan).toBeNull();
    worker.lab.undo();
    worker.done(openedReport(experiment));
    await worker.idle();
    expect(worker.state.step).toBe(step);
  };
  await start(2);
  await trainTo(40);
  await resetAndUndo();
  expect(repeats.store.getState().plan).toEqual(plan);
  expect(worker.asked).toEqual([]);
  worker.lab.train();
  await trainTo(100);
  expect(await opens()).toEqual([2, 0]);
  await trainTo(40);
  repeats.stop();
  await resetAndUndo();
  await worker.idle();
  worker.lab.setMaxRoundsPerSecond(null);
  expect(repeats.store.getState().plan).toBeNull();
});

test('a race that is opened while the next seed is on its way ends it, and does not train by itself', async () => {
  const { worker, repeats, trainTo, opens, start } = await make();
  await start(2);
  await trainTo(100);
  const other = withSeed(9);
  const chosen = worker.lab.open(other);
  expect(await opens()).toEqual([2, 0]);
  expect(repeats.store.getState().plan).toBeNull();
  worker.done(openedReport(other));
  await chosen;
  await worker.idle();
  expect(worker.asked).toEqual([]);
});

test.each([
  ['asked for twice', 3, () => {}],
  ['stopped and asked for again', 2, (repeats: Repeats) => repeats.stop()],
])('that are %s while the next seed is on its way go on with that', async (_, count, act) => {
  const { worker, repeats, trainTo, opens, start } = await make();
  worker.lab.train();
  await trainTo(100);
  await start(3);
  act(repeats);
  await start(count);
  expect(worker.asked).toMatchObject([{ ask: 'open' }]);
  expect(await opens()).toEqual([2, 0]);
  expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
  expect(repeats.store.getState().plan).toEqual({ first: 1, count });
  repeats.stop();
});

test('a race that is opened as a seed comes to its end is not replaced by the next seed', async () => {
  const { worker, repeats, trainTo, start } = await make();
  await start(2);
  const chosen = worker.lab.open(withSeed(9));
  await trainTo(100);
  expect(worker.asked).toMatchObject([{ ask: 'open', experiment: { recipe: { seed: 9 } } }]);
  expect(repeats.store.getState().plan).toBeNull();
  worker.done(openedReport(withSeed(9)));
  await chosen;
});

test('a race that is opened as a seed comes to its end is undone, and the next seed is opened, which waits for Train', async () => {
  const { worker, repeats, trainTo, opens, start } = await make();
  await start(2);
  const { experiment } = worker.state;
  const chosen = worker.lab.openInstead(withSeed(9));
  await trainTo(100);
  worker.emit({ type: 'copied', experiment, snapshot: snapshotOf(experiment, 100) });
  worker.done(openedReport(withSeed(9)));
  await chosen;
  expect(repeats.store.getState().plan).toBeNull();
  worker.lab.undo();
  worker.done(openedReport(experiment));
  await worker.idle();
  expect(await opens()).toEqual([2, 0]);
  expect([worker.asked, repeats.store.getState().plan]).toEqual([[], { first: 1, count: 2 }]);
});

test('a plan that is restored behind its finished seed opens the next, and does not train', async () => {
  const { worker, repeats, trainTo, opens } = await make();
  worker.lab.train();
  await trainTo(100);
  repeats.restore({ first: 1, count: 2 });
  expect(await opens()).toEqual([2, 0]);
  expect(worker.asked).toEqual([]);
});

test('seeds stay within their limit: those of a race near it begin lower', async () => {
  const { worker, repeats, start } = await make();
  await worker.open(withSeed(LIMITS.seed.max - 1));
  await start(4);
  expect(repeats.store.getState().plan).toEqual({ first: LIMITS.seed.max - 3, count: 4 });
});
