import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import { changedReport, FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { errorsOf } from '../../testing/state-after.ts';
import { unexpected } from '../../testing/unexpected.ts';
import type { Lab } from './lab.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];
const CUT: Experiment = { ...TWO, surgery: [{ step: 2, lane: RESIDUAL, block: 2, gain: 0 }] };

describe('starting over', () => {
  test('keeps seed, nets and end, and undoes the surgery that was done since it was opened', async () => {
    const worker = new FakeWorker();
    await worker.open(TWO);
    worker.emit(changedReport(CUT, 2));
    worker.lab.setUntil(70);
    worker.lab.reset().then(null, unexpected);
    expect(worker.asked).toEqual([{ ask: 'open', experiment: { ...TWO, until: 70 }, backend: 'auto' }]);
  });

  test('keeps the surgery that an opened link has planned, for the nets that are still there', async () => {
    const worker = new FakeWorker();
    await worker.open(CUT);
    const mended = { step: 3, lane: RESIDUAL, block: 2, gain: 1 };
    worker.emit(changedReport({ ...CUT, surgery: [...CUT.surgery, mended] }, 3));
    worker.lab.reset().then(null, unexpected);
    expect(worker.asked).toEqual([{ ask: 'open', experiment: CUT, backend: 'auto' }]);
    worker.done(openedReport(CUT));
    await worker.idle();
    worker.lab.changeRecipe({ seed: 5 }).then(null, unexpected);
    expect(worker.asked).toMatchObject([{ experiment: { surgery: CUT.surgery, recipe: { seed: 5 } } }]);
    worker.done(openedReport(CUT));
    await worker.idle();
    worker.emit(changedReport({ ...TWO, lanes: TWO.lanes.slice(0, 1) }, 3));
    worker.lab.reset().then(null, unexpected);
    expect(worker.asked).toMatchObject([{ experiment: { surgery: [] } }]);
  });

  test('keeps for a branch what was planned for its parent until it branched', async () => {
    const worker = new FakeWorker();
    await worker.open(CUT);
    const branched = worker.lab.branch(RESIDUAL);
    const lane = CUT.lanes[1] ?? expect.unreachable();
    const fork = { ...lane, name: 'fork', origin: { lane: RESIDUAL, eras: [{ net: lane.net, until: 4 }] } };
    const copied = { step: 2, lane: 'fork', block: 2, gain: 0 };
    const lanes = [...CUT.lanes, fork];
    worker.done(changedReport({ ...CUT, lanes, surgery: [...CUT.surgery, copied] }, 4));
    await branched;
    worker.lab.reset().then(null, unexpected);
    expect(worker.asked).toMatchObject([{ experiment: { lanes, surgery: [...CUT.surgery, copied] } }]);
  });

  test('with the next seed keeps what its nets were built with, though their strengths were changed at step 0', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const changed = { ...TWO, lanes: TWO.lanes.map((lane) => ({ ...lane, net: { ...lane.net, gains: [1, 0, 1] } })) };
    worker.emit(changedReport(changed, 0));
    await worker.open({ ...changed, recipe: { ...changed.recipe, seed: 2 } });
    expect(worker.state.built.get(RESIDUAL)).toEqual([1, 1, 1]);
    await worker.open({ ...changed, lanes: changed.lanes.slice(1) });
    expect(worker.state.built.get(RESIDUAL)).toEqual([1, 0, 1]);
  });

  test('with another recipe, other data, another backend changes that alone', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.emit(changedReport(CUT, 2));
    worker.lab.setUntil(70);
    const base: Experiment = { ...TWO, until: 70 };
    const recipe = { ...TWO.recipe, seed: 5 };
    worker.lab.changeRecipe({ seed: 5 }).then(null, unexpected);
    worker.done(openedReport({ ...base, recipe }));
    await worker.idle();
    worker.lab.changeData({ source: 'emoji', task: 'group', size: 8, version: 2 }).then(null, unexpected);
    const data = { source: 'emoji', task: 'group', size: 8, version: 2 } as const;
    expect(worker.asked).toEqual([{ ask: 'open', experiment: { ...base, recipe, data }, backend: 'auto' }]);
    worker.done(openedReport({ ...base, recipe, data }));
    await worker.idle();
    worker.lab.chooseBackend('wasm').then(null, unexpected);
    expect(worker.asked).toEqual([{ ask: 'open', experiment: { ...base, recipe, data }, backend: 'wasm' }]);
    expect(worker.state.backend).toBe('auto');
    worker.done(openedReport({ ...base, recipe, data }));
    await worker.idle();
    expect(worker.state.backend).toBe('wasm');
  });

  test('while a race is resumed undoes the surgery that was done by hand before that was saved', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const run = { id: 'a', name: null, startedAt: 0, experiment: CUT, device: null, step: 4, curves: [] };
    worker.lab
      .resume({ tab: 'b', savedAt: 0, until: CUT.until, run, snapshot: new Map(), plan: [] })
      .then(null, unexpected);
    worker.lab.reset().then(null, unexpected);
    expect(worker.asked).toMatchObject([{ experiment: { surgery: CUT.surgery } }, { experiment: { surgery: [] } }]);
  });

  test('twice at once loses neither change', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.changeRecipe({ batch: 32 }).then(null, unexpected);
    worker.lab.chooseBackend('wasm').then(null, unexpected);
    worker.lab.changeRecipe({ seed: 5 }).then(null, unexpected);
    const experiment = { ...TWO, recipe: { ...TWO.recipe, batch: 32, seed: 5 } };
    expect(worker.asked.at(-1)).toEqual({ ask: 'open', experiment, backend: 'wasm' });
  });

  test('after a change that failed builds on what stands', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const changed = worker.lab.changeRecipe({ batch: 1024 });
    worker.failed('MemoryError', 'net plain-8: too large');
    await expect(changed).rejects.toThrow('too large');
    worker.lab.changeRecipe({ seed: 5 }).then(null, unexpected);
    expect(worker.asked).toMatchObject([{ experiment: { recipe: { ...TWO.recipe, seed: 5 } } }]);
  });

  test('where nothing was ever opened tries again what was asked for', async () => {
    const worker = new FakeWorker();
    const opened = worker.lab.openLink(() => ({ experiment: TWO, backend: 'auto' }));
    const refused = expect(opened).rejects.toThrow('emoji-2-16.tiles: 404');
    await worker.idle();
    worker.failed('DataError', 'emoji-2-16.tiles: 404');
    await refused;
    expect(worker.state).toMatchObject({ open: false, experiment: TWO });
    worker.lab.reset().then(null, unexpected);
    expect(worker.asked).toEqual([{ ask: 'open', experiment: TWO, backend: 'auto' }]);
  });

  test.each([
    ['a device that is not there', 'DeviceError', 'webgpu', { experiment: TWO, backend: 'auto' }],
    ['nets that do not fit', 'MemoryError', 'wasm', { experiment: PRESETS.degradation, backend: 'wasm' }],
  ] as const)('by a link with %s opens what can be, and says why', async (_, name, backend, instead) => {
    const worker = new FakeWorker();
    const opened = worker.lab.openLink(() => ({ experiment: TWO, backend }));
    const refused = expect(opened).rejects.toThrow('it cannot be');
    await worker.idle();
    worker.failed(name, 'it cannot be');
    await worker.idle();
    expect(worker.asked).toEqual([{ ask: 'open', ...instead }]);
    worker.done(openedReport(instead.experiment));
    await refused;
    expect(worker.state).toMatchObject({ open: true, ...instead, notice: { name, message: 'it cannot be' } });
  });
});

