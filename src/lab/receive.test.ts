import { describe, expect, test } from 'vitest';
import type { Experiment } from '../spec/experiment.ts';
import { PRESETS } from '../spec/presets.ts';
import type { Report } from '../worker/protocol.ts';
import { changedReport, openedReport, points, progressReport, TWO } from './checks/fake-worker.ts';
import { receive } from './receive.ts';
import { initialState, type LabState } from './state.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];

function heard(...reports: readonly Report[]): LabState {
  return reports.reduce(receive, initialState);
}

function errorsOf(state: LabState, lane: string): readonly number[] {
  const { errors, steps } = state.curves.get(lane) ?? expect.fail(`no curve of ${lane}`);
  return [...errors.subarray(0, steps)];
}

const stands = openedReport(TWO);

describe('opening', () => {
  test('shows what is loaded until it is there', () => {
    const loading = heard({ tell: 'loading', what: 'data', fraction: 0.25 });
    expect(loading.loading).toEqual({ what: 'data', fraction: 0.25 });
    expect(receive(loading, { tell: 'loading', what: 'data', fraction: 1 }).loading).toBeNull();
  });

  test('puts the race at step 0, with an empty curve for every lane', () => {
    const state = heard(stands);
    expect(state).toMatchObject({ open: true, step: 0, until: 100, loading: null, experiment: TWO, preset: null });
    expect([...state.curves.keys()]).toEqual([PLAIN, RESIDUAL]);
    expect(state.curves.get(PLAIN)).toMatchObject({ steps: 0, begun: 0, tests: [], divergedAt: null });
  });

  test('takes nothing over from the race before', () => {
    const prediction = { lane: PLAIN, step: 25, probabilities: [[1]] };
    const state = heard(
      stands,
      progressReport(25, [points(PLAIN, 0, 25)], { predictions: [prediction] }),
      openedReport(TWO),
    );
    expect(state).toMatchObject({ step: 0, roundsPerSecond: null, pending: [] });
    expect(errorsOf(state, PLAIN)).toEqual([]);
    expect(state.predictions.size).toBe(0);
  });

  test('knows a preset whatever its seed, its end and the order of its fields', () => {
    const { batch, ...recipe } = PRESETS.twins.recipe;
    const turned: Experiment = { ...PRESETS.twins, recipe: { ...recipe, seed: 99, batch }, until: 7 };
    expect(heard(openedReport(turned)).preset).toBe('twins');
    expect(heard(openedReport({ ...turned, recipe: { ...turned.recipe, batch: 32 } })).preset).toBeNull();
  });
});

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
  const before = heard(
    { tell: 'device', device },
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
    tell: 'recovered',
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
      tell: 'recovered',
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
    expect(after.recovery).toEqual({ loss, step: 40, device });
    const old = errorsOf(before, PLAIN);
    const on = receive(after, progressReport(41, [{ lane: PLAIN, from: 40, errors: [7], losses: [1] }]));
    expect(errorsOf(on, PLAIN)).toEqual([...old.slice(0, 40), 7]);
    expect(errorsOf(before, PLAIN)).toEqual(old);
    expect(receive(on, stands).recovery).toBeNull();
  });
});

