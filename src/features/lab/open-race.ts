import type { StoreApi } from 'zustand/vanilla';
import { isEqual } from '../../core/experiment/comparison.ts';
import type { BackendChoice } from '../../core/experiment/device.ts';
import { type Experiment, hasEarlierImages, onPresentImages } from '../../core/experiment/experiment.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { DEFAULT_PRESET, PRESETS } from '../../core/experiment/presets.ts';
import { withPlan } from '../../core/experiment/surgery.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import type { Client, RequestOf } from '../../workers/rpc.ts';
import type { TrainingApi } from '../../workers/training/api.ts';
import { type Curve, cutBack } from './curve.ts';
import { expecting } from './receive.ts';
import type { Restart } from './restart.ts';
import { type LabState, newestSnapshot, type RaceSetup, type ReplacedRace } from './state.ts';

/** Names of errors which mean that this experiment cannot run here, though others may. */
const REFUSALS = ['ExperimentError', 'MemoryError', 'WeightsError'];

/** Opens races in the training worker. Every method rejects with the worker's error; the race before then stands. */
export interface RaceOpener {
  /** Opens an experiment at step 0; without `backend`, on the present one. */
  open(experiment: unknown, backend?: BackendChoice): Promise<void>;
  /** Opens a race in place of one that `undo` can restore. */
  replace(experiment: unknown, backend?: BackendChoice): Promise<void>;
  /** Starts the race over as its experiment was opened, but for the edit. */
  restart(edit: Partial<Experiment>, backend?: BackendChoice): Promise<void>;
  /** Opens a race at the steps of its snapshot, with the curves that it had until then, if need be on another backend. */
  resume(race: ResumedRace): Promise<void>;
  /**
   * Opens a link's experiment; what is refused is replaced by one that runs, and the promise still rejects. In place of
   * one that `mustBeIt` no other experiment is opened: it is only tried on another device.
   */
  openLink(read: () => RaceSetup, mustBeIt?: boolean): Promise<void>;
  /** The recipe, nets and device of the race that is open or, while one is being opened, of that. */
  current(): RaceSetup;
  /** Resolves at once, or while a race is being opened when that is open or was refused. */
  settled(): Promise<void>;
}

/** A race to go on with, and the parts of the page's state that are not the worker's. */
export interface ResumedRace extends RaceSetup {
  readonly snapshot: RaceSnapshot;
  readonly curves: Iterable<Curve>;
  /** Whether it replaces the present race as an edit of it. */
  readonly isEdit?: boolean;
  readonly more: Pick<LabState, 'plan' | 'extension'> & Partial<LabState>;
}

