import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendChoice } from '../spec/device.ts';
import { type DataSpec, type Experiment, gainsAt, uniqueName, type WeightsFile } from '../spec/experiment.ts';
import type { LesionRequest, LesionResult } from '../spec/lesion.ts';
import type { NetSpec } from '../spec/net.ts';
import { branchStep } from '../spec/origin.ts';
import { parseExperiment } from '../spec/parse.ts';
import { DEFAULT_PRESET, PRESETS, type PresetName } from '../spec/presets.ts';
import type { ProbeRequest, ProbeResult } from '../spec/probe.ts';
import type { Recipe } from '../spec/recipe.ts';
import type { ImageAnswers, Picture } from '../spec/report.ts';
import type { Standing } from '../spec/run.ts';
import { inOrder, plannedFor } from '../spec/surgery.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { Command, Report } from '../worker/protocol.ts';
import { type Curve, curveOf, cutBack } from './curve.ts';
import type { Link } from './link.ts';
import { answersOf, inquireOf, lesionOf, probeOf, weightsOf } from './questions.ts';
import { expecting, receive } from './receive.ts';
import { replacedRace } from './replaced-race.ts';
import { initialState, type LabState, type ReplacedRace } from './state.ts';

/**
 * The page's state and what can be done to it. What fails is put in `notice` and the promise rejects with the error, so
 * that a button may ignore it and a script may not.
 */
export interface Lab {
  readonly store: StoreApi<LabState>;
  /** Starts an experiment over from step 0. Anything that parseExperiment takes. */
  open(experiment: unknown): Promise<void>;
  openPreset(name: PresetName): Promise<void>;
  /** Opens what a link asks for; where `read` throws, the default preset, and tells what is wrong with the link. */
  openLink(read: () => Link): Promise<void>;
  /** Goes on with a race that was kept, where it stood. */
  resume(standing: Standing): Promise<void>;
  /** Trains to the experiment's end, or once all nets are there, as far again. Resolves when training stops. */
  train(): Promise<void>;
  pause(): Promise<void>;
  /** So many rounds more. Resolves when they are done. */
  step(rounds: number): Promise<void>;
  /** One round more, of which every instruction is written down; the state has it then. */
  slowRound(): Promise<void>;
  /** Same seed, step 0, and no surgery but what the experiment had when it was opened. */
  reset(): Promise<void>;
  /** Brings back the race that was reset or replaced last, to the bit, as long as nothing was done since. */
  undo(): Promise<void>;
  /** From now on that race cannot be brought back. */
  forgetUndo(): void;
  changeRecipe(change: Partial<Recipe>): Promise<void>;
  changeData(data: DataSpec): Promise<void>;
  chooseBackend(backend: BackendChoice): Promise<void>;
  /** Where training pauses by itself, the one that runs included. */
  setUntil(step: number): void;
  setPace(roundsPerSecond: number | null): Promise<void>;
  /** Of one block, counted from 1. */
  setGain(lane: string, block: number, gain: number): Promise<void>;
  /** Of these blocks once a lane has made `from` steps. */
  scheduleGain(lane: string, blocks: readonly number[], gain: number, from: number): Promise<void>;
  /** Of all blocks of a lane. */
  setGains(lane: string, gain: number): Promise<void>;
  addNet(net: NetSpec): Promise<void>;
  duplicate(lane: string): Promise<void>;
  remove(lane: string): Promise<void>;
  /** A lane more, which has been this one until now. Gives its name. */
  branch(lane: string): Promise<string>;
  /** The same, with one more block in each stage from here on. */
  grow(lane: string): Promise<string>;
  /** Back to the last checkpoint that is not after `step`, or to step 0. */
  rewind(lane: string, step: number): Promise<void>;
  /** What each lane takes an image for; nothing of a lane changes. */
  classify(picture: Picture): Promise<ImageAnswers>;
  /** A lane's weights now, as a file of the safetensors format. */
  weights(lane: string): Promise<Uint8Array<ArrayBuffer>>;
  /** One more lane, the same net as this one was first, that begins with the weights of a file. */
  loadWeights(lane: string, file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** A data set, packed, that the browser does not keep. */
  lend(hash: string, bytes: Uint8Array): Promise<void>;
  /** What lesions do to a lane's error; nothing of the lane changes, and training goes on. */
  lesion(lane: string, request: LesionRequest, options?: AskOptions<LesionResult>): Promise<LesionResult>;
  /** What a probe measures in a lane; nothing of the lane changes, and training goes on. */
  probe(lane: string, request: ProbeRequest, options?: ProbeOptions): Promise<ProbeResult>;
  dismissNotice(): void;
}

/** What is withdrawn by its signal rejects with an error named Withdrawn, and is no failure to tell of. */
export interface AskOptions<Result> {
  /** Hears of what is there so far. */
  readonly onPart?: (part: Result) => void;
  readonly signal?: AbortSignal;
}

export interface ProbeOptions extends AskOptions<ProbeResult> {
  /** Of the lane as it was at step 0. */
  readonly atStart?: boolean;
}

/** Errors that say that an experiment cannot be run here, while others may. */
const REFUSALS = ['ExperimentError', 'MemoryError', 'WeightsError'];

/** Makes the lab around a worker that `connect` starts. */
export function createLab(
  connect: (onReport: (report: Report) => void) => WorkerClient,
  backend: BackendChoice = 'auto',
): Lab {
  const store = createStore<LabState>(() => ({ ...initialState, backend }));
  const client = connect((report) => store.setState((state) => receive(state, report)));
  const { getState, setState } = store;

  const fail = (error: unknown): never => {
    const failure = error instanceof Error ? error : new Error(String(error));
    setState({ notice: { name: failure.name, message: failure.message }, pending: [], loading: null });
    throw failure;
  };
  const ask = (command: Command) => client.ask(command).catch(fail);
  const inquire = inquireOf(client, fail);

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
  /** What is asked of a race. While the first one is on its way, it is asked of that one. */
  const askRace = (command: Command): Promise<void> =>
    getState().data === null && opening > 0
      ? new Promise<void>((resolve) => waiting.push(resolve)).then(() => ask(command))
      : ask(command);
  const current = (): Link => {
    const { data, experiment, until, backend: now } = getState();
    return data === null || opening > 0 ? wanted : { experiment: { ...experiment, until }, backend: now };
  };

  const parse = (input: unknown): Experiment => {
    try {
      return parseExperiment(input);
    } catch (error) {
      return fail(error);
    }
  };
  const open = async (input: unknown, on: BackendChoice = current().backend) => {
    const experiment = parse(input);
    wanted = { experiment, backend: on };
    setState((state) => ({
      ...(state.data === null ? { ...expecting(state, experiment), backend: on } : state),
      notice: null,
    }));
    try {
      await whileOpening(() => ask({ ask: 'open', experiment, backend: on }));
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
    await whileOpening(() => ask({ ask: 'open', experiment, backend: on, from: snapshot }));
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
    await askRace({ ask: 'setGains', lane, gains: changes });
  };

  /** Names of nets that were asked to join or leave, and of which no report has told yet. */
  const joining = new Set<string>();
  const leaving = new Map<string, Promise<void>>();
  const addNet = (net: NetSpec, start?: WeightsFile) => {
    const name = uniqueName(net, [...getState().experiment.lanes.map((lane) => lane.name), ...joining]);
    joining.add(name);
    return askRace({ ask: 'addLane', lane: { name, net, ...(start && { start }) } }).finally(() =>
      joining.delete(name),
    );
  };

  const branch = async (lane: string, grow: boolean): Promise<string> => {
    const before = new Set(getState().experiment.lanes.map(({ name }) => name));
    await askRace({ ask: 'branch', lane, grow });
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
        return fail(error);
      });
    try {
      await open(link.experiment, link.backend);
    } catch (error) {
      const { missing, notice } = getState();
      const instead = insteadOf(link, error, missing !== null);
      if (instead === null) throw error;
      // There is something to play with, and what is wrong with the link is told.
      await open(instead.experiment, instead.backend);
      setState({ missing, notice });
      throw error;
    }
  };

