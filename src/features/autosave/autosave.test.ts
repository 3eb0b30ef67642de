import { expect, test, vi } from 'vitest';
import { PRESETS } from '../../core/experiment/presets.ts';
import type { Report } from '../../core/results/report.ts';
import type { SavedSession, SessionSummary } from '../../core/results/run.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import { fakeLibrary } from '../../testing/fake-library.ts';
import { FakeWorker, openedReport, progressReport } from '../../testing/fake-worker.ts';
import { createRuns } from '../runs/runs.ts';
import { createRepeats } from '../seeds/repeats.ts';
import { createAutosave, type TabLocks } from './autosave.ts';

const { twins } = PRESETS;
const [lane] = twins.lanes;
if (lane === undefined) throw new Error('a preset without nets');
const copyAt = (steps: number): RaceSnapshot =>
  new Map([[lane.name, { net: lane.net, steps, stale: false, divergedAt: null, values: new Map() }]]);
const left = (tab: string): SessionSummary => ({ tab, savedAt: 1, experiment: twins, step: 9 });

/** A lab, a librarian that answers so, and locks of which these are held; null for a browser without locks. */
function make(
  sessions: readonly SessionSummary[],
  held: readonly string[] | null,
  save: () => Promise<void> = async () => {},
  read: () => Promise<SavedSession | null> = async () => null,
) {
  const worker = new FakeWorker();
  const saved: SavedSession[] = [];
  const deleted: string[] = [];
  const library = fakeLibrary({
    sessions: async () => sessions,
    save: async ({ session }) => {
      await save();
      saved.push(session);
    },
    session: read,
    leave: async ({ tab }) => {
      deleted.push(tab);
    },
  });
  const locks: TabLocks | null = held && {
    query: async () => ({ held: held.map((tab) => ({ name: `resnet-playground/${tab}` })), pending: [] }),
    request: async () => {
      throw new Error('not in this test');
    },
  };
  let ids = 0;
  const newId = () => `id${ids++}`;
  const runs = createRuns(library, newId);
  const repeats = createRepeats(worker.lab, runs);
  const autosave = createAutosave(worker.lab, library, locks, newId, runs, repeats);
  return { worker, saved, deleted, runs, repeats, autosave };
}

test('what an open tab holds is not offered, what a closed one left behind is', async () => {
  const { autosave } = make([left('open'), left('gone')], ['open']);
  await vi.waitFor(() => expect(autosave.store.getState().resumable?.tab).toBe('gone'));
});

test('a copy is kept with the curves that there are, under one name a race; what fails is said', async () => {
  let full = false;
  let asked = 0;
  const { worker, saved, autosave } = make([], [], async () => {
    asked += 1;
    if (full) throw new Error('storage: no room');
  });
  await worker.open(twins);
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(25) });
  await vi.waitFor(() => expect(autosave.store.getState().savedAt).toBe(25));
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(50) });
  await vi.waitFor(() => expect(saved).toHaveLength(2));
  await worker.open(twins);
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(25) });
  await vi.waitFor(() => expect(saved).toHaveLength(3));
  const [first, second, third] = saved.map(({ run }) => run.id);
  expect([first === second, second === third]).toEqual([true, false]);
  expect(new Set(saved.map(({ tab }) => tab)).size).toBe(1);
  full = true;
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(50) });
  await vi.waitFor(() => expect(autosave.store.getState().unsaved).toBe('storage: no room'));

  // What was put away is not said again with every copy, but after a save.
  autosave.dismiss();
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(75) });
  await vi.waitFor(() => expect(asked).toBe(5));
  await worker.idle();
  expect(autosave.store.getState()).toMatchObject({ unsaved: null, failing: true, savedAt: 25 });
  full = false;
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(100) });
  await vi.waitFor(() => expect(autosave.store.getState()).toMatchObject({ savedAt: 100, failing: false }));
  full = true;
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(125) });
  await vi.waitFor(() => expect(autosave.store.getState().unsaved).toBe('storage: no room'));
});

