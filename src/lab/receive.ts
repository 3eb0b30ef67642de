import { type Experiment, gainsAt } from '../spec/experiment.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from '../spec/presets.ts';
import type { RaceReport } from '../spec/report.ts';
import type { Report } from '../worker/protocol.ts';
import { type Curve, cutBack, emptyCurve, withPoints, withShared } from './curve.ts';
import type { LabState } from './state.ts';

/** The state while the first race of all is on its way: what is known of it is shown, and nothing can be trained. */
export function expecting(state: LabState, experiment: Experiment): LabState {
  return {
    ...state,
    experiment,
    preset: presetOf(experiment),
    plan: experiment.surgery,
    until: experiment.until,
    curves: new Map(experiment.lanes.map(({ name }) => [name, emptyCurve(name)])),
    pending: [],
  };
}

/** The state after a report of the worker. */
export function receive(state: LabState, report: Report): LabState {
  switch (report.tell) {
    case 'device':
      return { ...state, device: report.device };
    case 'loading':
      return { ...state, loading: report.fraction < 1 ? { what: report.what, fraction: report.fraction } : null };
    case 'opened': {
      const { experiment, data } = report;
      return {
        ...state,
        experiment,
        preset: presetOf(experiment),
        plan: experiment.surgery,
        undo: null,
        continues: null,
        data,
        open: true,
        loading: null,
        until: experiment.until,
        step: 0,
        roundsPerSecond: null,
        curves: new Map(experiment.lanes.map(({ name }) => [name, emptyCurve(name)])),
        predictions: new Map(),
        pending: [],
        kept: new Map(),
        slowRound: null,
        race: state.race + 1,
        copy: null,
        missing: null,
        recovery: null,
      };
    }
    case 'training':
      return { ...state, training: report.training, undo: report.training ? null : state.undo };
    case 'progress':
      return progressed(state, report.race, report.roundsPerSecond);
    case 'slowRound':
      return { ...state, slowRound: report.round };
    case 'changed':
      return changed(state, report.experiment, report.begun);
    case 'diagnosed': {
      const curve = state.curves.get(report.lane);
      if (curve === undefined || curve.divergedAt === null) return state;
      return { ...state, curves: new Map(state.curves).set(report.lane, { ...curve, brokenLayer: report.layer }) };
    }
    case 'copied':
      return { ...state, copy: { experiment: report.experiment, snapshot: report.snapshot } };
    case 'kept':
      return { ...state, kept: report.steps };
    case 'recovered':
      return recovered(state, report);
    case 'broken':
      return { ...state, open: false, training: false, loading: null, pending: [], notice: report.failure };
    default:
      return report satisfies never;
  }
}

function progressed(state: LabState, race: RaceReport, roundsPerSecond: number | null): LabState {
  const curves = new Map(state.curves);
  const update = (lane: string, change: (curve: Curve) => Curve) => {
    const curve = curves.get(lane);
    // A lane that was removed meanwhile has no curve any more.
    if (curve !== undefined) curves.set(lane, change(curve));
  };
  for (const points of race.points) {
    const parent = curves.get(originOf(state.experiment, points.lane) ?? '');
    update(points.lane, (curve) => withPoints(withShared(curve, parent, points.from), points));
  }
  for (const test of race.tests) update(test.lane, (curve) => ({ ...curve, tests: [...curve.tests, test] }));
  for (const { lane, step } of race.diverged) update(lane, (curve) => ({ ...curve, divergedAt: step }));
  const predictions = new Map(state.predictions);
  for (const told of race.predictions) if (curves.has(told.lane)) predictions.set(told.lane, told);
  return {
    ...state,
    undo: null,
    curves,
    predictions,
    step: race.step,
    roundsPerSecond: roundsPerSecond ?? state.roundsPerSecond,
  };
}

function changed(state: LabState, experiment: Experiment, begun: ReadonlyMap<string, number>): LabState {
  const curves = new Map(
    experiment.lanes.map(({ name, origin }) => {
      const steps = begun.get(name) ?? 0;
      const curve = state.curves.get(name) ?? withShared(emptyCurve(name), state.curves.get(origin?.lane ?? ''), steps);
      // A lane that was rewound has not begun what its curve shows, or the step in which it diverged.
      const rewound = steps < Math.max(curve.steps, curve.divergedAt ?? 0);
      return [name, rewound ? cutBack(curve, steps) : { ...curve, begun: steps }];
    }),
  );
  const predictions = new Map([...state.predictions].filter(([lane]) => curves.has(lane)));
  const pending = state.pending.filter(
    ({ lane, block, gain }) => gainsAt(experiment, lane, begun.get(lane) ?? 0)[block - 1] !== gain,
  );
  const step = Math.max(0, ...[...curves.values()].map(({ steps }) => steps));
  return { ...state, undo: null, experiment, preset: presetOf(experiment), curves, predictions, pending, step };
}

function originOf({ lanes }: Experiment, name: string): string | undefined {
  return lanes.find((lane) => lane.name === name)?.origin?.lane;
}

type Recovered = Extract<Report, { readonly tell: 'recovered' }>;

function recovered(state: LabState, { loss, backend, experiment, steps }: Recovered): LabState {
  const now = changed(state, experiment, steps);
  const stepsOf = (lane: string) => steps.get(lane) ?? 0;
  const step = Math.max(0, ...steps.values());
  return {
    ...now,
    backend,
    loading: null,
    slowRound: null,
    step,
    curves: new Map([...now.curves].map(([lane, curve]) => [lane, cutBack(curve, stepsOf(lane))])),
    predictions: new Map([...now.predictions].filter(([lane, told]) => told.step <= stepsOf(lane))),
    recovery: state.device === null ? null : { loss, step, device: state.device },
  };
}

/** The preset that an experiment is, whatever its seed, its end and what was cut and mended since. */
function presetOf(experiment: Experiment): PresetName | null {
  const essence = ({ data, recipe, lanes }: Experiment) =>
    JSON.stringify([sorted(data), sorted({ ...recipe, seed: 0 }), lanes.map(({ name, net }) => [name, sorted(net)])]);
  return PRESET_NAMES.find((name) => essence(PRESETS[name]) === essence(experiment)) ?? null;
}

function sorted(fields: object): readonly (readonly [string, unknown])[] {
  return Object.entries(fields).sort(([a], [b]) => a.localeCompare(b));
}
