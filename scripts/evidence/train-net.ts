import { cpus } from 'node:os';
import { type DeviceInfo, roundsDifferently, runDevice } from '../../src/core/experiment/device.ts';
import { normalisationOf } from '../../src/data/batches/normalise.ts';
import { fixedSubset, raceData } from '../../src/data/batches/race-data.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { majorityError } from '../../src/data/summary.ts';
import { Race } from '../../src/engine/training/race.ts';
import { train } from '../../src/engine/training/train.ts';
import { LabError } from '../lab/error.ts';
import { probeAll } from '../lab/insight.ts';
import { sha256Of } from './data.ts';
import type { Definition, NetTask } from './definition.ts';
import { finite, type NetState, withReport } from './net-state.ts';

/** Steps between two states on disk: what an ended process loses at most. */
const SAVE_EVERY = 500;

/** What training one net needs. */
export interface Training {
  readonly task: NetTask;
  readonly definition: Pick<Definition, 'sha256' | 'measureAt' | 'probes'>;
  readonly dataset: Dataset;
  readonly device: DeviceInfo;
  /** The commit that a record is to name; none where no record is made. */
  readonly commit?: string;
  /** The step to stop at. */
  readonly until: number;
}

/**
 * Trains a net from a state, or from step 0 for null, and yields its state after every 500 steps, after each step of
 * `measureAt`, and at the end, where the probes are added. A state that has gone past a step without a measurement that is
 * asked for there begins again. Throws a `LabError` where the images are not the definition's,
 * or the state is of a device that rounds otherwise, or beyond the experiment's end.
 */
export async function* trainNet(
  { task, definition, dataset, device, commit, until }: Training,
  from: NetState | null,
): AsyncGenerator<NetState> {
  const { experiment, lane } = task;
  const { probes: wanted, measureAt } = definition;
  let state = from ?? newState(dataset, device);
  if (state.data.sha256 !== definition.sha256) {
    throw new LabError(`data: sha256 is ${state.data.sha256}, and not ${definition.sha256}`);
  }
  if (roundsDifferently(state.source, device)) {
    const [begun, here] = [state.source, device].map(
      ({ backend, adapter, simd = '' }) => `${backend} ${adapter} ${simd}`,
    );
    throw new LabError(
      `--state: ${lane} was begun on ${begun?.trim()}, and this is ${here?.trim()}; give another folder`,
    );
  }
  if (state.losses.length > experiment.until) {
    const [begun, end] = [state.losses.length, experiment.until];
    throw new LabError(
      `--state: ${lane} is at step ${begun}, beyond step ${end} of the definition; give another folder`,
    );
  }
  const isAtEnd = () => state.losses.length >= experiment.until;
  const stepsToMeasure = () =>
    [...measureAt, experiment.until].filter((at) => at <= until && !state.measured.some(({ step }) => step === at));
  if (state.divergedAt !== null) return;
  // A net is measured as it is, so a step that was added to a definition cannot be had from a later state.
  if (stepsToMeasure().some((at) => at < state.losses.length)) state = newState(dataset, device);
  const unmeasured = stepsToMeasure();
  const missing = wanted.filter((probe) => !state.probes.some(({ name }) => name === probe));
  // Another definition's training may have stopped here, without what is asked for here.
  const isWhole = !unmeasured.includes(state.losses.length) && (missing.length === 0 || !isAtEnd());
  if (state.losses.length >= until && isWhole) return;

  const allTests = fixedSubset(dataset.test, normalisationOf(dataset.train, experiment.recipe.mean), Infinity, 1);
  const snapshot = state.snapshot === null ? new Map() : new Map([[lane, state.snapshot]]);
  const race = new Race(experiment, raceData(dataset, experiment.recipe), device, snapshot);
  const commits = [...new Set([...state.source.commits, ...(commit === undefined ? [] : [commit])])];
  for (const stop of stopsOf(state.losses.length, until, unmeasured)) {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    for await (const progress of train(race, { until: stop, paused: false, maxRoundsPerSecond: null })) {
      state = withReport(state, progress.race);
    }
    if (state.divergedAt === null && unmeasured.includes(stop)) {
      const trb = (await race.trainingErrors()).get(lane);
      const test = (await race.errorsOn(allTests, chunkOf(allTests.labels.length))).get(lane);
      const point = { step: stop, trb: finite(trb, 2), test: finite(test, 2) };
      state = { ...state, measured: [...state.measured.filter(({ step }) => step !== stop), point] };
    }
    if (isAtEnd() && state.divergedAt === null) {
      const probes = await probeAll(race, { lesions: [], random: 0, probes: missing });
      state = { ...state, probes: [...state.probes, ...probes] };
    }
    const { user, system } = process.cpuUsage(cpu);
    const seconds = state.source.seconds + (performance.now() - began) / 1000;
    const cpuSeconds = state.source.cpuSeconds + (user + system) / 1e6;
    state = {
      ...state,
      snapshot: await race.laneSnapshot(lane),
      source: { ...state.source, ...runDevice(device), machine: machine(), commits, seconds, cpuSeconds },
    };
    yield state;
    if (state.divergedAt !== null) break;
  }
  race.dispose();
}

function newState(dataset: Dataset, device: DeviceInfo): NetState {
  const [train, test] = [dataset.train.labels.length, dataset.test.labels.length];
  return {
    snapshot: null,
    losses: [],
    errors: [],
    tests: [],
    measured: [],
    probes: [],
    divergedAt: null,
    data: { sha256: sha256Of(dataset), train, test, majority: Number(majorityError(dataset).error.toFixed(2)) },
    source: { ...runDevice(device), machine: machine(), commits: [], seconds: 0, cpuSeconds: 0 },
  };
}

/**
 * Steps at which a state is saved: every 500 after `done`, those that are unmeasured, none of which is before it, and `until`,
 * alone where that is reached and only probes are missing.
 */
function stopsOf(done: number, until: number, unmeasured: readonly number[]): readonly number[] {
  const regular = Array.from({ length: Math.ceil(until / SAVE_EVERY) }, (_, nth) => nth * SAVE_EVERY);
  const later = regular.filter((step) => step > done);
  const stops = [...new Set([...later, ...unmeasured])].filter((step) => step < until);
  return [...stops.toSorted((a, b) => a - b), until];
}

/** The largest chunk up to 250 images that divides their number, so that none is left out. */
function chunkOf(images: number): number {
  for (let chunk = 250; chunk > 1; chunk--) if (images % chunk === 0) return chunk;
  return 1;
}

/** "2 cores, AMD EPYC" */
function machine(): string {
  const [first, ...others] = cpus();
  return `${others.length + 1} cores, ${first?.model.trim() ?? 'unknown'}`;
}