  return {
    store,
    open,
    openPreset: (name) => replace(PRESETS[name]),
    openLink: (read) => whileOpening(() => openLink(read)),
    resume: ({ run, snapshot, until, plan = [] }) => {
      const experiment = parse(run.experiment);
      const on = run.device?.backend ?? current().backend;
      return goOn({ experiment, backend: on, snapshot }, { until, plan }, run.curves.map(curveOf));
    },
    train: () => {
      const { step, until, experiment, curves } = getState();
      const racing = [...curves.values()].filter(({ divergedAt }) => divergedAt === null);
      const goal = racing.some(({ steps }) => steps < until) ? until : step + experiment.until;
      setState({ until: goal });
      return ask({ ask: 'train', until: goal });
    },
    pause: () => ask({ ask: 'pause' }),
    step: (rounds) => {
      const until = getState().step + rounds;
      setState((state) => ({ until: Math.max(state.until, until) }));
      return ask({ ask: 'train', until });
    },
    slowRound: () => {
      setState((state) => ({ until: Math.max(state.until, state.step + 1) }));
      return ask({ ask: 'slowRound' });
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
      // What fails is in the notice.
      if (getState().training) ask({ ask: 'train', until }).catch(() => {});
    },
    setPace: (roundsPerSecond) => {
      setState({ pace: roundsPerSecond });
      return ask({ ask: 'pace', roundsPerSecond });
    },
    setGain: (lane, block, gain) => gains(lane, [{ block, gain }]),
    scheduleGain: (lane, blocks, gain, from) => {
      const changes = blocks.map((block) => ({ block, gain }));
      const begun = getState().curves.get(lane)?.begun ?? 0;
      // What lies ahead is not pending: nothing is about to change.
      return from > begun ? askRace({ ask: 'setGains', lane, gains: changes, from }) : gains(lane, changes);
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
      const left = leaving.get(lane) ?? askRace({ ask: 'removeLane', lane }).finally(() => leaving.delete(lane));
      leaving.set(lane, left);
      return left;
    },
    branch: (lane) => branch(lane, false),
    grow: (lane) => branch(lane, true),
    classify: (picture) => inquire({ about: 'image', picture }, answersOf),
    weights: (lane) => inquire({ about: 'weights', lane }, weightsOf),
    loadWeights: async (lane, file, bytes) => {
      const spec = getState().experiment.lanes.find(({ name }) => name === lane);
      if (spec === undefined) return;
      const hash = await sha256(bytes).catch(fail);
      await ask({ ask: 'lend', hash, bytes });
      await addNet(spec.net, { file: file.slice(0, 60), hash });
    },
    lend: (hash, bytes) => ask({ ask: 'lend', hash, bytes }),
    rewind: (lane, step) => ask({ ask: 'rewind', lane, step }),
    lesion: (lane, request, { onPart, signal } = {}) =>
      inquire({ about: 'lesion', lane, request }, lesionOf, onPart, signal),
    probe: (lane, request, { onPart, signal, atStart = false } = {}) =>
      inquire({ about: 'probe', lane, request, ...(atStart && { atStart }) }, probeOf, onPart, signal),
    dismissNotice: () => setState({ notice: null, recovery: null }),
  };
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

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
