import { describe, expect, test } from 'vitest';
import { changedReport, FakeWorker, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { unexpected } from '../../testing/unexpected.ts';
import { type Inquiry, inquiryKey } from './inquiry.ts';
import { createInsightClient, type InsightWorker } from './insight-client.ts';
import type { GradientsResult } from './probes/gradients.ts';
import { PROBES, type ProbeResult } from './probes/probes.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];
const gradients = PROBES.gradients.defaults;
const responses = PROBES.responses.defaults;

const probed = (lane: string, step: number): GradientsResult => {
  return { name: 'gradients', lane, step, layers: [], ratio: 1, total: 1 };
};
const inquiry = (lane: string): Inquiry => ({ type: 'probe', lane, request: gradients });
const sweep = (lane: string): Inquiry => {
  return { type: 'lesion', lane, request: { study: 'sweep', kind: 'branch', statistics: ['batch'] } };
};

/** A lab, its insight, and a desk on which questions wait for the test to answer them. */
function setUp() {
  const worker = new FakeWorker();
  const asked: {
    lane: string;
    what: string;
    atStart: boolean;
    settle: (result: ProbeResult | Error) => void;
    signal: AbortSignal;
  }[] = [];
  const timers: { readonly at: number; readonly then: () => void }[] = [];
  let time = 0;
  const wait = <Result extends ProbeResult>(lane: string, what: string, signal: AbortSignal, atStart = false) =>
    new Promise<ProbeResult | Result>((resolve, reject) => {
      const settle = (result: ProbeResult | Error) => (result instanceof Error ? reject(result) : resolve(result));
      signal.addEventListener('abort', () => reject(new Error('withdrawn')));
      asked.push({ lane, what, atStart, settle, signal });
    });
  const insightWorker: InsightWorker = {
    showFailure: unexpected,
    probe: (lane, request, { signal, atStart }) => wait(lane, request.name, signal, atStart),
    lesion: async (lane, { study }, { signal }) => {
      await wait(lane, study, signal);
      return { study: 'sweep', kind: 'branch', lane, step: 0, before: { batch: 50 }, bars: [], of: 0 };
    },
  };
  const clock = {
    now: () => time,
    later: (milliseconds: number, then: () => void) => {
      timers.push({ at: time + milliseconds, then });
    },
  };
  const insight = createInsightClient(worker.lab.store, insightWorker, clock);
  return {
    worker,
    insight,
    asked,
    answer: async (result: ProbeResult | Error) => {
      asked.shift()?.settle(result);
      await worker.idle();
    },
    pass: async (milliseconds: number) => {
      time += milliseconds;
      for (const timer of timers.splice(0)) timer.at <= time ? timer.then() : timers.push(timer);
      await worker.idle();
    },
    move: (step: number) =>
      worker.emit(progressReport(step, [points(PLAIN, step - 1, 1), points(RESIDUAL, step - 1, 1)])),
    answerOf: (one: Inquiry) => insight.store.getState().answers.get(inquiryKey(one)),
  };
}

describe('what is looked at', () => {
  test('is asked when a race is open, one at a time, and not again while nothing moves', async () => {
    const { worker, insight, asked, answer, answerOf } = setUp();
    insight.watch(PLAIN, gradients);
    insight.watch(RESIDUAL, gradients);
    expect(asked).toEqual([]);
    await worker.open();
    expect(asked.map(({ lane }) => lane)).toEqual([PLAIN]);
    await answer(probed(PLAIN, 0));
    expect(asked.map(({ lane }) => lane)).toEqual([RESIDUAL]);
    await answer(probed(RESIDUAL, 0));
    expect(asked).toEqual([]);
    expect(answerOf(inquiry(PLAIN))).toEqual({
      now: probed(PLAIN, 0),
      whole: true,
      running: false,
      failure: null,
    });
  });

  test('is asked again as its lane moves on, after a rest', async () => {
    const { worker, insight, asked, answer, pass, move, answerOf } = setUp();
    await worker.open();
    worker.emit({ type: 'training', training: true });
    insight.watch(PLAIN, gradients);
    await pass(20);
    await answer(probed(PLAIN, 0));
    move(1);
    await pass(150);
    expect(asked).toEqual([]);
    move(2);
    await pass(50);
    expect(asked).toHaveLength(1);
    await answer(probed(PLAIN, 2));
    expect(answerOf(inquiry(PLAIN))).toMatchObject({ now: { step: 2 } });
  });

  test('as it was at step 0 is asked once in a race, and again where it failed', async () => {
    const { worker, insight, asked, answer, move } = setUp();
    await worker.open();
    insight.watch(PLAIN, gradients, true);
    expect(asked.map(({ atStart }) => atStart)).toEqual([true]);
    await answer(new Error('device: lost'));
    move(1);
    expect(asked).toEqual([]);
    insight.measure();
    expect(asked).toHaveLength(1);
    await answer(probed(PLAIN, 0));
    move(2);
    insight.measure();
    expect(asked).toEqual([]);
    worker.emit(openedReport(TWO));
    expect(asked).toHaveLength(1);
  });

  test('is asked again where the worker withdrew it for a race that is then refused', async () => {
    const { worker, insight, asked, answer, answerOf } = setUp();
    await worker.open();
    const withdrawn = () => Object.assign(new Error('question: it was withdrawn'), { name: 'Withdrawn' });
    insight.watch(PLAIN, gradients);
    await answer(withdrawn());
    expect(asked.map(({ lane }) => lane)).toEqual([PLAIN]);
    expect(answerOf(inquiry(PLAIN))).toMatchObject({ running: true, failure: null });
    await answer(probed(PLAIN, 0));
    expect(answerOf(inquiry(PLAIN))).toMatchObject({ now: { step: 0 }, running: false, failure: null });

    insight.run([sweep(RESIDUAL)]).then(null, unexpected);
    await worker.idle();
    await answer(withdrawn());
    expect(asked.map(({ lane }) => lane)).toEqual([RESIDUAL]);
    await answer(probed(RESIDUAL, 0));
    expect(answerOf(sweep(RESIDUAL))).toMatchObject({ whole: true, failure: null });
  });

  test('is not asked again where another race stands', async () => {
    const { worker, insight, asked, answer } = setUp();
    await worker.open();
    insight.run([sweep(RESIDUAL)]).then(null, unexpected);
    await worker.idle();
    worker.emit(openedReport(TWO));
    await answer(Object.assign(new Error('question: it was withdrawn'), { name: 'Withdrawn' }));
    expect(asked).toEqual([]);
  });

  test('costs nothing when no figure watches any more', async () => {
    const { worker, insight, asked, answer, move } = setUp();
    await worker.open();
    const stop = insight.watch(PLAIN, gradients);
    await answer(probed(PLAIN, 0));
    stop();
    move(1);
    expect(asked).toEqual([]);
  });

  test('stands still unless live, until it is asked for', async () => {
    const { worker, insight, asked, answer, move } = setUp();
    await worker.open();
    insight.setLive(false);
    insight.watch(PLAIN, gradients);
    await answer(probed(PLAIN, 0));
    move(1);
    expect(asked).toEqual([]);
    insight.measure();
    expect(asked).toHaveLength(1);
  });

  test('takes turns', async () => {
    const { worker, insight, asked, answer, move } = setUp();
    await worker.open();
    insight.watch(PLAIN, gradients);
    insight.watch(PLAIN, responses);
    await answer(probed(PLAIN, 0));
    await answer(probed(PLAIN, 0));
    move(1);
    const turns = [];
    for (let turn = 2; turn < 6; turn++) {
      turns.push(asked[0]?.what);
      move(turn);
      await answer(probed(PLAIN, turn));
    }
    expect(turns).toEqual(['gradients', 'responses', 'gradients', 'responses']);
  });

  test('that fails says why, and is not asked again by itself', async () => {
    const { worker, insight, asked, answer, move, answerOf } = setUp();
    await worker.open();
    insight.watch(PLAIN, gradients);
    await answer(new Error('net plain-8: diverged'));
    expect(answerOf(inquiry(PLAIN))).toMatchObject({ now: null, running: false, failure: 'net plain-8: diverged' });
    move(1);
    expect(asked).toEqual([]);
    insight.measure();
    expect(asked).toHaveLength(1);
  });

  test('is forgotten with its race, the answer that is on its way included', async () => {
    const { worker, insight, asked, answer, answerOf } = setUp();
    await worker.open();
    insight.watch(PLAIN, gradients);
    await answer(probed(PLAIN, 0));
    worker.emit(openedReport(TWO));
    expect(answerOf(inquiry(PLAIN))?.now ?? null).toBeNull();
    const late = asked.shift();
    worker.emit(openedReport(TWO));
    expect(late?.signal.aborted).toBe(true);
    late?.settle(probed(PLAIN, 7));
    await worker.idle();
    expect(answerOf(inquiry(PLAIN))).toMatchObject({ now: null, running: true });
    await answer(probed(PLAIN, 0));
    expect(answerOf(inquiry(PLAIN))?.now).toEqual(probed(PLAIN, 0));
  });

  test('is forgotten with a net that is rewound or removed, and that of the others stays', async () => {
    const { worker, insight, asked, answer, move, answerOf } = setUp();
    await worker.open();
    move(1);
    move(2);
    insight.watch(PLAIN, gradients);
    insight.watch(RESIDUAL, gradients);
    await answer(probed(PLAIN, 2));
    await answer(probed(RESIDUAL, 2));
    const begun = new Map([
      [PLAIN, 1],
      [RESIDUAL, 2],
    ]);
    worker.emit({ type: 'changed', experiment: TWO, begun });
    expect(answerOf(inquiry(PLAIN))).toMatchObject({ now: null, running: true });
    expect(answerOf(inquiry(RESIDUAL))?.now).toEqual(probed(RESIDUAL, 2));
    worker.emit(changedReport({ ...TWO, lanes: TWO.lanes.slice(1) }, 2));
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(answerOf(inquiry(PLAIN))).toBeUndefined();
    expect(answerOf(inquiry(RESIDUAL))?.now).toEqual(probed(RESIDUAL, 2));
  });
});

describe('a study', () => {
  test('of nets one of which is no longer chosen ends with the others where they are cancelled', async () => {
    const { worker, insight, answerOf } = setUp();
    await worker.open();
    const run = insight.run([sweep(PLAIN), sweep(RESIDUAL)]);
    insight.cancel([sweep(PLAIN)]);
    await run;
    expect([PLAIN, RESIDUAL].map((lane) => answerOf(sweep(lane))?.running)).toEqual([false, false]);
  });

  test('runs lane after lane', async () => {
    const { worker, insight, asked, answer, answerOf } = setUp();
    await worker.open();
    const run = insight.run([sweep(PLAIN), sweep(RESIDUAL)]);
    expect(asked.map(({ lane }) => lane)).toEqual([PLAIN]);
    expect(answerOf(sweep(RESIDUAL))?.running).toBe(true);
    await answer(probed(PLAIN, 0));
    expect(asked.map(({ lane }) => lane)).toEqual([RESIDUAL]);
    await answer(probed(RESIDUAL, 0));
    await run;
    expect(answerOf(sweep(RESIDUAL))).toMatchObject({ running: false, now: { before: { batch: 50 } } });
  });

  test('goes on where one of its nets is removed', async () => {
    const { worker, insight, asked, answer, answerOf } = setUp();
    await worker.open();
    const run = insight.run([sweep(PLAIN), sweep(RESIDUAL)]);
    worker.emit(changedReport({ ...TWO, lanes: TWO.lanes.slice(1) }, 0));
    await answer(new Error('net plain-8: is removed'));
    expect(asked.map(({ lane }) => lane)).toEqual([RESIDUAL]);
    await answer(probed(RESIDUAL, 0));
    await run;
    expect(answerOf(sweep(PLAIN))).toBeUndefined();
    expect(answerOf(sweep(RESIDUAL))).toMatchObject({ running: false, whole: true });
  });

  test('that is cancelled asks no more and complains of nothing', async () => {
    const { worker, insight, asked, answerOf } = setUp();
    await worker.open();
    const run = insight.run([sweep(PLAIN), sweep(RESIDUAL)]);
    insight.cancel([sweep(PLAIN), sweep(RESIDUAL)]);
    await run;
    expect(asked).toHaveLength(1);
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(answerOf(sweep(PLAIN))).toMatchObject({ running: false, failure: null });
    expect(answerOf(sweep(RESIDUAL))).toMatchObject({ running: false, failure: null });
  });
});

test('a picture of one’s own is asked about as itself, and forgotten when no figure watches any more', async () => {
  const { worker, insight, asked, answer } = setUp();
  await worker.open();
  const picture = (value: number) => ({ name: 'drawing', size: 1, rgb: new Uint8Array(3).fill(value) });
  const request = (image: ReturnType<typeof picture>) => ({ name: 'features', image, block: 1 }) as const;
  const [first, second] = [request(picture(1)), request(picture(2))];
  const keyOf = (of: typeof first) => inquiryKey({ type: 'probe', lane: RESIDUAL, request: of });
  expect(keyOf(first)).not.toBe(keyOf(second));
  expect(keyOf(first)).toBe(keyOf({ ...first }));
  const stop = insight.watch(RESIDUAL, first);
  await answer(probed(RESIDUAL, 0));
  expect([...insight.store.getState().answers.keys()]).toEqual([keyOf(first)]);
  stop();
  const stopToo = insight.watch(RESIDUAL, second);
  expect([...insight.store.getState().answers.keys()]).toEqual([keyOf(second)]);
  // It is on its way still, and not wanted any more.
  stopToo();
  expect([asked[0]?.signal.aborted, insight.store.getState().answers.size]).toEqual([true, 0]);
  await worker.idle();
  expect(insight.store.getState().answers.size).toBe(0);
});