test('a run has the end that was typed, and its session what Train adds to that', async () => {
  const { worker, saved } = make([], []);
  await worker.open(twins);
  worker.lab.setUntil(2 * twins.until);
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(25) });
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  const [session] = saved;
  expect(session?.run.experiment.until).toBe(2 * twins.until);
  expect(session?.extension).toBe(twins.until);

  const again = make([], []);
  const resuming = session && again.worker.lab.resume(session);
  again.worker.done(openedReport({ ...twins, until: 2 * twins.until }));
  await resuming;
  expect(again.worker.state.extension).toBe(twins.until);
});

test('a race that is brought back is the run that it was, with its plan', async () => {
  const { worker, saved, autosave } = make([], []);
  const planned = { ...twins, surgery: [{ step: 90, lane: lane.name, block: 1, gain: 1 }] };
  await worker.open(planned);
  const point = { lane: lane.name, from: 0, errors: [50, 40], losses: [1, 1] };
  worker.emit(progressReport(2, [point]));
  const reset = worker.lab.reset();
  worker.emit({ type: 'copied', experiment: planned, snapshot: copyAt(2) });
  worker.done(openedReport(planned));
  await reset;
  expect(autosave.store.getState().current).toBeNull();
  const undone = worker.lab.undo();
  worker.done(openedReport(planned));
  await undone;
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  expect(autosave.store.getState().current).toBe(saved[0]?.run.id);
  worker.emit({ type: 'copied', experiment: planned, snapshot: copyAt(2) });
  await vi.waitFor(() => expect(saved).toHaveLength(2));
  expect(saved[1]?.run.id).toBe(saved[0]?.run.id);
  expect(saved[1]?.plan).toEqual(planned.surgery);
});

/** The race of the closed tab `gone`, at step 9. */
const resumable = async (): Promise<SavedSession> => ({
  tab: 'gone',
  savedAt: 1,
  until: 100,
  run: { id: 'run', name: null, startedAt: 1, experiment: twins, device: null, step: 9, curves: [] },
  snapshot: copyAt(9),
});

/** A tab that has resumed that race. */
async function resumed() {
  const tab = make([left('gone')], null, undefined, resumable);
  await vi.waitFor(() => expect(tab.autosave.store.getState().resumable).not.toBeNull());
  const resuming = tab.autosave.resume();
  await vi.waitFor(() => expect(tab.worker.asked).toHaveLength(1));
  tab.worker.done(openedReport(twins));
  await resuming;
  return tab;
}

/** The report of a change, with this lane at step `step` and the others at step 0. */
const changedAt = (experiment: typeof twins, step: number): Report => ({
  type: 'changed',
  experiment,
  begun: new Map(experiment.lanes.map(({ name }) => [name, name === lane.name ? step : 0])),
});
const cut = { ...twins, surgery: [{ step: 9, lane: lane.name, block: 1, gain: 0 }] };

test('what is done in a pause is saved, also where no copy has come since the race was resumed', async () => {
  const { worker, saved } = make([], []);
  await worker.open(twins);
  worker.emit(progressReport(9, [{ lane: lane.name, from: 0, errors: Array(9).fill(50), losses: Array(9).fill(1) }]));
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(9) });
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  worker.emit(changedAt(cut, 9));
  await vi.waitFor(() => expect(saved).toHaveLength(2));
  expect(saved[1]).toMatchObject({ run: { id: saved[0]?.run.id, experiment: cut }, snapshot: copyAt(9) });

  const again = await resumed();
  again.worker.emit(changedAt(cut, 9));
  await vi.waitFor(() => expect(again.saved).toHaveLength(1));
  expect(again.saved[0]).toMatchObject({ tab: 'gone', run: { id: 'run', experiment: cut }, snapshot: copyAt(9) });
});

test('a race that is resumed keeps its run where its end is moved as soon as it stands', async () => {
  const tab = make([left('gone')], null, undefined, resumable);
  await vi.waitFor(() => expect(tab.autosave.store.getState().resumable).not.toBeNull());
  const { lab } = tab.worker;
  lab.store.subscribe((now, before) => {
    if (now.opening === null && before.opening !== null) lab.setUntil(200);
  });
  const resuming = tab.autosave.resume();
  await vi.waitFor(() => expect(tab.worker.asked).toHaveLength(1));
  tab.worker.done(openedReport(twins));
  await resuming;
  await vi.waitFor(() => expect(tab.saved).toHaveLength(1));
  expect(tab.saved[0]).toMatchObject({ tab: 'gone', until: 200, run: { id: 'run' } });
  expect(tab.runs.store.getState().runs.map(({ id }) => id)).toEqual(['run']);
});

