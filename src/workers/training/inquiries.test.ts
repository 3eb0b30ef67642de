import { beforeAll, beforeEach, expect, test } from 'vitest';
import { PROBES } from '../../features/insight/probes/probes.ts';
import {
  FOREVER,
  type InsideFinding,
  type InsideQuestion,
  PLAIN,
  RESIDUAL,
  SessionHarness,
} from '../../testing/session-harness.ts';

const harness = new SessionHarness();
const STEPS = 40;
const undisturbed = new Map<string, readonly number[]>();

const GRADIENTS: InsideQuestion = { about: 'probe', lane: RESIDUAL, request: PROBES.gradients.defaults };
/** Hundreds of pieces of work. */
const LANDSCAPE: InsideQuestion = {
  about: 'probe',
  lane: RESIDUAL,
  request: { ...PROBES.landscape.defaults, points: 33, images: 50 },
};
const SWEEP: InsideQuestion = {
  about: 'lesion',
  lane: RESIDUAL,
  request: { study: 'sweep', kind: 'branch', statistics: ['batch'] },
};

beforeAll(async () => {
  await harness.open();
  await harness.train(STEPS);
  for (const lane of [PLAIN, RESIDUAL]) undisturbed.set(lane, harness.losses(lane));
});

beforeEach(async () => {
  harness.onReport = () => {};
  await harness.open();
  harness.reports.length = 0;
});

function expectUndisturbed(): void {
  for (const lane of [PLAIN, RESIDUAL]) {
    const losses = harness.losses(lane);
    expect(losses.length).toBeGreaterThan(0);
    expect(losses.slice(0, STEPS)).toEqual(undisturbed.get(lane)?.slice(0, losses.length));
  }
}

/** Trains for as long as the answer to the question takes. */
async function whileItTrains(question: InsideQuestion, parts: InsideFinding[] = []): Promise<InsideFinding> {
  const training = harness.train(FOREVER);
  const finding = await harness.find(question, parts);
  await harness.session.pause();
  await training;
  return finding;
}

test('a probe is answered while the lanes train, which go on as they do without one', async () => {
  const { result } = await whileItTrains(GRADIENTS);
  expect(result).toMatchObject({ name: 'gradients', lane: RESIDUAL });
  expect(harness.types.filter((told) => told === 'training')).toHaveLength(2);
  expectUndisturbed();
});

test('a sweep tells each bar when it is there, of one step', async () => {
  const parts: InsideFinding[] = [];
  const { result } = await whileItTrains(SWEEP, parts);
  expect(result).toMatchObject({ study: 'sweep', bars: [1, 2, 3].map((block) => ({ lesion: { block } })) });
  expect(parts.map((part) => 'bars' in part.result && part.result.bars.length)).toEqual([1, 2, 3]);
  expect(new Set(parts.map((part) => part.result.step)).size).toBe(1);
  const told = harness.reports.filter(({ type }) => type === 'progress');
  expect(told.length).toBeGreaterThan(1);
  expectUndisturbed();
});

test('questions are answered one after the other', async () => {
  const order: string[] = [];
  const ask = (question: InsideQuestion) => harness.find(question).then(({ about }) => order.push(about));
  await Promise.all([ask(SWEEP), ask(GRADIENTS), ask(SWEEP)]);
  expect(order).toEqual(['lesion', 'probe', 'lesion']);
});

test('what is withdrawn ends early; what waits behind it is answered', async () => {
  const parts: InsideFinding[] = [];
  const landscape = harness.find(LANDSCAPE, parts);
  harness.withdraw();
  const gradients = harness.find(GRADIENTS);
  await expect(landscape).rejects.toMatchObject({ name: 'Withdrawn' });
  await gradients;
  expect(parts.length).toBeLessThan(5);
});

test('while the speed of the device is measured nothing is answered; it is afterwards', async () => {
  const parts: InsideFinding[] = [];
  const sweep = harness.find(SWEEP, parts);
  const meanwhile: number[] = [];
  const tasks = [{ type: 'step', depth: 8, width: 4, size: 8, batch: 2 }] as const;
  const call = { signal: new AbortController().signal, onProgress: () => meanwhile.push(parts.length) };
  await harness.session.measureSpeed({ tasks }, call);
  expect(meanwhile).toEqual([0]);
  expect((await sweep).result).toMatchObject({ study: 'sweep', of: 3 });
});

test('a question without a race is refused, and does not keep the speed from being measured', async () => {
  const fresh = new SessionHarness();
  await expect(fresh.find(GRADIENTS)).rejects.toThrow('race: none is open');
  await fresh.open();
  const call = { signal: new AbortController().signal, onProgress: () => {} };
  await fresh.session.measureSpeed({ tasks: [] }, call);
});

test('opening another race withdraws the questions about the one before', async () => {
  const asked = [harness.find(LANDSCAPE), harness.find(GRADIENTS)];
  const settled = Promise.allSettled(asked);
  await harness.open();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await harness.find(GRADIENTS)).result).toMatchObject({ lane: RESIDUAL, step: 0 });
});

test.each([
  [{ ...GRADIENTS, lane: 'missing' }, 'net missing: not in this race'],
  [
    { about: 'probe', lane: PLAIN, request: { ...PROBES.features.defaults, block: 4 } },
    'block: 4 is not one of 1 to 3',
  ],
  [
    { about: 'probe', lane: PLAIN, request: { ...PROBES.features.defaults, image: 8 } },
    'image: 8 is not one of 0 to 7',
  ],
  [
    {
      about: 'lesion',
      lane: PLAIN,
      request: { study: 'together', lesions: [{ kind: 'swap', block: 1, other: 2 }], statistics: ['batch'] },
    },
    'blocks 1 and 2 have different shapes',
  ],
] as const)('%j is refused with a sentence, and the race stands', async (question, sentence) => {
  await expect(harness.find(question)).rejects.toThrow(sentence);
  await harness.train(2);
  expectUndisturbed();
});
