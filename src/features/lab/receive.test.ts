import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import { changedReport, openedReport, points, progressReport, TWO } from '../../testing/fake-worker.ts';
import { errorsOf, stands, stateAfter } from '../../testing/state-after.ts';
import { curvesOfRound } from './curve.ts';
import { receive } from './receive.ts';

const [PLAIN, RESIDUAL] = ['plain-8', 'ResNet-8'];

describe('opening', () => {
  test('shows what is loaded until it is there', () => {
    const loading = stateAfter({ type: 'loading', what: 'data', fraction: 0.25 });
    expect(loading.loading).toEqual({ what: 'data', fraction: 0.25 });
    expect(receive(loading, { type: 'loading', what: 'data', fraction: 1 }).loading).toBeNull();
  });

  test('puts the race at step 0, with an empty curve for every lane', () => {
    const state = stateAfter(stands);
    expect(state).toMatchObject({ open: true, step: 0, loading: null, experiment: TWO, preset: null });
    expect([...state.curves.keys()]).toEqual([PLAIN, RESIDUAL]);
    expect(state.curves.get(PLAIN)).toMatchObject({ steps: 0, begun: 0, tests: [], divergedAt: null });
  });

  test('takes nothing over from the race before', () => {
    const prediction = { lane: PLAIN, step: 25, probabilities: [[1]] };
    const state = stateAfter(
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
    expect(stateAfter(openedReport(turned)).preset).toBe('twins');
    expect(stateAfter(openedReport({ ...turned, recipe: { ...turned.recipe, batch: 32 } })).preset).toBeNull();
  });
});

describe('progress', () => {
  test('is put behind what is there; the curve before it stays what it was', () => {
    const first = stateAfter(stands, progressReport(2, [points(PLAIN, 0, 2), points(RESIDUAL, 0, 2)]));
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
    let state = stateAfter(stands);
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
    const state = stateAfter(
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
    const state = stateAfter(
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
      stateAfter(stands, quick, { type: 'progress', race: { ...EMPTY, step: 2 }, roundsPerSecond: null }),
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
    const state = receive({ ...stateAfter(stands), pending: asked }, changedReport(cut, 2));
    expect(state.experiment).toEqual(cut);
    expect(state.pending).toEqual([{ lane: RESIDUAL, block: 3, gain: 0 }]);
  });

  test('does not confirm what lies ahead of the lane', () => {
    expect(receive({ ...stateAfter(stands), pending: asked }, changedReport(cut, 1)).pending).toEqual(asked);
  });

  test('of lanes gives a new one an empty curve, takes a gone one away, and leaves the others', () => {
    const [, residual = expect.fail()] = TWO.lanes;
    const third = { ...residual, name: 'third' };
    const before = stateAfter(stands, progressReport(2, [points(PLAIN, 0, 2), points(RESIDUAL, 0, 2)]));
    const more = receive(before, {
      type: 'changed',
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
    const tiny = stateAfter(openedReport(PRESETS.tiny));
    expect(tiny.preset).toBe('tiny');
    const fewer = { ...PRESETS.tiny, lanes: PRESETS.tiny.lanes.slice(1) };
    expect(receive(tiny, changedReport(fewer, 0)).preset).toBeNull();
    expect(receive(tiny, changedReport(PRESETS.tiny, 0)).preset).toBe('tiny');
    const cut = { ...PRESETS.tiny, surgery: [{ step: 2, lane: 'ResNet-32', block: 2, gain: 0 }] };
    expect(receive(tiny, changedReport(cut, 2)).preset).toBe('tiny');
  });
});

test('what a net answered after the step to which it is rewound is undone, too', () => {
  const predictions = [PLAIN, RESIDUAL].map((lane) => ({ lane, step: 25, probabilities: [[1]] }));
  const steps = [points(PLAIN, 0, 30), points(RESIDUAL, 0, 30)];
  const begun = new Map([
    [PLAIN, 30],
    [RESIDUAL, 10],
  ]);
  const state = stateAfter(stands, progressReport(30, steps, { predictions }), {
    type: 'changed',
    experiment: TWO,
    begun,
  });
  expect([...state.predictions.keys()]).toEqual([PLAIN]);
});

test('training is on or off as the worker says', () => {
  expect(stateAfter(stands, { type: 'training', training: true }).training).toBe(true);
  expect(stateAfter(stands, { type: 'training', training: true }, { type: 'training', training: false }).training).toBe(
    false,
  );
});

test('what broke is told, and nothing can be trained; what was made stays', () => {
  const failure = { name: 'DeviceError', message: 'backend webgpu: the device was lost; press Reset' };
  const state = stateAfter(
    stands,
    progressReport(2, [points(PLAIN, 0, 2)]),
    { type: 'training', training: true },
    { type: 'broken', failure },
  );
  expect(state).toMatchObject({ open: false, training: false, loading: null, pending: [], notice: failure });
  expect(state.experiment).toBe(TWO);
  expect(errorsOf(state, PLAIN)).toEqual([0, 1]);
});

test('a round trains the nets that have not diverged, and of these only those that are behind', () => {
  const racing = stateAfter(stands, progressReport(4, [points(PLAIN, 0, 4), points(RESIDUAL, 0, 4)]));
  expect(curvesOfRound(racing.curves)).toHaveLength(2);
  expect(curvesOfRound(receive(racing, progressReport(5, [points(PLAIN, 4, 1)])).curves)).toHaveLength(1);
  const diverged = (...lanes: readonly string[]) =>
    receive(racing, progressReport(5, [], { diverged: lanes.map((lane) => ({ lane, step: 5 })) }));
  expect(curvesOfRound(diverged(RESIDUAL).curves)).toHaveLength(1);
  expect(curvesOfRound(diverged(PLAIN, RESIDUAL).curves)).toHaveLength(0);
});
