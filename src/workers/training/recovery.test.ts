import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { gainsAt } from '../../core/experiment/experiment.ts';
import { startDevice } from '../../engine/device/device.ts';
import { DeviceError, DeviceLostError } from '../../engine/device/error.ts';
import type { OnBroken } from '../../engine/device/webgpu.ts';
import { Race } from '../../engine/training/race.ts';
import { PROBES } from '../../features/insight/probes/probes.ts';
import { Desk, EXPERIMENT, FOREVER, LATE, PLAIN, RESIDUAL } from '../../testing/desk.ts';

/** A WebGPU whose devices compute as wasm does, and can be lost. */
class Gpu {
  /** How many devices may still come. */
  devices = FOREVER;
  /** Loses a device while it starts. */
  stillborn = false;
  #onBroken: OnBroken = () => {};

  readonly start: typeof startDevice = async (choice, options = {}) => {
    if (choice !== 'webgpu') return startDevice(choice, options);
    if (this.devices === 0) throw new DeviceError('webgpu', 'the browser offers no graphics adapter');
    this.devices -= 1;
    this.#onBroken = options.onBroken ?? (() => {});
    if (this.stillborn) this.lose('stillborn');
    return { ...(await startDevice('wasm')), backend: 'webgpu', adapter: 'Test GPU' };
  };

  lose(reason = 'the cable was unplugged'): void {
    this.#onBroken(new DeviceLostError('webgpu', reason));
  }

  breakDown(): void {
    this.#onBroken(new DeviceError('webgpu', 'out of memory'));
  }
}

const gpu = new Gpu();
const desk = new Desk({ start: gpu.start });
const STEPS = 60;
const undisturbed = new Map<string, readonly number[]>();

beforeAll(async () => {
  await desk.open({ ...EXPERIMENT, lanes: [...EXPERIMENT.lanes, LATE] });
  await desk.train(STEPS);
  for (const lane of [PLAIN, RESIDUAL, LATE.name]) undisturbed.set(lane, desk.losses(lane));
});

beforeEach(async () => {
  vi.restoreAllMocks();
  Object.assign(gpu, { devices: FOREVER, stillborn: false });
  desk.onReport = () => {};
  // Losses are counted by the minute.
  vi.spyOn(performance, 'now').mockImplementation(() => (clock += 50));
  clock += 120_000;
  await desk.open(EXPERIMENT, 'cpu');
  await desk.open(EXPERIMENT, 'webgpu');
  desk.reports.length = 0;
});
let clock = 0;

/** Calls `act` once training has reported step `step`. */
function at(step: number, act: () => void): void {
  desk.onReport = (report) => {
    if (report.tell !== 'progress' || report.race.step < step) return;
    desk.onReport = () => {};
    act();
  };
}

function expectUndisturbed(lane: string, steps: number): void {
  expect(desk.losses(lane).slice(0, steps)).toEqual(undisturbed.get(lane)?.slice(0, steps));
  expect(desk.losses(lane).length).toBeGreaterThanOrEqual(steps);
}

test('training goes on by itself from a copy that is at most 50 steps old, with the same curve', async () => {
  let lostAt = 0;
  at(45, () => {
    lostAt = desk.last('progress').race.step;
    gpu.lose();
  });
  await desk.train(STEPS);
  const { loss, backend, steps, experiment } = desk.last('recovered');
  expect(loss).toEqual({ backend: 'webgpu', reason: 'the cable was unplugged' });
  expect(backend).toBe('webgpu');
  expect(experiment).toEqual(EXPERIMENT);
  expect(desk.last('device').device.adapter).toBe('Test GPU');
  const step = steps.get(PLAIN) ?? expect.fail();
  expect(step).toBeGreaterThan(0);
  expect(lostAt - step).toBeLessThanOrEqual(50);
  for (const lane of [PLAIN, RESIDUAL]) expectUndisturbed(lane, STEPS);
  const switches = desk.reports.flatMap((report) => (report.tell === 'training' ? [report.training] : []));
  expect(switches).toEqual([true, false]);
});

test('a question that is being answered ends with the device, and the next is answered on the new one', async () => {
  const landscape = { ...PROBES.landscape.defaults, points: 33 };
  const asked = desk.find({ about: 'probe', lane: RESIDUAL, request: landscape });
  const refused = expect(asked).rejects.toMatchObject({ name: 'DeviceLostError' });
  at(3, () => gpu.lose());
  await desk.train(10);
  await refused;
  expectUndisturbed(RESIDUAL, 10);
  const { result } = await desk.find({ about: 'probe', lane: RESIDUAL, request: PROBES.gradients.defaults });
  expect(result).toMatchObject({ lane: RESIDUAL, step: 10 });
});

test('a round in slow motion that loses its device says so, and the race goes on as if nothing had been', async () => {
  await desk.train(5);
  vi.spyOn(Race.prototype, 'slowRound').mockImplementationOnce(() => {
    queueMicrotask(() => gpu.lose());
    return new Promise(() => {});
  });
  await expect(desk.session.slowRound()).rejects.toMatchObject({ name: 'DeviceLostError' });
  await desk.train(10);
  expect(desk.last('recovered').steps.get(RESIDUAL)).toBe(5);
  await desk.session.slowRound();
  expect(desk.last('slowRound').round.steps[1]).toMatchObject({ lane: RESIDUAL, step: 11 });
  for (const lane of [PLAIN, RESIDUAL]) expectUndisturbed(lane, 11);
});

test('a read that never ends does not hold training up', async () => {
  const report = vi.spyOn(Race.prototype, 'report');
  at(2, () => {
    report.mockImplementationOnce(() => {
      queueMicrotask(() => gpu.lose());
      return new Promise(() => {});
    });
  });
  await desk.train(STEPS);
  expect(desk.last('recovered').steps.get(PLAIN)).toBe(0);
  for (const lane of [PLAIN, RESIDUAL]) expectUndisturbed(lane, STEPS);
});

