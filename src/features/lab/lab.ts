import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Picture } from '../../core/data/images.ts';
import type { BackendChoice } from '../../core/experiment/device.ts';
import type { DataSpec, Experiment } from '../../core/experiment/experiment.ts';
import { LIMITS } from '../../core/experiment/limits.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import type { Recipe } from '../../core/experiment/recipe.ts';
import { type MeasuredSpeed, SPEED_TASKS } from '../../core/results/device-speed.ts';
import type { LesionRequest, LesionResult } from '../../core/results/lesion.ts';
import type { ImageAnswers, Report } from '../../core/results/report.ts';
import type { SavedSession } from '../../core/results/run.ts';
import type { WeightsFormat } from '../../core/results/snapshot.ts';
import { SaidError, sayIt, sentence } from '../../language/sentence.ts';
import { type CallOptions, type Client, failureOf, isWithdrawn } from '../../workers/rpc.ts';
import { type SupervisorOptions, WorkerError } from '../../workers/supervisor.ts';
import type { TrainingApi } from '../../workers/training/api.ts';
import type { ProbeRequest, ProbeResult } from '../insight/probes/probes.ts';
import { areAtEnd, curveOf, curvesOfRound } from './curve.ts';
import { failurePhrase, Handled, handledBy } from './handled.ts';
import { createNetActions, type NetActions } from './net-actions.ts';
import { createRaceOpener } from './open-race.ts';
import { createRestart } from './restart.ts';
import { initialState, type LabState, type Opening, type RaceSetup } from './state.ts';
import { createWaits } from './waits.ts';

/** The page's state and its actions. A failure is put into `notice`; an action that is awaited rejects with it, too. */
export interface Lab extends NetActions {
  readonly store: StoreApi<LabState>;
  /**
   * Opens an experiment at step 0, for scripts, seeds and chapters of the lesson: the present race is not restored by `undo`. `experiment` is anything
   * that `parseExperiment` accepts.
   */
  open(experiment: unknown): Handled;
  /** Opens an experiment in place of the present race, which `undo` restores. */
  openInstead(experiment: Experiment): Handled;
  /**
   * Opens a link's experiment. If `read` throws, opens the default preset and reports the fault in the link; so it does
   * where the experiment is refused, unless it is the one that `mustBeIt`.
   */
  openLink(read: () => RaceSetup, mustBeIt?: boolean): Handled;
  /** Resumes a saved race at its step. */
  resume(session: SavedSession): Handled;
  /**
   * Trains to the experiment's end; if all nets that have not diverged have reached it, as many steps again. Resolves when
   * training stops. On its way it waits where it is to wait, unless `waits` is false.
   */
  train(options?: { readonly waits?: boolean }): Handled;
  pause(): Handled;
  /** Trains the race `rounds` steps further, and nets that are behind with it. Resolves when they are done. */
  step(rounds: number): Handled;
  /** Runs one round and records every instruction's norms in `slowRound`. */
  slowRound(): Handled;
  /** Opens the experiment again at step 0 with the same seed, and only the surgery that it had when it was opened. */
  reset(): Handled;
  /** Restores the race that was last reset or replaced, bit-exactly; only until the next action. */
  undo(): Handled;
  /** Drops the race that `undo` would restore. */
  forgetUndo(): void;
  /** The experiment that was asked for last, open or being opened: an edit of a part of it builds on that part. */
  wanted(): Experiment;
  changeRecipe(change: Partial<Recipe>): Handled;
  changeData(data: DataSpec): Handled;
  chooseBackend(backend: BackendChoice): Handled;
  /** Sets the step at which training pauses by itself, also for a running training. */
  setUntil(step: number): void;
  /** Sets the step at which training waits on its way to the end, also for a running training; null for none. */
  setWaitAt(step: number | null): void;
  setMaxRoundsPerSecond(limit: number | null): Handled;
  /** Trains in this share of the time, while another tab precedes this one. */
  setDutyCycle(dutyCycle: number): Handled;
  /** Keeps the pictures of the batch that the nets were last asked about, or goes on with those of each step. */
  holdBatch(holds: boolean): Handled;
  /** Rewinds a lane to its last checkpoint at or before `step`, or to step 0. */
  rewind(lane: string, step: number): Handled;
  /** Each lane's class probabilities for an image; the lanes are not changed. */
  classify(picture: Picture): Handled<ImageAnswers>;
  /** A lane's weights, with running statistics that fit its function, as a file; a safetensors one if no format is given. */
  weights(lane: string, format?: WeightsFormat): Handled<Uint8Array<ArrayBuffer>>;
  /** Transfers a packed data set that the browser does not store to the training worker. */
  provide(hash: string, bytes: Uint8Array<ArrayBuffer>): Handled;
  /** Frees a data set that was transferred and is deleted, unless the race is on it. */
  withdraw(hash: string): Handled;
  /** Measures a lane's error under lesions; the lane is not changed, and training goes on. */
  lesion(lane: string, request: LesionRequest, options?: CallOptions<LesionResult>): Handled<LesionResult>;
  /** Runs a probe on a lane; the lane is not changed, and training goes on. */
  probe(lane: string, request: ProbeRequest, options?: ProbeOptions): Handled<ProbeResult>;
  /** Pauses training and measures the device, task by task, in about ten seconds. */
  measureSpeed(options: CallOptions<MeasuredSpeed>): Handled;
  /** Reports a failure of another part of the page in `notice`. */
  showFailure(failure: unknown): void;
  /** Runs a control's action and reports its failure in `notice`. */
  attempt(action: () => Promise<void>): Handled;
  dismissNotice(): void;
}

