import { describe, expect, test } from 'vitest';
import { type Experiment, onPresentImages } from '../../core/experiment/experiment.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import { FakeWorker, openedReport, TWO } from '../../testing/fake-worker.ts';
import { unexpected } from '../../testing/unexpected.ts';

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
