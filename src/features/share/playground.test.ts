import { describe, expect, test } from 'vitest';
import { PRESETS } from '../../core/experiment/presets.ts';
import { changedReport, FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { PROBES } from '../insight/probes/probes.ts';
import { createPlayground } from './playground.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];

async function opened() {
  const worker = new FakeWorker();
  await worker.open();
  return { worker, playground: createPlayground(worker.lab) };
}

describe('load', () => {
  test('opens an experiment, or the preset of a name', async () => {
    const { worker, playground } = await opened();
    const loaded = playground.load('tiny');
    expect(worker.asked).toEqual([{ ask: 'open', experiment: PRESETS.tiny, backend: 'auto' }]);
    worker.done(openedReport(PRESETS.tiny));
    await loaded;
    playground.load({ lanes: TWO.lanes, until: 100 }).catch(expect.fail);
    expect(worker.asked).toEqual([{ ask: 'open', experiment: TWO, backend: 'auto' }]);
  });

  test.each([
    ['nope', 'preset: "nope" is not one of degradation'],
    [undefined, 'experiment: nothing is not an object'],
    [{ lanes: [{ net: { family: 'plain', depth: 9 } }] }, 'experiment.lanes.0.net.depth: 9 is not 6n + 2'],
    [{ lanes: 'all' }, 'experiment.lanes: "all" is not a list'],
  ])('of %j rejects with a sentence, and what runs is untouched', async (input, sentence) => {
    const { worker, playground } = await opened();
    const before = worker.state;
    await expect(playground.load(input)).rejects.toThrow(sentence);
    expect(worker.asked).toEqual([]);
    expect(worker.state).toBe(before);
  });
});

describe('step', () => {
  test('resolves when the rounds are done', async () => {
    const { worker, playground } = await opened();
    const stepped = playground.step(2);
    expect(worker.asked).toEqual([{ ask: 'train', until: 2 }]);
    worker.done(progressReport(2, [points(PLAIN, 0, 2), points(RESIDUAL, 0, 2)]));
    await stepped;
    playground.step().catch(expect.fail);
    expect(worker.asked).toEqual([{ ask: 'train', until: 3 }]);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('of %d rejects with a sentence', async (rounds) => {
    const { worker, playground } = await opened();
    await expect(playground.step(rounds)).rejects.toThrow(`rounds: ${rounds} is not a whole number of 1 or more`);
    expect(worker.asked).toEqual([]);
  });
});

describe('setShortcut', () => {
  test('asks for the gain', async () => {
    const { worker, playground } = await opened();
    playground.setShortcut(RESIDUAL, 3, 0.5).catch(expect.fail);
    await worker.idle();
    expect(worker.asked).toEqual([{ ask: 'setGains', lane: RESIDUAL, gains: [{ block: 3, gain: 0.5 }] }]);
  });

  test.each([
    ['no such net', 1, 0, 'net: "no such net" is not one of plain-8, ResNet-8'],
    [RESIDUAL, 0, 0, 'block: 0 is not a whole number from 1 to 3'],
    [RESIDUAL, 4, 0, 'block: 4 is not a whole number from 1 to 3'],
    [RESIDUAL, 1.5, 0, 'block: 1.5 is not a whole number from 1 to 3'],
    [RESIDUAL, 1, -0.1, 'gain: -0.1 is not a number from 0 to 2'],
    [RESIDUAL, 1, 2.1, 'gain: 2.1 is not a number from 0 to 2'],
    [RESIDUAL, 1, Number.NaN, 'gain: NaN is not a number from 0 to 2'],
  ])('of %s, block %d, gain %d rejects with a sentence', async (lane, block, gain, sentence) => {
    const { worker, playground } = await opened();
    await expect(playground.setShortcut(lane, block, gain)).rejects.toThrow(sentence);
    expect(worker.asked).toEqual([]);
  });

  test('takes no text for a number', async () => {
    const { worker, playground } = await opened();
    const gain: number = JSON.parse('"1"');
    await expect(playground.setShortcut(RESIDUAL, 1, gain)).rejects.toThrow('gain: "1" is not a number from 0 to 2');
    expect(worker.asked).toEqual([]);
  });
});

describe('lesion', () => {
  test.each([
    [[RESIDUAL, 'branch'], { study: 'sweep', kind: 'branch', statistics: ['batch'] }],
    [
      [RESIDUAL, 'shortcut', 2],
      { study: 'together', lesions: [{ kind: 'shortcut', block: 2 }], statistics: ['batch'] },
    ],
    [
      [RESIDUAL, 'swap', [1, 2], ['running']],
      { study: 'together', lesions: [{ kind: 'swap', block: 1, other: 2 }], statistics: ['running'] },
    ],
  ] as const)('of %j asks for it and gives the answer', async ([lane, what, block, statistics], request) => {
    const { worker, playground } = await opened();
    const answer = playground.lesion(lane, what, block, statistics);
    await worker.idle();
    expect(worker.questions.map(({ question }) => question)).toEqual([{ about: 'lesion', lane, request }]);
    const result = { study: 'sweep', lane, step: 0, before: {}, kind: 'branch', bars: [], of: 0 } as const;
    worker.questions[0]?.found(result);
    expect(await answer).toEqual(result);
  });

  test.each([
    ['no such net', 'branch', 1, 'net: "no such net" is not one of plain-8, ResNet-8'],
    [RESIDUAL, 'head', 1, 'lesion.lesions.0.kind'],
    [RESIDUAL, 'head', undefined, 'lesion.kind: "head" is not one of branch, shortcut, swap, reset'],
    [RESIDUAL, 'branch', 4, 'block: 4 is not a whole number from 1 to 3'],
    [RESIDUAL, 'swap', [1, 0], 'block: 0 is not a whole number from 1 to 3'],
    [RESIDUAL, 'swap', 1, 'lesion.lesions.0.other'],
  ] as const)('of %s, %s, %j rejects with a sentence', async (lane, what, block, sentence) => {
    const { worker, playground } = await opened();
    await expect(playground.lesion(lane, what, block)).rejects.toThrow(sentence);
    expect(worker.questions).toEqual([]);
  });
});

describe('probe', () => {
  test('asks for it with its defaults, and gives the answer', async () => {
    const { worker, playground } = await opened();
    const answer = playground.probe(PLAIN, 'landscape', { over: 'line', points: 5 });
    await worker.idle();
    const request = { ...PROBES.landscape.defaults, over: 'line', points: 5 };
    expect(worker.questions[0]?.question).toEqual({ about: 'probe', lane: PLAIN, request });
    const result = { name: 'responses', lane: PLAIN, step: 0, layers: [], sorted: [] } as const;
    worker.questions[0]?.found(result);
    expect(await answer).toEqual(result);
  });

  test.each([
    ['no such net', 'gradients', {}, 'net: "no such net" is not one of plain-8, ResNet-8'],
    [PLAIN, 'gradient', {}, 'probe: "gradient" is not one of gradients, responses'],
    [PLAIN, 'gradients', { batches: 2 }, 'probe gradients.batches'],
    [PLAIN, 'correlation', { batches: 1 }, 'probe correlation.batches: 1 is not a whole number from 2 to 16'],
    [PLAIN, 'landscape', { points: 6 }, 'probe landscape.points: 6 is not odd'],
    [PLAIN, 'features', { block: 4 }, 'block: 4 is not a whole number from 1 to 3'],
  ] as const)('of %s, %s, %j rejects with a sentence', async (lane, name, options, sentence) => {
    const { worker, playground } = await opened();
    await expect(playground.probe(lane, name, options)).rejects.toThrow(sentence);
    expect(worker.questions).toEqual([]);
  });
});

describe('what it shows', () => {
  test('is the experiment as it is now, with surgery and end', async () => {
    const { worker, playground } = await opened();
    const cut = { ...TWO, surgery: [{ step: 2, lane: RESIDUAL, block: 2, gain: 0 }] };
    worker.emit(changedReport(cut, 2));
    worker.lab.setUntil(70);
    expect(playground.experiment).toEqual({ ...cut, until: 70 });
  });

  test('is every lane’s curve, as plain numbers', async () => {
    const { worker, playground } = await opened();
    const tests = [{ lane: PLAIN, step: 25, error: 60 }];
    worker.emit(progressReport(3, [points(PLAIN, 0, 3)], { tests }));
    const empty = { step: [], trainError: [], loss: [], testError: [] };
    expect(playground.curves()).toEqual({
      [PLAIN]: { step: [1, 2, 3], trainError: [0, 1, 2], loss: [0, 0.25, 0.5], testError: [{ step: 25, error: 60 }] },
      [RESIDUAL]: empty,
    });
  });

  test('is the story, with its claims', async () => {
    const { worker, playground } = await opened();
    expect(playground.story().claims).toMatchObject([{ id: 'not-started', lanes: [], values: [] }, { id: 'guessing' }]);
    const flat = (lane: string, error: number) => ({ ...points(lane, 0, 70), errors: Array(70).fill(error) });
    worker.emit(progressReport(70, [flat(PLAIN, 60), flat(RESIDUAL, 48)]));
    expect(playground.story()).toEqual({
      text: 'Add shortcuts, and the same 8 layers are 12 points better. Nothing else differs. Wrong after 70 steps: plain-8 60.0% and ResNet-8 48.0%. One seed, early in training; the result can still change.',
      claims: [
        { id: 'twin-better', lanes: [RESIDUAL, PLAIN], values: [70, 8, 12, 48, 60] },
        { id: 'errors', lanes: [PLAIN, RESIDUAL], values: [70, 60, 48] },
        { id: 'seeds', lanes: [], values: [1, 70] },
      ],
    });
  });

  test('is the device, once it is known', async () => {
    const { worker, playground } = await opened();
    expect(playground.device).toBeNull();
    const device = {
      backend: 'wasm',
      adapter: '2 threads',
      memoryLimit: 1,
      tensorLimit: 1,
      fallbacks: [],
      passedOver: [],
    } as const;
    worker.emit({ type: 'device', device });
    expect(playground.device).toBe(device);
  });
});
