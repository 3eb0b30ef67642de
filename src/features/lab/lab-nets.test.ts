import { describe, expect, test, vi } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { makeNet } from '../../core/net/net.ts';
import { changedReport, FakeWorker, openedReport, TWO } from '../../testing/fake-worker.ts';
import { unexpected } from '../../testing/unexpected.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];
const CUT: Experiment = { ...TWO, surgery: [{ step: 2, lane: RESIDUAL, block: 2, gain: 0 }] };

describe('weights of a file', () => {
  test.each([
    ['the gains that the file tells', [0, 0.5, 0], [0, 0.5, 0]],
    ['the gains of the net where the file tells those of another', [0, 0], [1, 1, 1]],
    ['the gains of the net where the file tells none', null, [1, 1, 1]],
  ])('begin a net with %s', async (_, told, gains) => {
    const worker = new FakeWorker();
    await worker.open();
    worker.savedGains = told;
    worker.lab.loadWeights(RESIDUAL, 'saved.safetensors', Uint8Array.of(1)).then(null, unexpected);
    await vi.waitFor(() => expect(worker.asked).toMatchObject([{ ask: 'provide' }]));
    worker.done();
    await vi.waitFor(() => expect(worker.asked).toMatchObject([{ ask: 'addLane', lane: { net: { gains } } }]));
  });
});

describe('surgery', () => {
  test('is pending until it is told', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const cut = worker.lab.setGain(RESIDUAL, 2, 0);
    const pending = [{ lane: RESIDUAL, block: 2, gain: 0 }];
    expect(worker.state).toMatchObject({ pending, experiment: TWO });
    expect(worker.asked).toEqual([{ ask: 'setGains', lane: RESIDUAL, gains: [{ block: 2, gain: 0 }] }]);
    worker.done(changedReport(CUT, 2));
    await cut;
    expect(worker.state).toMatchObject({ pending: [], experiment: CUT });
  });

  test('asked for twice waits for the second', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.setGain(RESIDUAL, 2, 0).then(null, unexpected);
    worker.lab.setGain(RESIDUAL, 2, 1).then(null, unexpected);
    expect(worker.state.pending).toEqual([{ lane: RESIDUAL, block: 2, gain: 1 }]);
    worker.done(changedReport(CUT, 2));
    expect(worker.state.pending).toHaveLength(1);
    worker.done(changedReport(TWO, 2));
    expect(worker.state.pending).toEqual([]);
  });

  test('of a whole net asks for those blocks only that are not so yet', async () => {
    const worker = new FakeWorker();
    await worker.open(CUT);
    worker.emit(changedReport(CUT, 2));
    worker.lab.setGains(RESIDUAL, 1).then(null, unexpected);
    worker.lab.setGains(RESIDUAL, 0).then(null, unexpected);
    expect(worker.asked).toEqual([
      { ask: 'setGains', lane: RESIDUAL, gains: [{ block: 2, gain: 1 }] },
      { ask: 'setGains', lane: RESIDUAL, gains: [1, 3].map((block) => ({ block, gain: 0 })) },
    ]);
  });

  test('that fails is pending no more', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const cut = worker.lab.setGain(RESIDUAL, 2, 0);
    worker.failed('Error', 'net ResNet-8: not in this race');
    await expect(cut).rejects.toThrow('not in this race');
    expect(worker.state).toMatchObject({ pending: [], notice: { message: 'net ResNet-8: not in this race' } });
  });
});

describe('what is done to nets', () => {
  test('while their race is being reset is done to the one that stands then', async () => {
    const worker = new FakeWorker();
    await worker.open(CUT);
    worker.emit(changedReport(CUT, 2));
    worker.lab.reset().then(null, unexpected);
    worker.lab.setGains(RESIDUAL, 0).then(null, unexpected);
    worker.lab.scheduleGain(RESIDUAL, [1], 1, 1).then(null, unexpected);
    worker.lab.duplicate(PLAIN).then(null, unexpected);
    worker.lab.branch(RESIDUAL).then(null, unexpected);
    worker.lab.remove(PLAIN).then(null, unexpected);
    expect(worker.state.pending.map(({ block }) => block)).toEqual([1, 3]);
    expect(worker.asked).toMatchObject([{ ask: 'open' }]);
    worker.done(openedReport(CUT));
    await worker.idle();
    expect(worker.asked).toMatchObject([
      { ask: 'setGains', gains: [1, 2, 3].map((block) => ({ block, gain: 0 })) },
      { ask: 'setGains', gains: [{ block: 1, gain: 1 }], from: 1 },
      { ask: 'addLane', lane: { name: 'plain-8 (2)' } },
      { ask: 'branch', lane: RESIDUAL },
      { ask: 'removeLane', lane: PLAIN },
    ]);
    expect(worker.state.pending.map(({ block }) => block)).toEqual([1, 2, 3]);
  });

  test('while Undo brings back a race without them is not done', async () => {
    const worker = new FakeWorker();
    await worker.open();
    await worker.resetAfterTraining();
    const name = 'ResNet-14';
    const other = { ...TWO, lanes: [{ name, net: makeNet('residual', 14) }] };
    const opened = worker.lab.openInstead(other);
    worker.done(openedReport(other));
    await opened;
    worker.lab.undo().then(null, unexpected);
    worker.lab.setGain(name, 1, 0).then(null, unexpected);
    worker.lab.scheduleGain(name, [1], 0, 50).then(null, unexpected);
    worker.lab.duplicate(name).then(null, unexpected);
    worker.lab.remove(name).then(null, unexpected);
    const branched = worker.lab.branch(name);
    expect(worker.asked).toMatchObject([{ ask: 'open', experiment: { lanes: TWO.lanes } }]);
    worker.done(openedReport(TWO));
    expect(await branched).toBe(name);
    expect(worker.asked).toEqual([]);
    expect(worker.state).toMatchObject({ step: 2, notice: null, leaving: [], joining: [] });
  });

  test('while another race is on its way is done to the one that it replaces', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.openInstead(CUT).then(null, unexpected);
    worker.lab.remove(PLAIN).then(null, unexpected);
    expect(worker.asked).toMatchObject([{ ask: 'open' }, { ask: 'removeLane', lane: PLAIN }]);
  });
});