describe('progress', () => {
  test('is put behind what is there; the curve before it stays what it was', () => {
    const first = heard(stands, progressReport(2, [points(PLAIN, 0, 2), points(RESIDUAL, 0, 2)]));
    const before = first.curves.get(PLAIN);
    const second = receive(first, progressReport(3, [points(PLAIN, 2, 1)]));
    expect(errorsOf(second, PLAIN)).toEqual([0, 1, 2]);
    expect(errorsOf(second, RESIDUAL)).toEqual([0, 1]);
    expect(second.step).toBe(3);
    expect(second.curves.get(PLAIN)).not.toBe(before);
    expect(before?.steps).toBe(2);
    expect(second.curves.get(RESIDUAL)).toBe(first.curves.get(RESIDUAL));
  });

  test('outgrows the first room of its columns without losing a step', () => {
    let state = heard(stands);
    const room = state.curves.get(PLAIN)?.errors.length ?? 0;
    expect(room).toBeGreaterThan(0);
    for (let from = 0; from <= 2 * room; from += room - 1) {
      state = receive(state, progressReport(from, [points(PLAIN, from, room - 1)]));
    }
    state = receive(state, progressReport(9 * room, [points(PLAIN, 3 * (room - 1), 6 * room)]));
    const { steps, errors, losses } = state.curves.get(PLAIN) ?? expect.fail();
    const { errors: allErrors, losses: allLosses } = points(PLAIN, 0, steps);
    expect(steps).toBe(9 * room - 3);
    expect([...errors.subarray(0, steps)]).toEqual(allErrors);
    expect([...losses.subarray(0, steps)]).toEqual(allLosses);
  });

  test('of tests, predictions and divergence goes to the lane that it is of', () => {
    const test = { lane: RESIDUAL, step: 25, error: 60 };
    const prediction = { lane: RESIDUAL, step: 25, probabilities: [[0.5, 0.5]] };
    const state = heard(
      stands,
      progressReport(25, [], { tests: [test], predictions: [prediction], diverged: [{ lane: PLAIN, step: 9 }] }),
    );
    expect(state.curves.get(RESIDUAL)).toMatchObject({ tests: [test], divergedAt: null });
    expect(state.curves.get(PLAIN)).toMatchObject({ tests: [], divergedAt: 9 });
    expect([...state.predictions]).toEqual([[RESIDUAL, prediction]]);
  });

  test('that comes late for a lane that has left is dropped', () => {
    const alone: Experiment = { ...TWO, lanes: TWO.lanes.slice(1) };
    const late = progressReport(3, [points(PLAIN, 2, 1), points(RESIDUAL, 2, 1)], {
      tests: [{ lane: PLAIN, step: 3, error: 50 }],
      predictions: [{ lane: PLAIN, step: 3, probabilities: [[1]] }],
      diverged: [{ lane: PLAIN, step: 3 }],
    });
    const state = heard(
      stands,
      progressReport(2, [points(PLAIN, 0, 2), points(RESIDUAL, 0, 2)]),
      changedReport(alone, 2),
      late,
    );
    expect([...state.curves.keys()]).toEqual([RESIDUAL]);
    expect(errorsOf(state, RESIDUAL)).toEqual([0, 1, 2]);
    expect(state.predictions.size).toBe(0);
  });

  test('without a speed of its own keeps the last one', () => {
    const quick = progressReport(1, []);
    expect(
      heard(stands, quick, { tell: 'progress', race: { ...EMPTY, step: 2 }, roundsPerSecond: null }),
    ).toMatchObject({
      step: 2,
      roundsPerSecond: 4,
    });
  });
});

const EMPTY = { step: 0, points: [], tests: [], predictions: [], diverged: [] };

