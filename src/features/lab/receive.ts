import { canonicalJson, isEqual } from '../../core/experiment/comparison.ts';
import { type Experiment, gainsAt } from '../../core/experiment/experiment.ts';
import { phaseAt } from '../../core/experiment/lineage.ts';
import { PRESET_NAMES, PRESETS, type PresetName } from '../../core/experiment/presets.ts';
import type { Recovered, Report } from '../../core/results/report.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import type { WorkerEnd } from '../../workers/liveness.ts';
import { type Curve, cutBack, emptyCurve, withPoints, withShared } from './curve.ts';
import type { LabState } from './state.ts';

/** The state while the first race of all is on its way: what is known of it is shown, and nothing can be trained. */
export function expecting(state: LabState, experiment: Experiment): LabState {
  return {
    ...state,
    experiment,
    preset: presetOf(experiment),
    plan: experiment.surgery,
    built: withBuilt(new Map(), experiment),
    extension: experiment.until,
    curves: new Map(experiment.lanes.map(({ name }) => [name, emptyCurve(name)])),
    pending: [],
  };
}

/** The state after a report of the worker. */
export function receive(state: LabState, report: Report): LabState {
  switch (report.type) {
    case 'device':
      return { ...state, device: report.device, distribution: null };
    case 'distributed':
      return { ...state, distribution: report.workers === 1 ? null : report };
    case 'loading':
      return { ...state, loading: report.fraction < 1 ? { what: report.what, fraction: report.fraction } : null };
    case 'opened': {
      const { experiment, data, batch } = report;
      const { typedUntil, isEdit } = state.opening ?? { typedUntil: null, isEdit: false };
      return {
        ...state,
        experiment: typedUntil === null ? experiment : { ...experiment, until: typedUntil },
        preset: presetOf(experiment),
        plan: experiment.surgery,
        // The next seed has the lanes of this one.
        built: withBuilt(
          isEdit || isEqual(state.experiment.lanes, experiment.lanes) ? state.built : new Map(),
          experiment,
        ),
        undo: null,
        continues: null,
        data,
        open: true,
        loading: null,
        extension: experiment.until,
        step: 0,
        timedSteps: 0,
        roundsPerSecond: null,
        curves: new Map(experiment.lanes.map(({ name }) => [name, emptyCurve(name)])),
        predictions: new Map(),
        batch: batch === undefined ? null : { ...batch, answers: new Map() },
        holdsBatch: false,
        pending: [],
        kept: new Map(),
        slowRound: null,
        race: state.race + 1,
        copy: null,
        openedFrom: null,
        missing: null,
        recovery: null,
        distribution: null,
      };
    }
    case 'training':
      return { ...state, training: report.training, undo: report.training ? null : state.undo };
    case 'progress':
      return progressed(state, report);
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

type Progress = Extract<Report, { readonly type: 'progress' }>;

function progressed(state: LabState, { race, roundsPerSecond, shown }: Progress): LabState {
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
  const told = race.predictions.filter(({ lane }) => curves.has(lane));
  return {
    ...state,
    undo: null,
    curves,
    // Most reports hold none, and then nothing that shows them renders.
    predictions:
      told.length === 0
        ? state.predictions
        : new Map([...state.predictions, ...told.map((each) => [each.lane, each] as const)]),
    batch: race.batch === undefined || shown === undefined ? state.batch : { ...race.batch, shown },
    step: race.step,
    roundsPerSecond: roundsPerSecond ?? state.roundsPerSecond,
  };
}

function changed(state: LabState, reported: Experiment, begun: ReadonlyMap<string, number>): LabState {
  const experiment = withKnownLanes(reported, state.experiment);
  const curves = new Map(
    experiment.lanes.map(({ name, origin }) => {
      const steps = begun.get(name) ?? 0;
      const curve = state.curves.get(name) ?? withShared(emptyCurve(name), state.curves.get(origin?.lane ?? ''), steps);
      // A lane that was rewound has not begun what its curve shows, or the step in which it diverged.
      const rewound = steps < Math.max(curve.steps, curve.divergedAt ?? 0);
      return [name, rewound ? cutBack(curve, steps) : { ...curve, begun: steps }];
    }),
  );
  // What a net answered at a step from which it was rewound is undone, too.
  const predictions = new Map([...state.predictions].filter(([lane, { step }]) => step <= (begun.get(lane) ?? -1)));
  const pending = state.pending.filter(
    ({ lane, block, gain }) => gainsAt(experiment, lane, begun.get(lane) ?? 0)[block - 1] !== gain,
  );
  const step = Math.max(0, ...[...curves.values()].map(({ steps }) => steps));
  const preset = presetOf(experiment);
  const copies = changedCopies(state, experiment, begun);
  const built = withBuilt(state.built, experiment);
  return { ...state, undo: null, experiment, built, preset, curves, predictions, pending, step, ...copies };
}

/** The gains at step 0 of the lanes that an experiment has: as they were `known`, else its own. */
function withBuilt(known: LabState['built'], { lanes }: Experiment): LabState['built'] {
  return new Map(
    lanes.map((lane) => {
      const { gains } = phaseAt(lane, 0).net;
      const before = known.get(lane.name);
      return [lane.name, before?.length === gains.length ? before : gains];
    }),
  );
}

/** The experiment with the page's end, and with the page's lanes where they are the same: what shows those need not render. */
function withKnownLanes(experiment: Experiment, { lanes: before, until }: Experiment): Experiment {
  const known = new Map(before.map((lane) => [JSON.stringify(lane), lane]));
  const lanes = experiment.lanes.map((lane) => known.get(JSON.stringify(lane)) ?? lane);
  const isSame = lanes.length === before.length && lanes.every((lane, at) => lane === before[at]);
  return { ...experiment, lanes: isSame ? before : lanes, until };
}

/**
 * What is left of the snapshots after a change. The changed experiment goes on from an earlier snapshot, too: a surgery has
 * its step, and a lane that is not in the snapshot catches up.
 */
function changedCopies(
  { copy, openedFrom }: LabState,
  experiment: Experiment,
  begun: ReadonlyMap<string, number>,
): Pick<LabState, 'copy' | 'openedFrom'> {
  const from = withoutUndone(openedFrom, begun);
  const snapshot = withoutUndone(copy?.snapshot ?? null, begun) ?? from;
  return { copy: snapshot && { experiment, snapshot }, openedFrom: from };
}

/** A snapshot of a lane that was rewound or removed since is of steps that were undone; null where no other is left. */
function withoutUndone(snapshot: RaceSnapshot | null, begun: ReadonlyMap<string, number>): RaceSnapshot | null {
  if (snapshot === null) return null;
  const kept = [...snapshot].filter(([lane, { steps }]) => steps <= (begun.get(lane) ?? -1));
  if (kept.length === 0) return null;
  return kept.length === snapshot.size ? snapshot : new Map(kept);
}

function originOf({ lanes }: Experiment, name: string): string | undefined {
  return lanes.find((lane) => lane.name === name)?.origin?.lane;
}

function recovered(state: LabState, { loss, backend, experiment, steps }: Recovered): LabState {
  const { device } = state;
  const next = goneBack({ ...state, backend }, experiment, steps);
  return { ...next, recovery: device === null ? null : { from: 'device', loss, step: next.step, device } };
}

export interface Restored {
  readonly end: WorkerEnd;
  /** The state when the worker ended. */
  readonly before: LabState;
  /** Each lane's step in the snapshot, by its name; points of later steps are dropped. */
  readonly steps: ReadonlyMap<string, number>;
}

/** The state after a race was opened in another worker, in place of the one that ended. */
export function restored(state: LabState, { experiment, data }: Opened, { end, before, steps }: Restored): LabState {
  const next = goneBack(state, experiment, steps);
  const lost = Math.max(0, before.step - next.step);
  const recovery = { from: 'worker', end, step: next.step, lost, training: before.training } as const;
  return { ...next, data, open: true, kept: new Map(), holdsBatch: false, recovery };
}

type Opened = Extract<Report, { readonly type: 'opened' }>;

/** The state of a race that goes on from a copy. */
function goneBack(state: LabState, experiment: Experiment, steps: ReadonlyMap<string, number>): LabState {
  const now = changed(state, experiment, steps);
  const stepsOf = (lane: string) => steps.get(lane) ?? 0;
  return {
    ...now,
    loading: null,
    slowRound: null,
    step: Math.max(0, ...steps.values()),
    curves: new Map([...now.curves].map(([lane, curve]) => [lane, cutBack(curve, stepsOf(lane))])),
  };
}

/** The preset that an experiment is, whatever its seed, its end and what was cut and mended since. */
function presetOf(experiment: Experiment): PresetName | null {
  const essence = ({ data, recipe, lanes }: Experiment) =>
    canonicalJson([data, { ...recipe, seed: 0 }, lanes.map(({ name, net }) => [name, net])]);
  return PRESET_NAMES.find((name) => essence(PRESETS[name]) === essence(experiment)) ?? null;
}