describe('nets that come and go', () => {
  test('have names of their own, also where two join before the first is told', async () => {
    const worker = new FakeWorker();
    await worker.open();
    worker.lab.addNet(makeNet('residual', 14)).then(null, unexpected);
    worker.lab.duplicate(PLAIN).then(null, unexpected);
    worker.lab.duplicate(PLAIN).then(null, unexpected);
    const [plain = expect.fail()] = TWO.lanes;
    expect(worker.asked).toEqual([
      { ask: 'addLane', lane: { name: 'ResNet-14', net: makeNet('residual', 14) } },
      { ask: 'addLane', lane: { name: 'plain-8 (2)', net: plain.net } },
      { ask: 'addLane', lane: { name: 'plain-8 (3)', net: plain.net } },
    ]);
  });

  test('whose shortcuts are weaker say so in their names', async () => {
    const net = { ...makeNet('residual', 8), gains: [0.5, 0.5, 0.5] };
    const worker = new FakeWorker();
    await worker.open({ ...TWO, lanes: [{ name: 'ResNet-8, gains 0.5', net }] });
    worker.lab.duplicate('ResNet-8, gains 0.5').then(null, unexpected);
    worker.lab.addNet({ ...net, gains: [1, 1, 1] }).then(null, unexpected);
    expect(worker.asked).toMatchObject([
      { ask: 'addLane', lane: { name: 'ResNet-8, gains 0.5 (2)' } },
      { ask: 'addLane', lane: { name: 'ResNet-8' } },
    ]);
  });

  test('that could not join leave their name', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const added = worker.lab.duplicate(PLAIN);
    worker.failed('MemoryError', 'net plain-8 (2): too large');
    await expect(added).rejects.toThrow('too large');
    worker.lab.duplicate(PLAIN).then(null, unexpected);
    expect(worker.asked).toMatchObject([{ lane: { name: 'plain-8 (2)' } }]);
  });

  test('leave once, however often they are asked to', async () => {
    const worker = new FakeWorker();
    await worker.open();
    const left = [worker.lab.remove(PLAIN), worker.lab.remove(PLAIN)];
    expect(worker.asked).toEqual([{ ask: 'removeLane', lane: PLAIN }]);
    worker.done(changedReport({ ...TWO, lanes: TWO.lanes.slice(1) }, 0));
    await Promise.all(left);
    expect([...worker.state.curves.keys()]).toEqual([RESIDUAL]);
  });

  test('that start from a file are duplicated with it, unless they have grown since', async () => {
    const [plain = expect.fail(), net = expect.fail()] = TWO.lanes;
    const start = { file: 'mine.safetensors', hash: 'a'.repeat(64) };
    const origin = { lane: RESIDUAL, eras: [{ net: net.net, until: 1 }] };
    const grown = { name: 'ResNet-14', net: makeNet('residual', 14), origin, start };
    const worker = new FakeWorker();
    await worker.open({ ...TWO, lanes: [{ ...plain, start }, grown] });
    worker.lab.duplicate(PLAIN).then(null, unexpected);
    worker.lab.duplicate('ResNet-14').then(null, unexpected);
    expect(worker.asked).toEqual([
      { ask: 'addLane', lane: { name: 'plain-8 (2)', net: plain.net, start } },
      { ask: 'addLane', lane: { name: 'ResNet-14 (2)', net: grown.net } },
    ]);
  });

  test('that are not there are not duplicated', async () => {
    const worker = new FakeWorker();
    await worker.open();
    await worker.lab.duplicate('no such net');
    expect(worker.asked).toEqual([]);
  });
});