test('a read that is refused before the loss is told counts as the loss', async () => {
  const report = vi.spyOn(Race.prototype, 'report');
  at(2, () => {
    report.mockImplementationOnce(() => {
      setTimeout(() => gpu.lose(), 20);
      return Promise.reject(new Error('AbortError'));
    });
  });
  await desk.train(10);
  expectUndisturbed(PLAIN, 10);
  expect(desk.told).toContain('recovered');
});

test('where no device comes back the race goes on on wasm, and it is said why', async () => {
  at(3, () => {
    gpu.devices = 0;
    gpu.lose();
  });
  await desk.train(10);
  expect(desk.last('recovered').backend).toBe('wasm');
  expect(desk.last('device').device).toMatchObject({
    backend: 'wasm',
    passedOver: [{ backend: 'webgpu', reason: 'the browser offers no graphics adapter' }],
  });
  expectUndisturbed(RESIDUAL, 10);
  // Who asks for it again gets it, where it is there again.
  gpu.devices = 1;
  await desk.open(EXPERIMENT, 'webgpu');
  expect(desk.last('device').device.backend).toBe('webgpu');
});

test('a device that is lost while it starts is none', async () => {
  at(3, () => {
    gpu.stillborn = true;
    gpu.lose();
  });
  await desk.train(5);
  expect(desk.last('device').device).toMatchObject({
    backend: 'wasm',
    passedOver: [{ backend: 'webgpu', reason: 'stillborn' }],
  });
  expectUndisturbed(PLAIN, 5);
});

test('the third loss within a minute leads to wasm', async () => {
  const devices: string[] = [];
  const lose = (step: number) => at(step, () => gpu.lose());
  for (const step of [2, 4, 6]) {
    lose(step);
    await desk.train(step + 1);
    devices.push(desk.last('device').device.backend);
  }
  expect(devices).toEqual(['webgpu', 'webgpu', 'wasm']);
  expect(desk.last('device').device.passedOver).toEqual([
    { backend: 'webgpu', reason: 'its device was lost 3 times within a minute' },
  ]);
  expectUndisturbed(PLAIN, 7);
});

test('a loss in a pause costs nothing, and nothing trains after it', async () => {
  await desk.train(7);
  gpu.lose();
  await desk.session.pause();
  expect(desk.last('recovered').steps.get(RESIDUAL)).toBe(7);
  expect(desk.last('training').training).toBe(false);
  await desk.train(12);
  expectUndisturbed(RESIDUAL, 12);
});

test('a pause in the midst of a recovery is heard', async () => {
  at(3, () => {
    gpu.lose();
    desk.onReport = ({ tell }) => {
      if (tell === 'loading') void desk.session.pause();
    };
  });
  await desk.train(FOREVER);
  expect(desk.told.slice(-2)).toEqual(['recovered', 'training']);
});

test('surgery, a new net and one that left since the copy are done again', async () => {
  await desk.train(30);
  const cut = { lane: RESIDUAL, gains: [{ block: 2, gain: 0 }] };
  await desk.session.setGains({ ...cut });
  await desk.session.addLane({ lane: LATE });
  await desk.session.removeLane({ lane: PLAIN });
  const before = desk.last('changed').experiment;
  const changed = vi.fn();
  // A change that is asked for while there is no race to change waits for it.
  desk.onReport = (report) => {
    if (report.tell === 'progress') gpu.lose();
    if (report.tell !== 'loading') return;
    desk.onReport = () => {};
    void desk.session.setGains({ lane: LATE.name, gains: [{ block: 1, gain: 0.5 }] }).then(changed);
  };
  await desk.train(40);
  expect(desk.last('recovered').experiment).toEqual(before);
  expect(changed).toHaveBeenCalledOnce();
  const { experiment } = desk.last('changed');
  expect(experiment.lanes.map(({ name }) => name)).toEqual([RESIDUAL, LATE.name]);
  expect(gainsAt(experiment, LATE.name, 40)[0]).toBe(0.5);
  expect(experiment.surgery).toContainEqual({ step: 30, lane: RESIDUAL, block: 2, gain: 0 });
  expect(desk.losses(RESIDUAL).slice(0, 30)).toEqual(undisturbed.get(RESIDUAL)?.slice(0, 30));
  expect(desk.losses(RESIDUAL)).toHaveLength(40);
  expect(desk.losses(LATE.name)).toHaveLength(40);
});

test('a race that is being opened is opened on the next device', async () => {
  desk.onReport = (report) => {
    if (report.tell !== 'loading' || report.what !== 'kernels') return;
    desk.onReport = () => {};
    gpu.lose();
  };
  const other = { ...EXPERIMENT, recipe: { ...EXPERIMENT.recipe, seed: 2 } };
  await desk.open(other, 'webgpu');
  expect(desk.last('opened').experiment).toEqual(other);
  expect(desk.told).not.toContain('recovered');
  await desk.train(3);
  expect(desk.losses(PLAIN)).toHaveLength(3);
});

test('a device that does wrong is not trusted again: training ends, and the race with it', async () => {
  at(3, () => gpu.breakDown());
  await expect(desk.train(FOREVER)).rejects.toThrow('backend webgpu: out of memory; ');
  expect(desk.last('broken').failure.name).toBe('DeviceError');
  expect(desk.last('training').training).toBe(false);
  await expect(desk.train(5)).rejects.toThrow('race: none is open');
  await desk.open(EXPERIMENT, 'webgpu');
  await desk.train(5);
  expectUndisturbed(PLAIN, 5);
});
