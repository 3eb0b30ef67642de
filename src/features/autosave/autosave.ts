import { createStore, type StoreApi } from 'zustand/vanilla';
import { type RunDevice, roundsDifferently, runDevice } from '../../core/experiment/device.ts';
import { lockOfTab, type SavedRun, type SavedSession, type SessionSummary } from '../../core/results/run.ts';
import { type Phrase, phraseOf } from '../../language/sentence.ts';
import type { LibraryApi } from '../../workers/library/api.ts';
import type { Client } from '../../workers/rpc.ts';
import { savedCurve } from '../lab/curve.ts';
import { type Handled, handledBy } from '../lab/handled.ts';
import type { Lab } from '../lab/lab.ts';
import { type LabState, newestSnapshot } from '../lab/state.ts';
import type { SavedRuns } from '../runs/runs.ts';
import type { Repeats } from '../seeds/repeats.ts';

export interface AutosaveState {
  /** The session of a closed tab that can be resumed, or null. */
  readonly resumable: SessionSummary | null;
  /** The step at which the race was last saved; null if it never was. */
  readonly savedAt: number | null;
  /** Id of the race's run; null if it is not saved yet. */
  readonly current: string | null;
  /** Why the race could not be saved; null where it could, and once the visitor has put that away. Training goes on. */
  readonly unsaved: Phrase | null;
  /** Whether what was to be saved last could not be. */
  readonly failing: boolean;
  /** Set if the race was resumed on a device that rounds differently from the one before; else null. */
  readonly moved: Moved | null;
}

export interface Moved {
  readonly before: RunDevice;
  readonly now: RunDevice;
  readonly step: number;
}

/** Autosave: saves the race while it trains, so that it can be resumed after a reload or a crash. */
export interface Autosave {
  readonly store: StoreApi<AutosaveState>;
  /** Resumes the session of the closed tab. */
  resume(): Handled;
  /** Deletes the session of the closed tab, unless another tab has resumed it meanwhile. */
  leave(): Handled;
  dismiss(): void;
}

/** The Web Locks of this browser, `navigator.locks`, where there are any. */
export interface TabLocks extends Pick<LockManager, 'query'> {
  request(name: string, options: LockOptions, granted: (lock: Lock | null) => unknown): Promise<unknown>;
}

const INITIAL: AutosaveState = {
  resumable: null,
  savedAt: null,
  current: null,
  unsaved: null,
  failing: false,
  moved: null,
};