describe('a change', () => {
  const cut: Experiment = { ...TWO, surgery: [{ step: 2, lane: RESIDUAL, block: 2, gain: 0 }] };
  const asked = [
    { lane: RESIDUAL, block: 2, gain: 0 },
    { lane: RESIDUAL, block: 3, gain: 0 },
  ];

  test('of gains confirms those that are in force, and leaves the others pending', () => {
    const state = receive({ ...heard(stands), pending: asked }, changedReport(cut, 2));
    expect(state.experiment).toBe(cut);
    expect(state.pending).toEqual([{ lane: RESIDUAL, block: 3, gain: 0 }]);
  });

  test('does not confirm what lies ahead of the lane', () => {
    expect(receive({ ...heard(stands), pending: asked }, changedReport(cut, 1)).pending).toEqual(asked);
  });

  test('of lanes gives a new one an empty curve, takes a gone one away, and leaves the others', () => {
    const [, residual = expect.fail()] = TWO.lanes;
    const third = { ...residual, name: 'third' };
    const before = heard(stands, progressReport(2, [points(PLAIN, 0, 2), points(RESIDUAL, 0, 2)]));
    const more = receive(before, {
      tell: 'changed',
      experiment: { ...TWO, lanes: [...TWO.lanes, third] },
      begun: new Map([
        [PLAIN, 3],
        [RESIDUAL, 3],
        ['third', 0],
      ]),
    });
    expect([...more.curves.values()].map(({ lane, steps, begun }) => [lane, steps, begun])).toEqual([
      [PLAIN, 2, 3],
      [RESIDUAL, 2, 3],
      ['third', 0, 0],
    ]);
    const fewer = receive(more, changedReport({ ...TWO, lanes: [third] }, 0));
    expect([...fewer.curves.keys()]).toEqual(['third']);
    expect(fewer.step).toBe(0);
  });

  test('of nets makes a preset one’s own; undone, and by surgery, it keeps its name', () => {
    const tiny = heard(openedReport(PRESETS.tiny));
    expect(tiny.preset).toBe('tiny');
    const fewer = { ...PRESETS.tiny, lanes: PRESETS.tiny.lanes.slice(1) };
    expect(receive(tiny, changedReport(fewer, 0)).preset).toBeNull();
    expect(receive(tiny, changedReport(PRESETS.tiny, 0)).preset).toBe('tiny');
    const cut = { ...PRESETS.tiny, surgery: [{ step: 2, lane: 'ResNet-32', block: 2, gain: 0 }] };
    expect(receive(tiny, changedReport(cut, 2)).preset).toBe('tiny');
  });
});

test('training is on or off as the worker says', () => {
  expect(heard(stands, { tell: 'training', training: true }).training).toBe(true);
  expect(heard(stands, { tell: 'training', training: true }, { tell: 'training', training: false }).training).toBe(
    false,
  );
});

test('what broke is told, and nothing can be trained; what was made stays', () => {
  const failure = { name: 'DeviceError', message: 'backend webgpu: the device was lost; press Reset' };
  const state = heard(
    stands,
    progressReport(2, [points(PLAIN, 0, 2)]),
    { tell: 'training', training: true },
    { tell: 'broken', failure },
  );
  expect(state).toMatchObject({ open: false, training: false, loading: null, pending: [], notice: failure });
  expect(state.experiment).toBe(TWO);
  expect(errorsOf(state, PLAIN)).toEqual([0, 1]);
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
    tell: 'changed',
    experiment: branched,
    begun: new Map([PLAIN, RESIDUAL, FORK].map((lane) => [lane, 5])),
  };
  const test4 = { lane: RESIDUAL, step: 4, error: 40 };

  test('has the curve of its parent until then', () => {
    const before = progressReport(5, [points(PLAIN, 0, 5), points(RESIDUAL, 0, 5)], { tests: [test4] });
    const state = heard(stands, before, told);
    expect(errorsOf(state, FORK)).toEqual([0, 1, 2, 3, 4]);
    expect(state.curves.get(FORK)?.tests).toEqual([{ ...test4, lane: FORK }]);
  });

  test('has it too where the last steps are told later', () => {
    const state = heard(
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
    const state = heard(stands, progressReport(9, [points(PLAIN, 0, 9), points(RESIDUAL, 0, 9)]), {
      tell: 'changed',
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
    const state = heard(stands, diverged, { tell: 'changed', experiment: TWO, begun });
    expect(state.curves.get(RESIDUAL)).toMatchObject({ steps: 4, divergedAt: null });
  });

  test('can be taken to the steps that were told', () => {
    const steps = new Map([[PLAIN, [25, 50]]]);
    expect(heard(stands, { tell: 'kept', steps }).kept).toBe(steps);
    expect(heard({ tell: 'kept', steps }, stands).kept.size).toBe(0);
  });
});