test('what only the page holds is saved in a pause, too: the end, the plan, the seeds to repeat', async () => {
  const { worker, saved, repeats } = await resumed();
  expect(saved).toEqual([]);
  worker.lab.setUntil(2000);
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  expect(saved[0]).toMatchObject({ tab: 'gone', until: 2000, run: { id: 'run' }, snapshot: copyAt(9) });
  worker.lab.store.setState({ plan: cut.surgery });
  await vi.waitFor(() => expect(saved.at(-1)?.plan).toEqual(cut.surgery));
  repeats.start(5);
  await vi.waitFor(() => expect(saved.at(-1)?.repeat).toMatchObject({ count: 5 }));
  repeats.stop();
  await vi.waitFor(() => expect(saved.at(-1)).not.toHaveProperty('repeat'));
});

test('a net that diverged still names its layer when it is resumed', async () => {
  const { worker, saved } = make([], []);
  await worker.open(twins);
  worker.emit(progressReport(3, [], { diverged: [{ lane: lane.name, step: 3 }] }));
  const [copy = expect.unreachable()] = copyAt(3).values();
  worker.emit({ type: 'copied', experiment: twins, snapshot: new Map([[lane.name, { ...copy, divergedAt: 3 }]]) });
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  // It is looked for while training goes on, or after it has ended.
  worker.emit({ type: 'diagnosed', lane: lane.name, layer: 'stage1.block1' });
  await vi.waitFor(() => expect(saved).toHaveLength(2));
  const again = make([], []);
  const resuming = again.worker.lab.resume(saved[1] ?? expect.unreachable());
  again.worker.done(openedReport(twins));
  await resuming;
  expect(again.worker.state.curves.get(lane.name)).toMatchObject({ divergedAt: 3, brokenLayer: 'stage1.block1' });
});

test('changes that come faster than they are written are written once', async () => {
  const { worker, saved } = make([], []);
  await worker.open(twins);
  worker.emit(progressReport(9, [{ lane: lane.name, from: 0, errors: Array(9).fill(50), losses: Array(9).fill(1) }]));
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(9) });
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  for (const experiment of [twins, twins, cut]) worker.emit(changedAt(experiment, 9));
  await vi.waitFor(() => expect(saved).toHaveLength(2));
  await worker.idle();
  expect(saved.map(({ run }) => run.experiment.surgery)).toEqual([[], cut.surgery]);
});

test('where all is rewound to step 0 nothing is left to resume, and what is trained then is saved again', async () => {
  const { worker, saved, deleted, autosave } = await resumed();
  worker.emit(changedAt(twins, 0));
  await vi.waitFor(() => expect(deleted).toEqual(['gone']));
  expect(saved).toEqual([]);
  expect(autosave.store.getState()).toMatchObject({ current: 'run', savedAt: null });
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(5) });
  await vi.waitFor(() => expect(autosave.store.getState().savedAt).toBe(5));
});

test('where all is rewound to a later step the saved race stays until a copy of that step comes', async () => {
  const { worker, saved, deleted } = await resumed();
  worker.emit(changedAt(twins, 4));
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(4) });
  await vi.waitFor(() => expect(saved).toHaveLength(1));
  expect(deleted).toEqual([]);
});

test('a resumed race that is reset and brought back is one run', async () => {
  const { worker, saved, autosave } = await resumed();
  worker.emit(progressReport(12, [{ lane: lane.name, from: 9, errors: [50, 40, 30], losses: [1, 1, 1] }]));
  const reset = worker.lab.reset();
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(12) });
  worker.done(openedReport(twins));
  await reset;
  // Nothing is trained in between: the first undo restores the race from its copy, the second as it then stands.
  for (const _ of [1, 2]) {
    const undone = worker.lab.undo();
    worker.done(openedReport(twins));
    await undone;
    expect(autosave.store.getState().current).toBe('run');
    const again = worker.lab.reset();
    worker.done(openedReport(twins));
    await again;
  }
  expect(saved.map(({ run }) => run.id)).toEqual(['run']);
});

