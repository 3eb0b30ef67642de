import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendChoice } from '../../core/experiment/device.ts';
import {
  type DataSpec,
  type Experiment,
  gainsAt,
  uniqueName,
  type WeightsFile,
} from '../../core/experiment/experiment.ts';
import { branchStep } from '../../core/experiment/origin.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { DEFAULT_PRESET, PRESETS, type PresetName } from '../../core/experiment/presets.ts';
import type { Recipe } from '../../core/experiment/recipe.ts';
import { inOrder, plannedFor } from '../../core/experiment/surgery.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { cutName } from '../../core/quote.ts';
import type { LesionRequest, LesionResult } from '../../core/results/lesion.ts';
import type { ImageAnswers, Picture, Report } from '../../core/results/report.ts';
import type { Standing } from '../../core/results/run.ts';
import type { CallOptions, Client, RequestOf } from '../../workers/rpc.ts';
import { type SupervisorOptions, WorkerError } from '../../workers/supervisor.ts';
import type { TrainingApi } from '../../workers/training/api.ts';
import type { ProbeRequest, ProbeResult } from '../insight/probes/probes.ts';
import type { Link } from '../share/link.ts';
import { type Curve, curveOf, cutBack } from './curve.ts';
import { failureMessage, Handled, handledBy } from './handled.ts';
import { expecting } from './receive.ts';
import { replacedRace } from './replaced-race.ts';
import { createRestart } from './restart.ts';
import { initialState, type LabState, type ReplacedRace } from './state.ts';

/** The page's state and its actions. A failure is put into `notice`; an action that is awaited rejects with it, too. */
export interface Lab {
  readonly store: StoreApi<LabState>;
  /** Opens an experiment at step 0; `experiment` is anything that `parseExperiment` accepts. */
  open(experiment: unknown): Handled;
  openPreset(name: PresetName): Handled;
  /** Opens a link's experiment; if `read` throws, opens the default preset and reports the fault in the link. */
  openLink(read: () => Link): Handled;
  /** Resumes a saved race at its step. */
  resume(standing: Standing): Handled;
  /** Trains to the experiment's end; if all nets have reached it, as many steps again. Resolves when training stops. */
  train(): Handled;
  pause(): Handled;
  /** Trains `rounds` more rounds. Resolves when they are done. */
  step(rounds: number): Handled;
  /** Runs one round and records every instruction's norms in `slowRound`. */
  slowRound(): Handled;
  /** Opens the experiment again at step 0 with the same seed, and only the surgery that it had when it was opened. */
  reset(): Handled;
  /** Restores the race that was last reset or replaced, bit-exactly; only until the next action. */
  undo(): Handled;
  /** Drops the race that `undo` would restore. */
  forgetUndo(): void;
  changeRecipe(change: Partial<Recipe>): Handled;
  changeData(data: DataSpec): Handled;
  chooseBackend(backend: BackendChoice): Handled;
  /** Sets the step at which training pauses by itself, also for a running training. */
  setUntil(step: number): void;
  setMaxRoundsPerSecond(limit: number | null): Handled;
  /** Sets the gain of one block, counted from 1. */
  setGain(lane: string, block: number, gain: number): Handled;
  /** Sets the gain of these blocks once the lane has made `from` steps. */
  scheduleGain(lane: string, blocks: readonly number[], gain: number, from: number): Handled;
  /** Sets the gain of all blocks of a lane. */
  setGains(lane: string, gain: number): Handled;
  addNet(net: NetSpec): Handled;
  duplicate(lane: string): Handled;
  remove(lane: string): Handled;
  /** Branches a lane off: adds a copy of it, and resolves with the copy's name. */
  branch(lane: string): Handled<string>;
  /** Branches off a deeper net, with one more block in each stage from here on. */
  grow(lane: string): Handled<string>;
  /** Rewinds a lane to its last checkpoint at or before `step`, or to step 0. */
  rewind(lane: string, step: number): Handled;
  /** Each lane's class probabilities for an image; the lanes are not changed. */
  classify(picture: Picture): Handled<ImageAnswers>;
  /** A lane's present weights and running statistics as a safetensors file. */
  weights(lane: string): Handled<Uint8Array<ArrayBuffer>>;
  /** Adds a lane with the net that `lane` had at step 0, starting from the weights of a file. */
  loadWeights(lane: string, file: string, bytes: Uint8Array<ArrayBuffer>): Handled;
  /** Transfers a packed data set that the browser does not store to the training worker. */
  provide(hash: string, bytes: Uint8Array<ArrayBuffer>): Handled;
  /** Measures a lane's error under lesions; the lane is not changed, and training goes on. */
  lesion(lane: string, request: LesionRequest, options?: AskOptions<LesionResult>): Handled<LesionResult>;
  /** Runs a probe on a lane; the lane is not changed, and training goes on. */
  probe(lane: string, request: ProbeRequest, options?: ProbeOptions): Handled<ProbeResult>;
  /** Reports a failure of another part of the page in `notice`. */
  showFailure(failure: unknown): void;
  /** Runs a control's action and reports its failure in `notice`. */
  attempt(action: () => Promise<void>): Handled;
  dismissNotice(): void;
}

