import { describe, expect, test } from 'vitest';
import type { Experiment } from '../spec/experiment.ts';
import { PRESETS } from '../spec/presets.ts';
import { FakeWorker, openedReport, points, progressReport, TWO } from './checks/fake-worker.ts';
import { unexpected } from './checks/unexpected.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];
const CUT: Experiment = { ...TWO, surgery: [{ step: 2, lane: RESIDUAL, block: 2, gain: 0 }] };

describe('opening', () => {
  test('asks for the experiment with all its defaults, and changes nothing before it is told', async () => {
    const worker = new FakeWorker();
    const opened = worker.lab.open({ lanes: [{ net: { family: 'plain', depth: 8 } }] });
    const experiment: Experiment = { ...PRESETS.degradation, lanes: PRESETS.degradation.lanes.slice(0, 1) };
    expect(worker.asked).toEqual([{ ask: 'open', experiment, backend: 'auto' }]);
    expect(worker.state).toMatchObject({ open: false, experiment: { lanes: [] } });
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
    const opened = worker.lab.openPreset('sweep');
    worker.tell({ tell: 'loading', what: 'data', fraction: 0.5 });
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
  test('keeps seed, nets and end, and undoes surgery', async () => {
    const worker = new FakeWorker();
    await worker.open(CUT);
    worker.lab.setUntil(70);
    worker.lab.reset().then(null, unexpected);
    expect(worker.asked).toEqual([{ ask: 'open', experiment: { ...TWO, until: 70 }, backend: 'auto' }]);
  });

  test('with another recipe, other data, another backend changes that alone', async () => {
    const worker = new FakeWorker();
    await worker.open(CUT);
    worker.lab.setUntil(70);
    const base: Experiment = { ...TWO, until: 70 };
    const recipe = { ...TWO.recipe, seed: 5 };
    worker.lab.changeRecipe({ seed: 5 }).then(null, unexpected);
    worker.done(openedReport({ ...base, recipe }));
    await worker.idle();
    worker.lab.changeData({ source: 'emoji', task: 'group', size: 8 }).then(null, unexpected);
    const data = { source: 'emoji', task: 'group', size: 8 } as const;
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
    const opened = worker.lab.openLink(() => ({ experiment: TWO, backend: 'webgpu' }));
    const refused = expect(opened).rejects.toThrow('this browser has no WebGPU');
    await worker.idle();
    worker.failed('DeviceError', 'backend webgpu: this browser has no WebGPU');
    await refused;
    expect(worker.state).toMatchObject({ open: false, backend: 'webgpu' });
    worker.lab.reset().then(null, unexpected);
    worker.lab.chooseBackend('auto').then(null, unexpected);
    expect(worker.asked).toEqual([
      { ask: 'open', experiment: TWO, backend: 'webgpu' },
      { ask: 'open', experiment: TWO, backend: 'auto' },
    ]);
  });
});

describe('training', () => {
  test('is shown when the worker says so, not when it is asked for', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const trained = worker.lab.train();
    expect(worker.asked).toEqual([{ ask: 'train', until: 100 }]);
    expect(worker.state.training).toBe(false);
    worker.tell({ tell: 'training', training: true });
    expect(worker.state.training).toBe(true);
    worker.lab.pause().then(null, unexpected);
    expect(worker.state.training).toBe(true);
    worker.done({ tell: 'training', training: false });
    await trained;
    expect(worker.state.training).toBe(false);
    expect(worker.asked).toEqual([{ ask: 'pause' }]);
  });

  test('past the end goes on as far again', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.tell(progressReport(100, [points(PLAIN, 0, 100), points(RESIDUAL, 0, 100)]));
    worker.lab.train().then(null, unexpected);
    expect(worker.asked).toEqual([{ ask: 'train', until: 200 }]);
    expect(worker.state.until).toBe(200);
  });

  test('goes to the end where a net that joined late is not there yet, and waits for none that diverged', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.tell(progressReport(100, [points(PLAIN, 0, 100), points(RESIDUAL, 0, 40)]));
    worker.lab.train().then(null, unexpected);
    worker.tell(progressReport(100, [], { diverged: [{ lane: RESIDUAL, step: 41 }] }));
    worker.lab.train().then(null, unexpected);
    expect(worker.asked).toEqual([
      { ask: 'train', until: 100 },
      { ask: 'train', until: 200 },
    ]);
  });

  test('of some rounds moves the end where it lies before them', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.step(3).then(null, unexpected);
    expect(worker.state.until).toBe(100);
    worker.tell(progressReport(99, []));
    worker.lab.step(3).then(null, unexpected);
    expect(worker.state.until).toBe(102);
    expect(worker.asked).toEqual([
      { ask: 'train', until: 3 },
      { ask: 'train', until: 102 },
    ]);
  });

  test('hears of another end while it runs, and only then', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.setUntil(50.4);
    expect(worker.state.until).toBe(50);
    expect(worker.asked).toEqual([]);
    worker.tell({ tell: 'training', training: true });
    worker.lab.setUntil(-3);
    expect(worker.asked).toEqual([{ ask: 'train', until: 1 }]);
  });

  test('that fails puts the sentence in the notice', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const trained = worker.lab.train();
    worker.failed('DeviceError', 'backend webgpu: the device was lost; press Reset');
    await expect(trained).rejects.toThrow('the device was lost');
    expect(worker.state.notice?.name).toBe('DeviceError');
  });

  test('is asked for at a pace', async () => {
    const worker = new FakeWorker();
    worker.lab.setPace(2).then(null, unexpected);
    expect(worker.state.pace).toBe(2);
    expect(worker.asked).toEqual([{ ask: 'pace', roundsPerSecond: 2 }]);
  });
});
