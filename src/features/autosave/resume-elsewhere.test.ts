import { expect, test, vi } from 'vitest';
import type { DeviceInfo, Simd } from '../../core/experiment/device.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import type { SavedSession } from '../../core/results/run.ts';
import { fakeLibrary } from '../../testing/fake-library.ts';
import { FakeWorker, openedReport } from '../../testing/fake-worker.ts';
import { createRuns } from '../runs/runs.ts';
import { createRepeats } from '../seeds/repeats.ts';
import { createAutosave } from './autosave.ts';

const { twins } = PRESETS;

function device(simd: Simd): DeviceInfo {
  const limits = { memoryLimit: 1, tensorLimit: 1, fallbacks: [], passedOver: [] };
  return { backend: 'wasm', adapter: '2 threads', simd, ...limits };
}

/** What the page says after it resumed, on `now`, a race that was computed on `before`. */
async function movedAfter(before: Simd, now: Simd) {
  const run = { id: 'run', name: null, startedAt: 1, experiment: twins, device: device(before), step: 9, curves: [] };
  const session: SavedSession = { tab: 'gone', savedAt: 1, until: 100, run, snapshot: new Map() };
  const client = fakeLibrary({
    sessions: async () => [{ tab: 'gone', savedAt: 1, experiment: twins, step: 9 }],
    session: async () => session,
  });
  const worker = new FakeWorker();
  const runs = createRuns(client, () => 'run');
  const autosave = createAutosave(worker.lab, client, null, () => 'tab', runs, createRepeats(worker.lab, runs));
  await vi.waitFor(() => expect(autosave.store.getState().resumable).not.toBe(null));
  const resumed = autosave.resume();
  await vi.waitFor(() => expect(worker.asked).toHaveLength(1));
  worker.done({ type: 'device', device: device(now) }, openedReport(twins));
  await resumed;
  const { moved } = autosave.store.getState();
  await worker.open(twins);
  return { moved, later: autosave.store.getState().moved };
}

test('a race that is resumed where other last bits may come out is told, until another race is opened', async () => {
  expect(await movedAfter('plain', 'plain')).toEqual({ moved: null, later: null });
  expect(await movedAfter('relaxed', 'plain')).toMatchObject({
    moved: { before: { simd: 'relaxed' }, now: { simd: 'plain' }, step: 9 },
    later: null,
  });
});
