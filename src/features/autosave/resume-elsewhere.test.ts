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

const limits = { memoryLimit: 1, tensorLimit: 1, fallbacks: [], passedOver: [] };

function device(simd: Simd): DeviceInfo {
  return { backend: 'wasm', adapter: '2 threads', simd, ...limits };
}

/** A tab that resumes a race which was computed on `before`, once the worker was asked to open it. */
async function resuming(before: DeviceInfo) {
  const run = { id: 'run', name: null, startedAt: 1, experiment: twins, device: before, step: 9, curves: [] };
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
  return { worker, autosave, resumed };
}

/** What the page says after it resumed, on `now`, a race that was computed on `before`. */
async function movedAfter(before: Simd, now: Simd) {
  const { worker, autosave, resumed } = await resuming(device(before));
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

test('a race of a device that is gone is resumed on the best that is there, and that is told', async () => {
  const { worker, autosave, resumed } = await resuming({ backend: 'webgpu', adapter: 'Test GPU', ...limits });
  expect(worker.asked).toMatchObject([{ ask: 'open', backend: 'webgpu' }]);
  worker.failed('DeviceError', 'backend webgpu: the browser offers no graphics adapter');
  await vi.waitFor(() => expect(worker.asked).toMatchObject([{ ask: 'open', backend: 'auto', from: new Map() }]));
  worker.done({ type: 'device', device: device('plain') }, openedReport(twins));
  await resumed;
  expect(worker.state).toMatchObject({ open: true, backend: 'auto', opening: null, notice: null });
  const moved = { before: { backend: 'webgpu' }, now: { backend: 'wasm' }, step: 9 };
  expect(autosave.store.getState()).toMatchObject({ resumable: null, moved });
});

test('a race that fails on every device is offered again', async () => {
  const { worker, autosave, resumed } = await resuming({ backend: 'webgpu', adapter: 'Test GPU', ...limits });
  const refused = expect(resumed).rejects.toThrow('no device');
  worker.failed('DeviceError', 'no graphics adapter');
  await vi.waitFor(() => expect(worker.asked).toHaveLength(1));
  worker.failed('DeviceError', 'no device');
  await refused;
  expect(autosave.store.getState().resumable?.tab).toBe('gone');
});