/** Options of a measurement. Aborting its signal rejects it with an error named Withdrawn, which is not reported. */
export interface AskOptions<Result> {
  /** Receives the partial result so far. */
  readonly onPart?: (part: Result) => void;
  readonly signal?: AbortSignal;
}

export interface ProbeOptions extends AskOptions<ProbeResult> {
  /** Probes the lane as it was at step 0. */
  readonly atStart?: boolean;
}

/** Names of errors which mean that this experiment cannot run here, though others may. */
const REFUSALS = ['ExperimentError', 'MemoryError', 'WeightsError'];

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
    const name = failure instanceof Error ? failure.name : 'Error';
    // What is withdrawn is wished for.
    if (name !== 'Withdrawn')
      setState({ notice: { name, message: failureMessage(failure) }, pending: [], loading: null });
  };
  const { once, untilDone } = restart;
  /** Asks about lanes. Where the worker ends meanwhile, the recovery is told of already. */
  const showUnlessEnded = (failure: unknown) => {
    if (!(failure instanceof WorkerError)) showFailure(failure);
  };
  const inquire = async <T>(call: () => Promise<T>): Promise<T> => new Handled(once(call), showUnlessEnded);

  /** What was asked for last: to build on while it is being opened, and where nothing has ever been opened. */
  let wanted: Link = { experiment: PRESETS[DEFAULT_PRESET], backend };
  let opening = 0;
  /** The end of training that was typed while a race is on its way, which has an end of its own. */
  let typedUntil: number | null = null;
  /** Go on when all that is being opened is open, or was refused. */
  const waiting: (() => void)[] = [];
  const settle = () => {
    if (typedUntil !== null) setState({ until: typedUntil });
    typedUntil = null;
    for (const goOn of waiting.splice(0)) goOn();
  };
  const whileOpening = async <T>(work: () => Promise<T>): Promise<T> => {
    opening += 1;
    try {
      return await work();
    } finally {
      opening -= 1;
      if (opening === 0) settle();
    }
  };
  /** Goes on at once, or while the first race is on its way when that is open or was refused. */
  const raceThere = async (): Promise<void> => {
    if (getState().data === null && opening > 0) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  /** Asks something of a race that is not to be asked twice. */
  const onceThere = (call: () => Promise<void>) =>
    getState().data === null ? raceThere().then(() => once(call)) : once(call);
  const untilDoneThere = (call: () => Promise<void>) =>
    getState().data === null ? raceThere().then(() => untilDone(call)) : untilDone(call);
  const current = (): Link => {
    const { data, experiment, until, backend: now } = getState();
    return data === null || opening > 0 ? wanted : { experiment: { ...experiment, until }, backend: now };
  };

  /** Where it may be why the worker ended, the race that stood before stands again and it is not tried twice. */
  const callOpen = async (request: RequestOf<TrainingApi, 'open'>) => {
    await (getState().open ? once : untilDone)(() => client.call('open', request));
    restart.startedFrom(request.from ?? new Map());
  };
  const open = async (input: unknown, on: BackendChoice = current().backend) => {
    const experiment = parseExperiment(input);
    wanted = { experiment, backend: on };
    setState((state) => ({
      ...(state.data === null ? { ...expecting(state, experiment), backend: on } : state),
      notice: null,
    }));
    try {
      await whileOpening(() => callOpen({ experiment, backend: on }));
    } catch (error) {
      if (error instanceof Error && error.name === 'MissingDataError') setState({ missing: experiment });
      throw error;
    }
    setState({ backend: on });
  };
  /** Opens a race in place of one that can be brought back. */
  const replace = async (experiment: unknown, on?: BackendChoice) => {
    let before: ReplacedRace | null = null;
    const stop = store.subscribe((now, last) => {
      if (now.race !== last.race) before = replacedRace(last);
    });
    await open(experiment, on).finally(stop);
    setState({ undo: before });
  };
  /** Starts the race over as its experiment was opened, but for the edit. */
  const change = (edit: Partial<Experiment>, on?: BackendChoice) => {
    const { experiment } = current();
    const plan = opening > 0 ? experiment.surgery : getState().plan;
    return replace({ ...experiment, surgery: plannedFor(plan, experiment.lanes), ...edit }, on);
  };
  /** Opens a race where it stood, with the curves that it had until then. */
  const goOn = async (
    { experiment, backend: on, snapshot }: Pick<ReplacedRace, 'experiment' | 'backend' | 'snapshot'>,
    more: Pick<LabState, 'until' | 'plan'> & Partial<LabState>,
    known: Iterable<Curve>,
  ) => {
    wanted = { experiment, backend: on };
    setState({ notice: null });
    await whileOpening(() => callOpen({ experiment, backend: on, from: snapshot }));
    const { curves } = getState();
    const stepsOf = (lane: string) => snapshot.get(lane)?.steps ?? 0;
    const kept = [...known].filter(({ lane }) => curves.has(lane));
    setState({
      ...more,
      backend: on,
      step: Math.max(0, ...[...snapshot.values()].map(({ steps }) => steps)),
      curves: new Map([...curves, ...kept.map((curve) => [curve.lane, cutBack(curve, stepsOf(curve.lane))] as const)]),
    });
  };

  const gains = async (lane: string, changes: readonly { readonly block: number; readonly gain: number }[]) => {
    const asked = changes.map((each) => ({ lane, ...each }));
    const others = getState().pending.filter(
      ({ lane: name, block }) => !(name === lane && changes.some((each) => each.block === block)),
    );
    setState({ pending: [...others, ...asked] });
    await untilDoneThere(() => client.call('setGains', { lane, gains: changes }));
  };

  /** Names of nets that were asked to join or leave, and of which no report has told yet. */
  const joining = new Set<string>();
  const leaving = new Map<string, Promise<void>>();
  const addNet = (net: NetSpec, start?: WeightsFile) => {
    const name = uniqueName(net, [...getState().experiment.lanes.map((lane) => lane.name), ...joining]);
    joining.add(name);
    return onceThere(() => client.call('addLane', { lane: { name, net, ...(start && { start }) } })).finally(() =>
      joining.delete(name),
    );
  };

  const provide = (hash: string, bytes: Uint8Array<ArrayBuffer>) => {
    restart.transferred(hash, bytes);
    return untilDone(() => client.call('provide', { hash, bytes }));
  };
  const branch = async (lane: string, grow: boolean): Promise<string> => {
    const before = new Set(getState().experiment.lanes.map(({ name }) => name));
    await onceThere(() => client.call('branch', { lane, grow }));
    const made = getState().experiment.lanes.findLast(({ name }) => !before.has(name));
    if (made === undefined) return lane;
    // What was planned for the parent until here happened to the branch, too.
    const shared = getState().plan.filter((each) => each.lane === lane && each.step < branchStep(made));
    setState(({ plan }) => ({ plan: inOrder([...plan, ...shared.map((each) => ({ ...each, lane: made.name }))]) }));
    return made.name;
  };

  const openLink = async (read: () => Link) => {
    const link = await Promise.resolve()
      .then(read)
      .catch(async (error: unknown) => {
        await open(PRESETS[DEFAULT_PRESET]);
        throw error;
      });
    try {
      await open(link.experiment, link.backend);
    } catch (error) {
      const { missing } = getState();
      const instead = insteadOf(link, error, missing !== null);
      if (instead === null) throw error;
      // There is something to play with, and what is wrong with the link is told.
      await open(instead.experiment, instead.backend);
      setState({ missing });
      throw error;
    }
  };

  return handledBy<Lab>(showFailure, {
    store,
    showFailure,
    attempt: (action) => action(),
    open,
    openPreset: (name) => replace(PRESETS[name]),
    openLink: (read) => whileOpening(() => openLink(read)),
    resume: async ({ run, snapshot, until, plan = [] }) => {
      const experiment = parseExperiment(run.experiment);
      const on = run.device?.backend ?? current().backend;
      await goOn({ experiment, backend: on, snapshot }, { until, plan }, run.curves.map(curveOf));
    },
    train: () => {
      const { step, until, experiment, curves } = getState();
      const racing = [...curves.values()].filter(({ divergedAt }) => divergedAt === null);
      const goal = racing.some(({ steps }) => steps < until) ? until : step + experiment.until;
      setState({ until: goal });
      return untilDone(() => client.call('train', { until: goal }));
    },
    pause: () => untilDone(() => client.call('pause')),
    step: (rounds) => {
      const until = getState().step + rounds;
      setState((state) => ({ until: Math.max(state.until, until) }));
      return untilDone(() => client.call('train', { until }));
    },
    slowRound: () => {
      setState((state) => ({ until: Math.max(state.until, state.step + 1) }));
      return once(() => client.call('slowRound'));
    },
    reset: () => change({}),
    undo: async () => {
      const { undo } = getState();
      if (undo === null) return;
      setState({ undo: null });
      const { until, plan, predictions, race, curves } = undo;
      await goOn(undo, { until, plan, predictions, continues: race }, curves.values());
    },
    forgetUndo: () => setState({ undo: null }),
    changeRecipe: (edit) => change({ recipe: { ...current().experiment.recipe, ...edit } }),
    changeData: (data) => change({ data }),
    chooseBackend: (choice) => change({}, choice),
    setUntil: (step) => {
      const until = Math.max(1, Math.round(step));
      setState({ until });
      if (opening > 0) {
        typedUntil = until;
        wanted = { ...wanted, experiment: { ...wanted.experiment, until } };
      }
      if (getState().training)
        new Handled(
          untilDone(() => client.call('train', { until })),
          showFailure,
        );
    },
    setMaxRoundsPerSecond: (maxRoundsPerSecond) => {
      setState({ maxRoundsPerSecond });
      return untilDone(() => client.call('setMaxRoundsPerSecond', { maxRoundsPerSecond }));
    },
    setGain: (lane, block, gain) => gains(lane, [{ block, gain }]),
    scheduleGain: (lane, blocks, gain, from) => {
      const changes = blocks.map((block) => ({ block, gain }));
      const begun = getState().curves.get(lane)?.begun ?? 0;
      // What lies ahead is not pending: nothing is about to change.
      return from > begun
        ? untilDoneThere(() => client.call('setGains', { lane, gains: changes, from }))
        : gains(lane, changes);
    },
    setGains: (lane, gain) => {
      const { experiment, curves } = getState();
      const now = gainsAt(experiment, lane, curves.get(lane)?.begun ?? 0);
      return gains(
        lane,
        now.flatMap((each, index) => (each === gain ? [] : [{ block: index + 1, gain }])),
      );
    },
    addNet: (net) => addNet(net),
    duplicate: async (lane) => {
      const net = getState().experiment.lanes.find(({ name }) => name === lane)?.net;
      if (net !== undefined) await addNet(net);
    },
    remove: (lane) => {
      const left =
        leaving.get(lane) ?? onceThere(() => client.call('removeLane', { lane })).finally(() => leaving.delete(lane));
      leaving.set(lane, left);
      return left;
    },
    branch: (lane) => branch(lane, false),
    grow: (lane) => branch(lane, true),
    classify: (picture) => inquire(() => client.call('classify', { picture })),
    weights: (lane) => inquire(() => client.call('weights', { lane })),
    loadWeights: async (lane, file, bytes) => {
      const spec = getState().experiment.lanes.find(({ name }) => name === lane);
      if (spec === undefined) return;
      const hash = await sha256(bytes);
      await provide(hash, bytes);
      await addNet(spec.net, { file: cutName(file), hash });
    },
    provide,
    rewind: async (lane, step) => {
      await once(() => client.call('rewind', { lane, step }));
      // A snapshot of what was undone.
      restart.startedFrom(new Map());
    },
    lesion: (lane, request, options) => inquire(() => client.call('lesion', { lane, request }, callOptions(options))),
    probe: (lane, request, { atStart = false, ...options } = {}) =>
      inquire(() => client.call('probe', { lane, request, ...(atStart && { atStart }) }, callOptions(options))),
    dismissNotice: () => setState({ notice: null, recovery: null }),
  });
}

/** What is opened in place of a link that was refused; null where nothing else would be taken either. */
function insteadOf({ experiment, backend }: Link, error: unknown, isMissing: boolean): Link | null {
  const preset = PRESETS[DEFAULT_PRESET];
  // The experiment waits for its data.
  if (isMissing) return { experiment: preset, backend };
  const name = error instanceof Error ? error.name : '';
  if (name === 'DeviceError' && backend !== 'auto') return { experiment, backend: 'auto' };
  return REFUSALS.includes(name) && experiment !== preset ? { experiment: preset, backend } : null;
}

function callOptions<Result>({ onPart, signal }: AskOptions<Result> = {}): CallOptions<Result> {
  return { signal, onProgress: onPart };
}

class InsecurePageError extends Error {
  override readonly name = 'InsecurePageError';
}

/** In hexadecimal. Throws an `InsecurePageError` where the browser does not compute it. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (crypto.subtle === undefined) {
    throw new InsecurePageError(
      'weights: on a page that is not secure a browser hashes no file; open the page by https',
    );
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
