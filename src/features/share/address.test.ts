import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { PRESETS, type PresetName } from '../../core/experiment/presets.ts';
import { FakeWindow } from '../../testing/fake-window.ts';
import { changedReport, FakeWorker, openedReport } from '../../testing/fake-worker.ts';
import { followAddress, followedAddress } from './address.ts';
import { readLink, writeLink } from './link.ts';

const PAGE = new URL('https://example.org/toy/?backend=wasm&hide=lab');
const { degradation, tiny, twins } = PRESETS;
const own = { ...twins, recipe: { ...twins.recipe, seed: 7 } };

describe('the address of an experiment', () => {
  test('is the name of a preset, in place of another name or experiment', () => {
    const follow = (page: URL) => followedAddress(page, parseExperiment(tiny), 'tiny').href;
    expect(follow(writeLink(PAGE, own))).toBe('https://example.org/toy/?backend=wasm&hide=lab&preset=tiny');
    expect(follow(new URL('https://example.org/?preset=twins'))).toBe('https://example.org/?preset=tiny');
    expect(follow(PAGE)).toBe('https://example.org/toy/?backend=wasm&hide=lab&preset=tiny');
  });

  test('holds every change', () => {
    const cut = { ...own, surgery: [{ step: 3, lane: 'ResNet-20', block: 2, gain: 0 }] };
    const address = followedAddress(new URL('https://example.org/?preset=twins&backend=wasm'), cut, 'twins');
    expect(readLink(address)).toEqual({ experiment: cut, backend: 'wasm' });
    expect(address.searchParams.has('preset')).toBe(false);
  });

  test('stays as it is where it opens that experiment, in whatever form', () => {
    const old = new URL(`https://example.org/#v=1&experiment=${encodeURIComponent(JSON.stringify(own))}`);
    expect(followedAddress(old, own, 'twins')).toBe(old);
    const anchor = new URL('https://example.org/#charts');
    expect(followedAddress(anchor, parseExperiment(degradation), 'degradation')).toBe(anchor);
  });
});

