import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import type { Report } from '../../core/results/report.ts';
import { points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { errorsOf, stands, stateAfter } from '../../testing/state-after.ts';
import { receive } from './receive.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];

describe('a device that was lost', () => {
  const device = {
    backend: 'wasm',
    adapter: '2 threads',
    memoryLimit: 1,
    tensorLimit: 1,
    passedOver: [],
    fallbacks: [],
  } as const;
  const loss = { backend: 'webgpu', reason: 'gone' } as const;
  const test50 = { lane: PLAIN, step: 50, error: 40 };
  const test25 = { lane: PLAIN, step: 25, error: 50 };
  const before = stateAfter(
    { type: 'device', device },
    stands,
    progressReport(60, [points(PLAIN, 0, 60), points(RESIDUAL, 0, 52)], {
      tests: [test25, test50],
      predictions: [
        { lane: PLAIN, step: 50, probabilities: [[1]] },
        { lane: RESIDUAL, step: 25, probabilities: [[1]] },
      ],
      diverged: [{ lane: RESIDUAL, step: 53 }],
    }),
  );
  const after = receive(before, {
    type: 'recovered',
    loss,
    backend: 'wasm',
    experiment: TWO,
    steps: new Map([
      [PLAIN, 40],
      [RESIDUAL, 40],
    ]),
  });

  test('takes back every lane to the steps that still count', () => {
    expect(errorsOf(after, PLAIN)).toEqual(errorsOf(before, PLAIN).slice(0, 40));
    expect(after.curves.get(PLAIN)).toMatchObject({ begun: 40, tests: [test25] });
    expect(after.curves.get(RESIDUAL)).toMatchObject({ steps: 40, divergedAt: null });
    expect([...after.predictions.keys()]).toEqual([RESIDUAL]);
    expect(after).toMatchObject({ step: 40, loading: null, backend: 'wasm' });
    const diverged = receive(before, {
      type: 'recovered',
      loss,
      backend: 'wasm',
      experiment: TWO,
      steps: new Map([
        [PLAIN, 60],
        [RESIDUAL, 60],
      ]),
    });
    expect(diverged.curves.get(RESIDUAL)).toMatchObject({ steps: 52, divergedAt: 53 });
  });

  test('is shown with where the race goes on; what comes then is put behind it, and the old curve stays', () => {
    expect(after.recovery).toEqual({ from: 'device', loss, step: 40, device });
    const old = errorsOf(before, PLAIN);
    const on = receive(after, progressReport(41, [{ lane: PLAIN, from: 40, errors: [7], losses: [1] }]));
    expect(errorsOf(on, PLAIN)).toEqual([...old.slice(0, 40), 7]);
    expect(errorsOf(before, PLAIN)).toEqual(old);
    expect(receive(on, stands).recovery).toBeNull();
  });
});

describe('a lane that was branched off', () => {
  const FORK = 'ResNet-8 (2)';
  const [, residual] = TWO.lanes;
  if (residual === undefined) throw new Error('no second lane');
  const eras = [{ net: residual.net, until: 5 }];
  const branched: Experiment = {
    ...TWO,
    lanes: [...TWO.lanes, { ...residual, name: FORK, origin: { lane: RESIDUAL, eras } }],
  };
  const told: Report = {
    type: 'changed',
    experiment: branched,
    begun: new Map([PLAIN, RESIDUAL, FORK].map((lane) => [lane, 5])),
  };
  const test4 = { lane: RESIDUAL, step: 4, error: 40 };

  test('has the curve of its parent until then', () => {
    const before = progressReport(5, [points(PLAIN, 0, 5), points(RESIDUAL, 0, 5)], { tests: [test4] });
    const state = stateAfter(stands, before, told);
    expect(errorsOf(state, FORK)).toEqual([0, 1, 2, 3, 4]);
    expect(state.curves.get(FORK)?.tests).toEqual([{ ...test4, lane: FORK }]);
  });

  test('has it too where the last steps are told later', () => {
    const state = stateAfter(
      stands,
      progressReport(3, [points(PLAIN, 0, 3), points(RESIDUAL, 0, 3)]),
      told,
      progressReport(6, [points(PLAIN, 3, 3), points(RESIDUAL, 3, 3), points(FORK, 5, 1)]),
    );
    expect(errorsOf(state, FORK)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('a lane that was rewound', () => {
  test('is cut back to where it stands', () => {
    const state = stateAfter(stands, progressReport(9, [points(PLAIN, 0, 9), points(RESIDUAL, 0, 9)]), {
      type: 'changed',
      experiment: TWO,
      begun: new Map([
        [PLAIN, 9],
        [RESIDUAL, 4],
      ]),
    });
    expect(errorsOf(state, RESIDUAL)).toEqual([0, 1, 2, 3]);
    expect(errorsOf(state, PLAIN)).toHaveLength(9);
    expect(state.step).toBe(9);
  });

  test('after it diverged has not diverged any more, though no point was cut', () => {
    const diverged = progressReport(5, [points(PLAIN, 0, 5), points(RESIDUAL, 0, 4)], {
      diverged: [{ lane: RESIDUAL, step: 5 }],
    });
    const begun = new Map([
      [PLAIN, 5],
      [RESIDUAL, 4],
    ]);
    const state = stateAfter(stands, diverged, { type: 'changed', experiment: TWO, begun });
    expect(state.curves.get(RESIDUAL)).toMatchObject({ steps: 4, divergedAt: null });
  });

  test('can be taken to the steps that were told', () => {
    const steps = new Map([[PLAIN, [25, 50]]]);
    expect(stateAfter(stands, { type: 'kept', steps }).kept).toBe(steps);
    expect(stateAfter({ type: 'kept', steps }, stands).kept.size).toBe(0);
  });
});