test('the last copy of a race is kept as that race, also where the next is open before; the page knows it at once', async () => {
  let free = () => {};
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  const { worker, saved, runs, autosave } = make([], [], () => held);
  await worker.open(twins);
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(25) });
  await worker.idle();
  worker.emit({ type: 'copied', experiment: twins, snapshot: copyAt(50) });
  expect(runs.store.getState().runs).toMatchObject([{ step: 50 }]);
  await worker.open({ ...twins, recipe: { ...twins.recipe, seed: 2 } });
  free();
  await vi.waitFor(() => expect(saved).toHaveLength(2));
  expect(saved[1]?.run).toMatchObject({ step: 50, experiment: { recipe: { seed: 1 } } });
  expect(autosave.store.getState()).toMatchObject({ savedAt: null, current: null });
});

test('a race that cannot be read is said, and offered again', async () => {
  let reads = 0;
  const { worker, autosave } = make([left('gone')], null, undefined, async () => {
    reads += 1;
    if (reads === 1) throw new Error('storage: it is closing');
    return null;
  });
  await vi.waitFor(() => expect(autosave.store.getState().resumable).not.toBeNull());
  await expect(autosave.resume()).rejects.toThrow('storage: it is closing');
  expect(worker.lab.store.getState().notice?.message).toBe('storage: it is closing');
  expect(autosave.store.getState().resumable?.tab).toBe('gone');
  await autosave.resume();
  expect(reads).toBe(2);
});

/** Two tabs, both of which offer the newest race that a closed one left behind, and what the librarian was asked of it. */
async function twoTabs(sessions: readonly string[] = ['gone']) {
  const holders = new Set<string>();
  // As `navigator.locks` with `ifAvailable`: null where a tab holds the name, which is free when `granted` has settled.
  const locks: TabLocks = {
    query: async () => ({ held: [...holders].map((name) => ({ name })), pending: [] }),
    request: async (name, _, granted) => {
      if (holders.has(name)) return granted(null);
      holders.add(name);
      try {
        return await granted({ name, mode: 'exclusive' });
      } finally {
        holders.delete(name);
      }
    },
  };
  const asked: string[] = [];
  const client = fakeLibrary({
    sessions: async () => sessions.map(left),
    session: async () => {
      asked.push('session');
      return null;
    },
    leave: async () => {
      asked.push('leave');
    },
  });
  const tabOf = (id: string) => {
    const worker = new FakeWorker();
    const runs = createRuns(client, () => id);
    return createAutosave(worker.lab, client, locks, () => id, runs, createRepeats(worker.lab, runs));
  };
  const tabs = [tabOf('one'), tabOf('two')] as const;
  for (const { store } of tabs) await vi.waitFor(() => expect(store.getState().resumable?.tab).toBe('gone'));
  return { tabs, asked };
}

test('two tabs do not resume one race: what another tab took meanwhile is left to it', async () => {
  const { tabs, asked } = await twoTabs();
  await Promise.all(tabs.map((autosave) => autosave.resume()));
  expect(asked).toEqual(['session']);
});

test('a tab whose race another one has taken meanwhile is offered the next that no tab holds', async () => {
  const resuming = await twoTabs(['gone', 'older']);
  await Promise.all(resuming.tabs.map((autosave) => autosave.resume()));
  expect(resuming.tabs[1].store.getState().resumable?.tab).toBe('older');

  const leaving = await twoTabs(['gone', 'older']);
  await leaving.tabs[0].resume();
  await leaving.tabs[1].leave();
  expect(leaving.asked).toEqual(['session']);
  expect(leaving.tabs[1].store.getState().resumable?.tab).toBe('older');
});

test('a race that another tab took meanwhile is not deleted, and its notice goes; one that this tab took is', async () => {
  const { tabs, asked } = await twoTabs();
  const [one, two] = tabs;
  await one.resume();
  await two.leave();
  expect(asked).toEqual(['session']);
  expect(two.store.getState().resumable).toBeNull();
  // As after a race that could not be read.
  one.store.setState({ resumable: left('gone') });
  await one.leave();
  expect(asked).toEqual(['session', 'leave']);
});

test('a race that no tab took is deleted', async () => {
  const { tabs, asked } = await twoTabs();
  await tabs[1].leave();
  expect(asked).toEqual(['leave']);
});