describe('a race that was reset', () => {
  const values = new Map([['w', Float32Array.of(1, 2, 3)]]);
  const snapshotAt = (steps: number) =>
    new Map(TWO.lanes.map(({ name, net }) => [name, { net, steps, stale: false, divergedAt: null, values }]));

  async function trained(steps = 3): Promise<FakeWorker> {
    const worker = new FakeWorker();
    await worker.open();
    worker.emit(progressReport(steps, [points(PLAIN, 0, steps), points(RESIDUAL, 0, steps)]));
    return worker;
  }

  test('can be brought back with its weights, curves, surgery and end', async () => {
    const worker = await trained();
    worker.lab.setUntil(77);
    worker.emit(changedReport(CUT, 3));
    const before = worker.state;
    const reset = worker.lab.reset();
    worker.emit({ type: 'copied', experiment: CUT, snapshot: snapshotAt(3) });
    worker.done(openedReport(TWO));
    await reset;
    expect(worker.state).toMatchObject({ step: 0, experiment: { surgery: [] } });
    expect(worker.state.undo?.step).toBe(3);

    const experiment = { ...CUT, until: 77 };
    const undone = worker.lab.undo();
    expect(worker.asked).toEqual([{ ask: 'open', experiment, backend: 'auto', from: snapshotAt(3) }]);
    worker.done(openedReport(experiment));
    await undone;
    expect(worker.state).toMatchObject({
      step: 3,
      experiment,
      extension: TWO.until,
      plan: [],
      undo: null,
      continues: before.race,
    });
    for (const lane of [PLAIN, RESIDUAL]) {
      expect(errorsOf(worker.state, lane)).toEqual(errorsOf(before, lane));
      expect(worker.state.curves.get(lane)?.begun).toBe(3);
    }

    // Once more, though the worker has no newer copy to send.
    const again = worker.lab.reset();
    worker.done(openedReport(TWO));
    await again;
    expect(worker.state.undo).toMatchObject({ step: 3, snapshot: snapshotAt(3) });
  });

  test.each([
    ['a preset', (lab: Lab) => lab.openInstead(PRESETS.twins)],
    ['a change of the recipe', (lab: Lab) => lab.changeRecipe({ batch: 32 })],
  ])('or replaced by %s can be brought back', async (_, replace) => {
    const worker = await trained();
    const replaced = replace(worker.lab);
    worker.emit({ type: 'copied', experiment: TWO, snapshot: snapshotAt(3) });
    worker.done(openedReport(PRESETS.twins));
    await replaced;
    expect(worker.state.undo).toMatchObject({ step: 3, experiment: TWO });
  });

  test('is brought back with the strengths that its nets were built with, also behind a race with a net of the same name', async () => {
    const weak = TWO.lanes.map((lane) => ({ ...lane, net: { ...lane.net, gains: lane.net.gains.map(() => 0.5) } }));
    const worker = await trained();
    worker.emit({ type: 'copied', experiment: TWO, snapshot: snapshotAt(3) });
    const other = worker.lab.openInstead({ ...TWO, lanes: weak });
    worker.done(openedReport({ ...TWO, lanes: weak }));
    await other;
    expect(worker.state.built.get(RESIDUAL)).toEqual([0.5, 0.5, 0.5]);
    const undone = worker.lab.undo();
    worker.done(openedReport(TWO));
    await undone;
    expect(worker.state.built.get(RESIDUAL)).toEqual([1, 1, 1]);
  });

  test('with a net that diverged is brought back, too: it had begun steps that its curve does not have', async () => {
    const worker = await trained(2);
    worker.emit(progressReport(3, [points(PLAIN, 2, 1)], { diverged: [{ lane: RESIDUAL, step: 3 }] }));
    const reset = worker.lab.reset();
    const snapshot = new Map(
      [...snapshotAt(3)].map(([lane, copy]) => [lane, lane === RESIDUAL ? { ...copy, divergedAt: 3 } : copy]),
    );
    worker.emit({ type: 'copied', experiment: TWO, snapshot });
    worker.done(openedReport(TWO));
    await reset;
    expect(worker.state.undo).toMatchObject({ step: 3, snapshot });
    const undone = worker.lab.undo();
    worker.done(openedReport(TWO));
    await undone;
    expect(worker.state.curves.get(RESIDUAL)).toMatchObject({ steps: 2, begun: 3, divergedAt: 3 });
  });

  test('can be brought back where the race in its place has no step to lose and is replaced, too', async () => {
    const worker = await trained();
    const twice = [worker.lab.reset(), worker.lab.reset()];
    worker.emit({ type: 'copied', experiment: TWO, snapshot: snapshotAt(3) });
    for (const reset of twice) {
      worker.done(openedReport(TWO));
      await reset;
    }
    expect(worker.state.undo).toMatchObject({ step: 3, isEdit: true });
    const edited = worker.lab.changeRecipe({ batch: 32 });
    worker.done(openedReport(TWO));
    await edited;
    expect(worker.state.undo).toMatchObject({ step: 3, isEdit: true });
    const replaced = worker.lab.openInstead(PRESETS.twins);
    worker.done(openedReport(PRESETS.twins));
    await replaced;
    expect(worker.state.undo).toMatchObject({ step: 3, snapshot: snapshotAt(3), isEdit: false });
  });

  test('cannot any more once something was done', async () => {
    for (const report of [
      { type: 'training', training: true } as const,
      progressReport(1, [points(PLAIN, 0, 1)]),
      changedReport(CUT, 0),
      openedReport(TWO),
    ]) {
      const worker = await trained();
      const reset = worker.lab.reset();
      worker.emit({ type: 'copied', experiment: TWO, snapshot: snapshotAt(3) });
      worker.done(openedReport(TWO));
      await reset;
      expect(worker.state.undo).not.toBeNull();
      worker.emit(report);
      expect(worker.state.undo).toBeNull();
      await worker.lab.undo();
      expect(worker.asked).toEqual([]);
    }
  });

  test('is not offered where nothing is lost, or where its copy is of another step', async () => {
    const fresh = new FakeWorker();
    await fresh.open(CUT);
    const reset = fresh.lab.reset();
    fresh.done(openedReport(CUT));
    await reset;
    expect(fresh.state.undo).toBeNull();

    const worker = await trained();
    const again = worker.lab.reset();
    worker.emit({ type: 'copied', experiment: TWO, snapshot: snapshotAt(2) });
    worker.done(openedReport(TWO));
    await again;
    expect(worker.state.undo).toBeNull();
  });
});
