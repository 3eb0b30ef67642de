import { describe, expect, test } from 'vitest';
import { type Experiment, onPresentImages } from '../../core/experiment/experiment.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import { changedReport, FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { errorsOf } from '../../testing/state-after.ts';
import { unexpected } from '../../testing/unexpected.ts';
import type { Lab } from './lab.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];
const CUT: Experiment = { ...TWO, surgery: [{ step: 2, lane: RESIDUAL, block: 2, gain: 0 }] };

describe('opening', () => {
  test('asks for the experiment with all its defaults, and shows the first one before it can be trained', async () => {
    const worker = new FakeWorker();
    const opened = worker.lab.open({ lanes: [{ net: { family: 'plain', depth: 8 } }] });
    const experiment: Experiment = { ...PRESETS.degradation, lanes: PRESETS.degradation.lanes.slice(0, 1) };
    expect(worker.asked).toEqual([{ ask: 'open', experiment, backend: 'auto' }]);
    expect(worker.state).toMatchObject({ open: false, experiment, preset: null });
    expect([...worker.state.curves.keys()]).toEqual([PLAIN]);
    worker.done(openedReport(experiment));
    await opened;
    expect(worker.state).toMatchObject({ open: true, experiment });
  });

  test('what is no experiment is refused with a sentence, and nothing is asked', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const sentence = 'experiment.lanes.0.net.depth: 9 is not 6n + 2; the nearest that is, up to 1202: 8 or 14';
    await expect(worker.lab.open({ lanes: [{ net: { family: 'plain', depth: 9 } }] })).rejects.toThrow(sentence);
    expect(worker.asked).toEqual([]);
    expect(worker.state).toMatchObject({ open: true, experiment: TWO, notice: { name: 'ExperimentError' } });
    expect(worker.state.notice?.message).toBe(sentence);
  });

  test('that fails puts the sentence in the notice; the race before stands', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const opened = worker.lab.openInstead(PRESETS.sweep);
    worker.emit({ type: 'loading', what: 'data', fraction: 0.5 });
    worker.failed('MemoryError', 'net plain-8: too large; choose less');
    await expect(opened).rejects.toMatchObject({ name: 'MemoryError', message: 'net plain-8: too large; choose less' });
    const notice = { name: 'MemoryError', message: 'net plain-8: too large; choose less' };
    expect(worker.state).toMatchObject({ open: true, experiment: TWO, loading: null, notice });
    worker.lab.dismissNotice();
    expect(worker.state.notice).toBeNull();
  });

  test('that succeeds takes the notice of before away', async () => {
    const worker = new FakeWorker();
    await expect(worker.lab.open(7)).rejects.toThrow('experiment: 7 is not an object');
    await worker.open();
    expect(worker.state.notice).toBeNull();
  });

  test('of an experiment on earlier emoji opens it on the present ones and says so; a resumed race stays what it was', async () => {
    const worker = new FakeWorker();
    const earlier: Experiment = { ...TWO, data: { source: 'emoji', task: 'designer', size: 16 } };
    const present = onPresentImages(earlier);
    worker.lab.openLink(() => ({ experiment: earlier, backend: 'wasm' })).then(null, unexpected);
    await worker.idle();
    expect(worker.asked).toEqual([{ ask: 'open', experiment: present, backend: 'wasm' }]);
    worker.done(openedReport(present));
    await worker.idle();
    expect(worker.state).toMatchObject({ experiment: present, earlierImages: 'opened', notice: null });
    worker.lab.dismissNotice();
    expect(worker.state.earlierImages).toBeNull();

    const run = { id: 'a', name: null, startedAt: 0, experiment: earlier, device: null, step: 0, curves: [] };
    const resumed = worker.lab.resume({ tab: 'b', savedAt: 0, until: earlier.until, run, snapshot: new Map() });
    expect(worker.asked).toMatchObject([{ ask: 'open', experiment: earlier }]);
    worker.done(openedReport(earlier));
    await resumed;
    expect(worker.state).toMatchObject({ experiment: earlier, earlierImages: 'resumed' });
    worker.lab.open(present).then(null, unexpected);
    expect(worker.state.earlierImages).toBeNull();
    worker.done(openedReport(present));
  });

  test('by a link opens what it asks for, on its backend', async () => {
    const worker = new FakeWorker();
    const opened = worker.lab.openLink(() => ({ experiment: TWO, backend: 'wasm' }));
    await worker.idle();
    expect(worker.asked).toEqual([{ ask: 'open', experiment: TWO, backend: 'wasm' }]);
    worker.done(openedReport(TWO));
    await opened;
    expect(worker.state.backend).toBe('wasm');
  });

  test('by a bad link opens the default preset, and then says what is wrong', async () => {
    const worker = new FakeWorker();
    const opened = worker.lab.openLink(() => {
      throw new Error('preset: "nope" is not one of these');
    });
    const refused = expect(opened).rejects.toThrow('preset: "nope" is not one of these');
    await worker.idle();
    expect(worker.asked).toEqual([{ ask: 'open', experiment: PRESETS.degradation, backend: 'auto' }]);
    worker.done(openedReport(PRESETS.degradation));
    await refused;
    expect(worker.state).toMatchObject({ open: true, preset: 'degradation' });
    expect(worker.state.notice?.message).toBe('preset: "nope" is not one of these');
  });
});

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