/** Options of a measurement. Aborting its signal rejects it with an error named Withdrawn, which is not reported. */
export interface ProbeOptions extends CallOptions<ProbeResult> {
  /** Probes the lane as it was at step 0. */
  readonly atStart?: boolean;
}

export type WorkerHearer = Required<Pick<SupervisorOptions<Report>, 'onEvent' | 'onEnd'>>;

/** Creates the lab with a training worker that `connect` starts. */
export function createLab(
  connect: (hearer: WorkerHearer) => Client<TrainingApi>,
  backend: BackendChoice = 'auto',
): Lab {
  const store = createStore<LabState>(() => ({ ...initialState, backend }));
  const restart = createRestart(store, () => client);
  const client: Client<TrainingApi> = connect({ onEvent: restart.onReport, onEnd: restart.onEnd });
  const { getState, setState } = store;

  const showFailure = (failure: unknown): void => {
    // What is withdrawn is wished for.
    if (!isWithdrawn(failure))
      setState({
        notice: { ...failureOf(failure), message: sayIt(failurePhrase(failure)) },
        pending: [],
        loading: null,
      });
  };
  const { once, untilDone } = restart;
  /** Asks about lanes. Where the worker ends meanwhile, the recovery is told of already. */
  const showUnlessEnded = (failure: unknown) => {
    if (!(failure instanceof WorkerError)) showFailure(failure);
  };
  const inquire = async <T>(call: () => Promise<T>): Promise<T> => new Handled(once(call), showUnlessEnded);

  const opener = createRaceOpener(store, client, restart);
  const waits = createWaits(store, opener.settled);

  /** Whether what trains, or did last, is to wait at the step for that. */
  let isToWait = true;
  /** Trains to a step, or to the one at which it is to wait before that. */
  const trainTo = (until: number, waits = true) => {
    const { step, waitAt } = getState();
    isToWait = waits;
    const next = waits && waitAt !== null && waitAt > step ? Math.min(until, waitAt) : until;
    return untilDone(() => client.call('train', { until: next }));
  };
  const trainOn = (until: number, waits: boolean) => {
    const { training, opening } = getState();
    // Another race is not trained by what still trains until it stands.
    if (training && opening === null) new Handled(trainTo(until, waits), showFailure);
  };
  /** Sets the end, at most the last step that any race can have, and returns it. */
  const setEnd = (wanted: number): number => {
    const until = Math.min(wanted, LIMITS.steps.max);
    setState(({ experiment }) => ({ experiment: { ...experiment, until } }));
    return until;
  };
  /** Sets an end that is no nearer than the step to which training goes on. Throws where there is no such step. */
  const goOnTo = (wanted: number): number => {
    if (wanted > LIMITS.steps.max && getState().step >= LIMITS.steps.max) throw new LongestRaceError();
    return setEnd(Math.max(wanted, getState().experiment.until));
  };

  const provide = (hash: string, bytes: Uint8Array<ArrayBuffer>) => {
    restart.transferred(hash, bytes);
    return untilDone(() => client.call('provide', { hash, bytes }));
  };

  return handledBy<Lab>(showFailure, {
    ...createNetActions(store, client, restart, waits, provide),
    store,
    showFailure,
    attempt: (action) => action(),
    open: (experiment) => opener.open(experiment),
    openInstead: opener.replace,
    openLink: opener.openLink,
    resume: async ({ run, snapshot, until: savedEnd, plan = [], extension }) => {
      // Earlier versions went on past the last step that an experiment may have.
      const until = Math.min(savedEnd, LIMITS.steps.max);
      const experiment = parseExperiment({
        ...run.experiment,
        until: Math.min(run.experiment.until, LIMITS.steps.max),
      });
      await opener.resume({
        experiment: { ...experiment, until },
        backend: run.device?.backend ?? opener.current().backend,
        snapshot,
        curves: run.curves.map(curveOf),
        more: { plan, extension: extension ?? experiment.until },
      });
    },
    train: (options) =>
      waits.train(() => {
        const { step, experiment, extension, curves } = getState();
        const until = areAtEnd(curves, experiment.until) ? goOnTo(step + extension) : experiment.until;
        return trainTo(until, options?.waits);
      }),
    pause: () => {
      waits.withdraw();
      return untilDone(() => client.call('pause'));
    },
    step: (rounds) =>
      waits.train(() => {
        const { step } = getState();
        const until = Math.min(step + rounds, goOnTo(step + rounds));
        return untilDone(() => client.call('train', { until }));
      }),
    slowRound: () =>
      waits.train(() => {
        const { step, curves } = getState();
        // Nets that are behind go first.
        goOnTo((curvesOfRound(curves)[0]?.steps ?? step) + 1);
        return once(() => client.call('slowRound'));
      }),
    reset: () => opener.restart({}),
    undo: async () => {
      const { undo } = getState();
      if (undo === null) return;
      setState({ undo: null });
      const { plan, built, extension, predictions, batch, race, curves } = undo;
      const more = { plan, built, extension, predictions, batch, continues: race };
      await opener.resume({ ...undo, curves: curves.values(), more, isEdit: true });
    },
    forgetUndo: () => setState({ undo: null }),
    wanted: () => opener.current().experiment,
    changeRecipe: (edit) => opener.restart({ recipe: { ...opener.current().experiment.recipe, ...edit } }),
    changeData: (data) => opener.restart({ data }),
    chooseBackend: (choice) => opener.restart({}, choice),
    setUntil: (step) => {
      const until = setEnd(Math.max(1, Math.round(step)));
      setState(({ opening }) => ({ opening: opening && withUntil(opening, until) }));
      trainOn(until, isToWait);
    },
    setWaitAt: (waitAt) => {
      setState({ waitAt });
      trainOn(getState().experiment.until, true);
    },
    setMaxRoundsPerSecond: (maxRoundsPerSecond) => {
      setState({ maxRoundsPerSecond });
      return untilDone(() => client.call('setMaxRoundsPerSecond', { maxRoundsPerSecond }));
    },
    setDutyCycle: (dutyCycle) => {
      setState({ dutyCycle });
      return untilDone(() => client.call('setDutyCycle', { dutyCycle }));
    },
    holdBatch: (holdsBatch) => {
      const { batch } = getState();
      setState({ holdsBatch });
      return untilDone(() => client.call('holdBatch', { step: holdsBatch ? (batch?.step ?? null) : null }));
    },
    classify: (picture) => inquire(() => client.call('classify', { picture })),
    weights: (lane, format = 'safetensors') => inquire(() => client.call('weights', { lane, format })),
    provide,
    withdraw: async (hash) => {
      const { data } = opener.current().experiment;
      if (data.source === 'own' && data.hash === hash) return;
      restart.withdrawn(hash);
      await untilDone(() => client.call('withdraw', { hash }));
    },
    rewind: (lane, step) => once(() => client.call('rewind', { lane, step })),
    measureSpeed: (options) => inquire(() => client.call('measureSpeed', { tasks: SPEED_TASKS }, options)),
    lesion: (lane, request, options) => inquire(() => client.call('lesion', { lane, request }, options)),
    probe: (lane, request, { atStart = false, ...options } = {}) =>
      inquire(() => client.call('probe', { lane, request, ...(atStart && { atStart }) }, options)),
    dismissNotice: () => setState({ notice: null, recovery: null, earlierImages: null }),
  });
}

/** A race has come to the last step that any race can have. */
class LongestRaceError extends SaidError {
  override readonly name = 'LongestRaceError';

  constructor() {
    super(sentence('errors.longestRace', { steps: LIMITS.steps.max }));
  }
}

/** The race on its way with another end, which the user typed meanwhile. */
function withUntil({ latest, ...others }: Opening, until: number): Opening {
  const { experiment, backend } = latest;
  return { ...others, latest: { experiment: { ...experiment, until }, backend }, typedUntil: until };
}