export function createAutosave(
  lab: Pick<Lab, 'store' | 'resume' | 'showFailure'>,
  client: Client<LibraryApi>,
  locks: TabLocks | null,
  newId: () => string,
  runs: Pick<SavedRuns, 'note'>,
  repeats: Pick<Repeats, 'store' | 'restore'>,
): Autosave {
  const store = createStore<AutosaveState>(() => INITIAL);
  /** Id under which this tab saves its race: its own, or that of the tab whose race it resumed. */
  let tab = newId();
  /** Id of the closed tab whose race was resumed last, whose lock this tab holds since. */
  let taken: string | null = null;
  let run = { race: -1, id: '', startedAt: 0 };
  /** The runs of this tab's races: one that is brought back is the run that it was. */
  const runOf = new Map<number, typeof run>();
  const goOnAs = (next: typeof run) => {
    run = next;
    runOf.set(next.race, next);
  };
  hold(locks, tab).catch(() => {});

  /** Offers the newest session that no tab holds: not that which another tab has taken since. */
  const find = async () => {
    const sessions = await client.call('sessions');
    const held = new Set((await locks?.query())?.held?.map(({ name }) => name));
    store.setState({ resumable: sessions.find((each) => !held.has(lockOfTab(each.tab))) ?? null });
  };
  // Where nothing is kept, there is nothing to go on with.
  find().catch(() => {});

  /** Takes the state as it was: the next race may be open before the copy of the last one is kept. */
  const sessionOf = (state: LabState): Omit<SavedSession, 'tab'> | null => {
    const { copy, race, curves, device, experiment, plan, extension } = state;
    const { until } = experiment;
    const snapshot = newestSnapshot(state);
    if (snapshot === null || snapshot.size === 0) return null;
    if (run.race !== race) goOnAs({ race, id: newId(), startedAt: Date.now() });
    const step = Math.max(0, ...[...snapshot.values()].map(({ steps }) => steps));
    const kept: SavedRun = {
      id: run.id,
      name: null,
      startedAt: run.startedAt,
      // The end is the page's: the worker has that with which the experiment was opened.
      experiment: { ...(copy?.experiment ?? experiment), until },
      device: device === null ? null : runDevice(device),
      step,
      curves: [...curves.values()].map(savedCurve),
    };
    const { plan: repeat } = repeats.store.getState();
    return { savedAt: Date.now(), until, run: kept, plan, extension, snapshot, ...(repeat && { repeat }) };
  };
  /** Why nothing was saved, where the visitor has put that away: it is said again only after a save, or for another reason. */
  let dismissed: string | null = null;
  const write = async (id: string, session: Omit<SavedSession, 'tab'> | null) => {
    try {
      await (session === null ? client.call('leave', { tab }) : client.call('save', { session: { tab, ...session } }));
      const isLive = store.getState().current === id;
      dismissed = null;
      store.setState({ unsaved: null, failing: false, ...(isLive && { savedAt: session?.run.step ?? null }) });
    } catch (error) {
      const unsaved = phraseOf(error);
      store.setState({ failing: true, ...(JSON.stringify(unsaved) !== dismissed && { unsaved }) });
    }
  };
  let saving: Promise<void> = Promise.resolve();
  /** What waits to be written of each run. Changes may come faster than they are written: only the newest counts. */
  const waiting = new Map<string, Omit<SavedSession, 'tab'> | null>();
  /** Saves a run's session once what was asked for before is done; null deletes it. */
  const save = (id: string, session: Omit<SavedSession, 'tab'> | null) => {
    waiting.set(id, session);
    saving = saving.then(async () => {
      if (waiting.get(id) !== session) return;
      waiting.delete(id);
      await write(id, session);
    });
  };
  /** While a race is resumed, of which it is not known yet whose run it is: whether there is something to save then. */
  let resuming: { changed: boolean } | null = null;
  const saveNow = (now: LabState) => {
    if (resuming !== null) {
      resuming.changed = true;
      return;
    }
    const isTimed = now.timedSteps > 0 && now.step <= now.timedSteps;
    const session = isTimed ? null : sessionOf(now);
    if (session === null) return;
    store.setState({ current: session.run.id });
    runs.note(session.run);
    save(session.run.id, session);
  };
  lab.store.subscribe((now, before) => {
    if (now.race !== before.race) store.setState({ savedAt: null, current: null, moved: null });
    const earlier = now.continues === null ? undefined : runOf.get(now.continues);
    if (now.continues !== before.continues && earlier !== undefined) {
      goOnAs({ ...earlier, race: now.race });
      store.setState({ current: run.id });
    }
    // Nothing is left that the race could be resumed from; of nets that were rewound to a later step, a copy follows.
    const isAtStart = [...now.curves.values()].every(({ begun }) => begun === 0);
    const isUndone = isAtStart && newestSnapshot(now) === null && newestSnapshot(before) !== null;
    if (isUndone && now.race === before.race && now.race === run.race) save(run.id, null);
    if (now.copy !== before.copy || isChangedOnPage(now, before) || isDiagnosed(now, before)) saveNow(now);
  });
  repeats.store.subscribe((now, before) => {
    if (now.plan !== before.plan) saveNow(lab.store.getState());
  });

  /** What fails leaves the race where it was, to be tried again. */
  const orLeft = async <Result>(left: SessionSummary, action: () => Promise<Result>): Promise<Result> => {
    try {
      return await action();
    } catch (error) {
      store.setState({ resumable: left });
      throw error;
    }
  };

  /** Opens the race that a closed tab left behind, and goes on with its run; null where there is none any more. */
  const goOnWith = async (left: SessionSummary): Promise<SavedSession | null> => {
    const session = await orLeft(left, async () => {
      const found = await client.call('session', { tab: left.tab });
      if (found !== null) await lab.resume(found);
      return found;
    });
    if (session === null) return null;
    tab = left.tab;
    const { race, device } = lab.store.getState();
    goOnAs({ race, id: session.run.id, startedAt: session.run.startedAt });
    store.setState({
      savedAt: session.run.step,
      current: session.run.id,
      moved: device === null ? null : movedTo(runDevice(device), session.run),
    });
    return session;
  };

  return handledBy<Autosave>(lab.showFailure, {
    store,
    resume: async () => {
      const left = store.getState().resumable;
      if (left === null) return;
      store.setState({ resumable: null });
      if (taken !== left.tab && !(await hold(locks, left.tab))) return find();
      taken = left.tab;
      const mine = { changed: false };
      resuming = mine;
      const session = await goOnWith(left).finally(() => {
        resuming = null;
      });
      if (session === null) return find();
      // The lesson or Train may have moved its end as soon as it stood.
      if (mine.changed) saveNow(lab.store.getState());
      if (session.repeat !== undefined) await repeats.restore(session.repeat);
    },
    leave: async () => {
      const left = store.getState().resumable;
      store.setState({ resumable: null });
      if (left === null) return;
      const leave = () => client.call('leave', { tab: left.tab });
      const isMine = await orLeft(left, () =>
        taken === left.tab ? leave().then(() => true) : whileHolding(locks, left.tab, leave),
      );
      if (!isMine) await find();
    },
    dismiss: () => {
      const { unsaved } = store.getState();
      if (unsaved !== null) dismissed = JSON.stringify(unsaved);
      store.setState({ unsaved: null, moved: null });
    },
  });
}