test('a link that fails leaves the race as it is, also where an earlier one waits for its images', async () => {
  const worker = new FakeWorker();
  const opened = worker.lab.openLink(() => ({ experiment: TWO, backend: 'auto' }));
  const missing = expect(opened).rejects.toThrow('not here');
  await worker.idle();
  worker.failed('MissingDataError', 'not here');
  await worker.idle();
  worker.done(openedReport(PRESETS.degradation));
  await missing;
  expect(worker.state.missing).toEqual(TWO);
  const next = worker.lab.openLink(() => ({ experiment: CUT, backend: 'auto' }));
  const refused = expect(next).rejects.toThrow('404');
  await worker.idle();
  worker.failed('DataError', '404');
  await refused;
  expect(worker.asked).toEqual([]);
  expect(worker.state).toMatchObject({ preset: 'degradation', missing: TWO });
});

describe('an end that is typed while a race is on its way', () => {
  test('is not that of another experiment that is chosen then', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.changeData({ source: 'emoji', task: 'group', size: 8, version: 2 }).then(null, unexpected);
    worker.lab.setUntil(30);
    const chosen = worker.lab.openInstead(PRESETS.tiny);
    worker.done(openedReport(TWO));
    worker.done(openedReport(PRESETS.tiny));
    await chosen;
    expect(worker.state.experiment.until).toBe(PRESETS.tiny.until);
  });

  test('stays that of a link on the device that there is', async () => {
    const worker = new FakeWorker();
    const opened = worker.lab.openLink(() => ({ experiment: TWO, backend: 'webgpu' }));
    const refused = expect(opened).rejects.toThrow('no adapter');
    await worker.idle();
    worker.lab.setUntil(30);
    worker.failed('DeviceError', 'no adapter');
    await worker.idle();
    expect(worker.asked).toEqual([{ ask: 'open', experiment: { ...TWO, until: 30 }, backend: 'auto' }]);
    worker.done(openedReport({ ...TWO, until: 30 }));
    await refused;
  });
});

describe('what is done while the first race is on its way', () => {
  test('is asked of it when it stands', async () => {
    const worker = new FakeWorker();
    const opened = worker.lab.openLink(() => ({ experiment: TWO, backend: 'auto' }));
    await worker.idle();
    worker.lab.setGain(RESIDUAL, 2, 0).then(null, unexpected);
    worker.lab.addNet(TWO.lanes[0]?.net ?? expect.unreachable()).then(null, unexpected);
    expect(worker.asked).toHaveLength(1);
    worker.done(openedReport(TWO));
    await opened;
    await worker.idle();
    expect(worker.asked).toMatchObject([{ ask: 'setGains', lane: RESIDUAL }, { ask: 'addLane' }]);
  });

  test('or typed, is not lost', async () => {
    const worker = new FakeWorker();
    const opened = worker.lab.openLink(() => ({ experiment: TWO, backend: 'auto' }));
    await worker.idle();
    expect(worker.state.experiment.until).toBe(100);
    worker.lab.setUntil(30);
    worker.done(openedReport(TWO));
    await opened;
    expect(worker.state.experiment.until).toBe(30);
  });

  test('is refused where nothing comes', async () => {
    const worker = new FakeWorker();
    const opened = worker.lab.openLink(() => ({ experiment: TWO, backend: 'auto' }));
    await worker.idle();
    const trained = expect(worker.lab.step(1)).rejects.toThrow('none is open');
    const refused = expect(opened).rejects.toThrow('404');
    worker.failed('DataError', '404');
    await refused;
    await worker.idle();
    worker.failed('Error', 'race: none is open');
    await trained;
  });
});

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
