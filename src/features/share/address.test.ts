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

  async function opened() {
    const worker = new FakeWorker();
    const page = new FakeWindow('https://example.org/');
    await worker.open(degradation);
    followAddress(worker.lab, page);
    const answer = async (experiment: Experiment) => {
      await vi.advanceTimersByTimeAsync(0);
      worker.done(openedReport(experiment));
      await vi.advanceTimersByTimeAsync(0);
    };
    const choose = async (preset: PresetName) => {
      const chosen = worker.lab.openPreset(preset);
      await answer(PRESETS[preset]);
      await chosen;
    };
    return { worker, page, answer, choose };
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