/** Whether a part of a race that only the page has was changed; not where the race was just opened with it. */
function isChangedOnPage(now: LabState, before: LabState): boolean {
  if (now.race !== before.race || newestSnapshot(before) === null) return false;
  const { experiment, plan, extension } = before;
  return now.experiment.until !== experiment.until || now.plan !== plan || now.extension !== extension;
}

/** Whether the layer in which a net diverged was found: training may have ended, with its last copy, before that. */
function isDiagnosed({ race, curves }: LabState, before: LabState): boolean {
  if (race !== before.race || curves === before.curves) return false;
  return [...curves.values()].some(({ lane, brokenLayer }) => {
    return brokenLayer !== null && brokenLayer !== (before.curves.get(lane)?.brokenLayer ?? null);
  });
}

function movedTo(now: RunDevice, { device, step }: SavedRun): Moved | null {
  return device !== null && roundsDifferently(device, now) ? { before: device, now, step } : null;
}

/** Acquires a tab's lock until this tab is closed; resolves with false if another tab holds it. */
function hold(locks: TabLocks | null, tab: string): Promise<boolean> {
  if (locks === null) return Promise.resolve(true);
  return new Promise((resolve, reject) => {
    locks
      .request(lockOfTab(tab), { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => {});
      })
      .catch(reject);
  });
}

/** Does something while no other tab can resume a tab's session; nothing, and resolves with false, where one holds its lock. */
async function whileHolding(locks: TabLocks | null, tab: string, work: () => Promise<unknown>): Promise<boolean> {
  let isFree = true;
  if (locks === null) await work();
  else
    await locks.request(lockOfTab(tab), { ifAvailable: true }, (lock) => {
      isFree = lock !== null;
      return isFree ? work() : undefined;
    });
  return isFree;
}