export function createRaceOpener(
  store: StoreApi<LabState>,
  client: Pick<Client<TrainingApi>, 'call'>,
  { once, untilDone }: Pick<Restart, 'once' | 'untilDone'>,
): RaceOpener {
  const { getState, setState } = store;

  const current = (): RaceSetup => {
    const { opening, data, experiment, backend } = getState();
    if (opening !== null) return opening.latest;
    return {
      experiment: data === null && experiment.lanes.length === 0 ? PRESETS[DEFAULT_PRESET] : experiment,
      backend,
    };
  };
  /** Counts a request in the state until it is answered. */
  const whileOpening = async (
    latest: RaceSetup,
    isEdit: boolean,
    work: () => Promise<void>,
    plan = latest.experiment.surgery,
  ): Promise<void> => {
    setState(({ opening }) => ({
      opening: {
        requests: (opening?.requests ?? 0) + 1,
        latest,
        plan,
        isEdit,
        isResumed: false,
        // An edit has the end that was typed; another experiment has its own.
        typedUntil: opening?.typedUntil === latest.experiment.until ? opening.typedUntil : null,
      },
    }));
    try {
      await work();
    } finally {
      setState(({ opening }) => ({
        opening: opening === null || opening.requests === 1 ? null : { ...opening, requests: opening.requests - 1 },
      }));
    }
  };
  const callOpen = async (request: RequestOf<TrainingApi, 'open'>) => {
    setState(({ opening }) => ({ opening: opening && { ...opening, isResumed: request.from !== undefined } }));
    // If the worker ends, this race may be the reason: the one before is restored, and this one is not tried again.
    await (getState().open ? once : untilDone)(() => client.call('open', request));
  };

  const open = async (input: unknown, backend: BackendChoice = current().backend, isEdit = false) => {
    const asked = parseExperiment(input);
    const experiment = onPresentImages(asked);
    setState((state) => ({
      ...(state.data === null ? { ...expecting(state, experiment), backend } : state),
      notice: null,
      earlierImages: hasEarlierImages(asked) ? 'opened' : null,
    }));
    try {
      await whileOpening({ experiment, backend }, isEdit, () => callOpen({ experiment, backend }));
    } catch (error) {
      if (isMissing(error)) setState({ missing: experiment });
      throw error;
    }
    setState({ backend });
  };
  const replace = async (experiment: unknown, backend?: BackendChoice, isEdit = false) => {
    let before: ReplacedRace | null = null;
    const stop = store.subscribe((now, last) => {
      if (now.race !== last.race) before = replacedRace(last, isEdit);
    });
    await open(experiment, backend, isEdit).finally(stop);
    setState({ undo: before });
  };
  const openLink = async (read: () => RaceSetup, mustBeIt: boolean) => {
    const link = await Promise.resolve()
      .then(read)
      .catch(async (error: unknown) => {
        await replace(PRESETS[DEFAULT_PRESET]);
        throw error;
      });
    try {
      await replace(link.experiment, link.backend);
    } catch (error) {
      const { missing, opening } = getState();
      const until = opening?.typedUntil ?? link.experiment.until;
      const instead = insteadOf(link, error);
      const isSame = instead?.experiment === link.experiment;
      if (instead === null || (mustBeIt && !isSame)) throw error;
      await replace(isSame ? { ...link.experiment, until } : instead.experiment, instead.backend);
      if (isMissing(error)) setState({ missing });
      throw error;
    }
  };

  return {
    open,
    replace,
    restart: (edit, backend) => {
      const { experiment } = current();
      const { opening, plan } = getState();
      return replace({ ...withPlan(experiment, opening?.plan ?? plan), ...edit }, backend, true);
    },
    resume: async ({ experiment, backend, snapshot, curves: known, more, isEdit = false }) => {
      setState({ notice: null, earlierImages: hasEarlierImages(experiment) ? 'resumed' : null });
      const work = async () => {
        let opened = backend;
        try {
          await callOpen({ experiment, backend, from: snapshot });
        } catch (error) {
          const instead = backendInstead(backend, error);
          if (instead === null) throw error;
          await callOpen({ experiment, backend: instead, from: snapshot });
          opened = instead;
        }
        const { curves } = getState();
        const stepsOf = (lane: string) => snapshot.get(lane)?.steps ?? 0;
        const kept = [...known].filter(({ lane }) => curves.has(lane));
        // It stands when it has its steps: what waits for it counts on from there.
        setState({
          ...more,
          backend: opened,
          openedFrom: snapshot,
          step: Math.max(0, ...[...snapshot.values()].map(({ steps }) => steps)),
          curves: new Map([
            ...curves,
            ...kept.map((curve) => [curve.lane, cutBack(curve, stepsOf(curve.lane))] as const),
          ]),
        });
      };
      await whileOpening({ experiment, backend }, isEdit, work, more.plan);
    },
    openLink: (read, mustBeIt = false) => whileOpening(current(), false, () => openLink(read, mustBeIt)),
    current,
    settled: () =>
      new Promise((resolve) => {
        if (getState().opening === null) return resolve();
        const stop = store.subscribe(({ opening }) => {
          if (opening !== null) return;
          stop();
          resolve();
        });
      }),
  };
}

/** What is opened in place of a link that was refused; null where nothing else would be taken either. */
function insteadOf({ experiment, backend }: RaceSetup, error: unknown): RaceSetup | null {
  const preset = PRESETS[DEFAULT_PRESET];
  // The experiment waits for its data.
  if (isMissing(error)) return { experiment: preset, backend };
  const instead = backendInstead(backend, error);
  if (instead !== null) return { experiment, backend: instead };
  const name = error instanceof Error ? error.name : '';
  return REFUSALS.includes(name) && experiment !== preset ? { experiment: preset, backend } : null;
}

/** Whether an experiment was refused because its data set is not here. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'MissingDataError';
}

/** The backend to try where a race was on one that is not here, or not any more; null where none is left to try. */
function backendInstead(backend: BackendChoice, error: unknown): BackendChoice | null {
  return error instanceof Error && error.name === 'DeviceError' && backend !== 'auto' ? 'auto' : null;
}

/**
 * What `undo` needs to restore the present race or, where that has no steps to lose, the one that it still restores; null if
 * there is none, or the present race cannot be restored.
 */
function replacedRace(state: LabState, isEdit: boolean): ReplacedRace | null {
  const { experiment, plan, built, extension, backend, step, curves, predictions, batch, race, undo } = state;
  const trained = [...curves.values()].filter(({ begun, divergedAt }) => begun > 0 || divergedAt !== null);
  if (!state.open || (trained.length === 0 && isEqual(experiment.surgery, plan))) {
    return undo && { ...undo, isEdit: undo.isEdit && isEdit };
  }
  // The worker copies a race before it opens another, unless nothing was trained since it was opened. A copy that is not of
  // this step would not be the same race. A net that diverged has begun steps that its curve does not have.
  const snapshot = new Map(
    [...(newestSnapshot(state) ?? [])].filter(([lane]) => trained.some((curve) => curve.lane === lane)),
  );
  const isOfNow = ({ lane, begun, divergedAt }: Curve) => {
    const steps = snapshot.get(lane)?.steps;
    return divergedAt === null ? steps === begun : steps !== undefined && steps >= divergedAt;
  };
  if (!trained.every(isOfNow)) return null;
  return { experiment, plan, built, extension, backend, step, curves, predictions, batch, race, snapshot, isEdit };
}