describe('the history', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function opened(href = 'https://example.org/') {
    const worker = new FakeWorker();
    const page = new FakeWindow(href);
    await worker.open(readLink(new URL(href)).experiment);
    /** The tasks of the addresses that were read again. */
    const tasks: (string | null)[] = [];
    const onAnother = ({ searchParams }: URL) => tasks.push(searchParams.get('task'));
    followAddress(worker.lab, page, () => false, onAnother);
    const answer = async (experiment: Experiment) => {
      await vi.advanceTimersByTimeAsync(0);
      worker.done(openedReport(experiment));
      await vi.advanceTimersByTimeAsync(0);
    };
    const choose = async (preset: PresetName) => {
      const chosen = worker.lab.openInstead(PRESETS[preset]);
      await answer(PRESETS[preset]);
      await chosen;
    };
    return { worker, page, answer, choose, tasks };
  }

  test('has an entry for each preset that was chosen; Back and Forward open them', async () => {
    const { worker, page, answer, choose } = await opened();
    await choose('twins');
    await choose('tiny');
    expect(page.entries).toEqual([
      'https://example.org/',
      'https://example.org/?preset=twins',
      'https://example.org/?preset=tiny',
    ]);
    page.go(-1);
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.asked).toMatchObject([{ ask: 'open', experiment: twins }]);
    await answer(twins);
    page.go(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.asked).toMatchObject([{ ask: 'open', experiment: tiny }]);
    await answer(tiny);
    expect(page.entries).toHaveLength(3);
    expect(page.at).toBe(2);
  });

  test('has one entry for an experiment and all its changes', async () => {
    const { worker, page, answer } = await opened();
    const cut = { ...degradation, surgery: [{ step: 3, lane: 'ResNet-32', block: 2, gain: 0 }] };
    worker.emit(changedReport(cut, 3));
    worker.lab.setUntil(200);
    await vi.advanceTimersByTimeAsync(500);
    expect(page.entries).toHaveLength(1);
    expect(readLink(new URL(page.location.href)).experiment).toEqual({ ...cut, until: 200 });
    const changed = worker.lab.changeRecipe({ batch: 32 });
    const recipe = { ...degradation.recipe, batch: 32 };
    await answer({ ...degradation, until: 200, recipe });
    await changed;
    await vi.advanceTimersByTimeAsync(500);
    expect(page.entries).toHaveLength(1);
    expect(readLink(new URL(page.location.href)).experiment).toMatchObject({ recipe, surgery: [] });
  });

  test('keeps what was changed last before another experiment was opened', async () => {
    const { worker, page, choose } = await opened();
    worker.lab.setUntil(200);
    await choose('twins');
    expect(page.entries).toHaveLength(2);
    expect(readLink(new URL(page.entries[0] ?? '')).experiment.until).toBe(200);
  });

  const CLASS = 'https://example.org/?preset=twins&title=Depth&task=Look&stop=50';

  test('brings back what an address asks for of its experiment, and leaves Forward', async () => {
    const { page, answer, choose, tasks } = await opened(CLASS);
    await choose('tiny');
    page.go(-1);
    await answer(twins);
    expect(page.entries).toEqual([CLASS, 'https://example.org/?preset=tiny']);
    expect(page.at).toBe(0);
    expect(tasks).toEqual([null, 'Look']);
  });

  test('keeps the task of a link that was pasted and differs behind the # alone', async () => {
    const link = writeLink(new URL(CLASS), own).href;
    const { page, answer, tasks } = await opened(link);
    const pasted = writeLink(new URL(CLASS), { ...own, until: 50 }).href;
    page.goTo(pasted);
    await answer({ ...own, recipe: { ...own.recipe, batch: 32 } });
    expect(tasks).toEqual(['Look', null]);
    page.goTo(link);
    await answer(own);
    expect(page.location.href).toBe(link);
    expect(tasks.at(-1)).toBe('Look');
  });

  test('has the task of a race that Undo brings back', async () => {
    const { worker, page, answer, choose, tasks } = await opened(CLASS);
    worker.emit(changedReport({ ...twins, surgery: [{ step: 0, lane: 'ResNet-20', block: 1, gain: 0 }] }, 0));
    await choose('tiny');
    const undone = worker.lab.undo();
    await answer(twins);
    await undone;
    await vi.advanceTimersByTimeAsync(500);
    expect(page.location.href).toBe(CLASS);
    expect(tasks).toEqual([null, 'Look']);
  });

  test('is that of the race which undo brings back, also where two experiments have replaced it', async () => {
    const { worker, page, answer, choose, tasks } = await opened(CLASS);
    worker.emit(changedReport({ ...twins, surgery: [{ step: 0, lane: 'ResNet-20', block: 1, gain: 0 }] }, 0));
    await choose('tiny');
    await choose('deep');
    const undone = worker.lab.undo();
    await answer(twins);
    await undone;
    await vi.advanceTimersByTimeAsync(500);
    expect(page.location.href).toBe(CLASS);
    expect(tasks.at(-1)).toBe('Look');
  });

  test('has no new entry where Back is pressed again before the race of the first time is opened', async () => {
    const { page, worker, answer, choose } = await opened();
    await choose('twins');
    await choose('tiny');
    page.go(-1);
    page.go(-1);
    await answer(twins);
    expect(page.entries).toHaveLength(3);
    await answer(degradation);
    expect(page.entries).toHaveLength(3);
    expect(page.at).toBe(0);
    expect(worker.state.experiment).toEqual(degradation);
    await choose('options');
    expect(page.entries).toHaveLength(2);
  });

  test('opens the race of the address where Forward is pressed before that of Back is opened', async () => {
    const { page, worker, answer, choose } = await opened();
    await choose('twins');
    page.go(-1);
    page.go(1);
    await answer(degradation);
    await answer(twins);
    expect(worker.state.experiment).toEqual(twins);
    expect(page.entries).toHaveLength(2);
    expect(page.at).toBe(1);
  });

  test('keeps the address of an experiment on earlier images, and all that it asks for', async () => {
    const { version: _, ...earlier } = { version: 1, ...own.data };
    const json = encodeURIComponent(JSON.stringify({ ...own, data: earlier }));
    const link = `${CLASS}#v=1&experiment=${json}`;
    const { page, worker, answer, choose, tasks } = await opened(link);
    await choose('tiny');
    page.go(-1);
    await answer(own);
    expect(page.entries).toEqual([link, 'https://example.org/?preset=tiny']);
    expect(page.at).toBe(0);
    expect(tasks.at(-1)).toBe('Look');
    // It stands there already.
    page.go(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.asked).toEqual([]);
  });

  test('keeps the address of an experiment whose images are missing when Back leads to it', async () => {
    const { page, worker, answer, choose } = await opened();
    await choose('twins');
    const { href } = writeLink(new URL('https://example.org/'), own);
    page.goTo(href);
    await vi.advanceTimersByTimeAsync(0);
    worker.failed('MissingDataError', 'not here');
    await answer(degradation);
    expect(worker.state.missing).toEqual(own);
    await vi.advanceTimersByTimeAsync(500);
    expect(page.location.href).toBe(href);
    expect(page.entries).toHaveLength(3);
  });

  test('lets anchors be', async () => {
    const { worker, page, choose } = await opened();
    await choose('twins');
    page.history.pushState(null, '', 'https://example.org/?preset=twins#charts');
    page.go(0);
    page.go(-1);
    await vi.advanceTimersByTimeAsync(0);
    expect(worker.asked).toEqual([]);
  });
});
