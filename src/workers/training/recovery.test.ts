import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Experiment, gainsAt } from '../../core/experiment/experiment.ts';
import { startDevice } from '../../engine/device/device.ts';
import { DeviceError, DeviceLostError } from '../../engine/device/error.ts';
import type { OnBroken } from '../../engine/device/webgpu.ts';
import { Race } from '../../engine/training/race.ts';
import { PROBES } from '../../features/insight/probes/probes.ts';
import { sentence } from '../../language/sentence.ts';
import { EXPERIMENT, FOREVER, LATE, PLAIN, RESIDUAL, SessionHarness } from '../../testing/session-harness.ts';

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
const harness = new SessionHarness({ start: gpu.start });
const STEPS = 60;
/** A cut before the losses, which makes running statistics stale. */
const CUT: Experiment = { ...EXPERIMENT, surgery: [{ step: 20, lane: RESIDUAL, block: 2, gain: 0 }] };
const undisturbed = new Map<string, readonly number[]>();

beforeAll(async () => {
  await harness.open({ ...EXPERIMENT, lanes: [...EXPERIMENT.lanes, LATE] });
  await harness.train(STEPS);
  for (const lane of [PLAIN, RESIDUAL, LATE.name]) undisturbed.set(lane, harness.losses(lane));
});

beforeEach(async () => {
  vi.restoreAllMocks();
  Object.assign(gpu, { devices: FOREVER, stillborn: false });
  harness.onReport = () => {};
  // Losses are counted by the minute.
  vi.spyOn(performance, 'now').mockImplementation(() => (clock += 50));
  clock += 120_000;
  await harness.open(EXPERIMENT, 'cpu');
  await harness.open(EXPERIMENT, 'webgpu');
  harness.reports.length = 0;
});
let clock = 0;

/** Calls `act` once training has reported step `step`. */
function at(step: number, act: () => void): void {
  harness.onReport = (report) => {
    if (report.type !== 'progress' || report.race.step < step) return;
    harness.onReport = () => {};
    act();
  };
}

/** Test errors and predictions since the last opening, by lane and step. */
function evaluations() {
  const opened = harness.reports.findLastIndex(({ type }) => type === 'opened');
  const races = harness.reports.slice(opened).flatMap((report) => (report.type === 'progress' ? [report.race] : []));
  const all = races.flatMap(({ tests, predictions }) => [...tests, ...predictions]);
  return new Map(
    all.map((each) => [`${'error' in each ? 'test' : 'predictions'} of ${each.lane} at ${each.step}`, each]),
  );
}

function expectUndisturbed(lane: string, steps: number): void {
  expect(harness.losses(lane).slice(0, steps)).toEqual(undisturbed.get(lane)?.slice(0, steps));
  expect(harness.losses(lane).length).toBeGreaterThanOrEqual(steps);
}

test('training goes on by itself from a copy that is at most 50 steps old, with the same curve', async () => {
  let lostAt = 0;
  at(45, () => {
    lostAt = harness.last('progress').race.step;
    gpu.lose();
  });
  await harness.train(STEPS);
  const { loss, backend, steps, experiment } = harness.last('recovered');
  expect(loss).toEqual({ backend: 'webgpu', reason: 'the cable was unplugged' });
  expect(backend).toBe('webgpu');
  expect(experiment).toEqual(EXPERIMENT);
  expect(harness.last('device').device.adapter).toBe('Test GPU');
  const step = steps.get(PLAIN) ?? expect.fail();
  expect(step).toBeGreaterThan(0);
  expect(lostAt - step).toBeLessThanOrEqual(50);
  for (const lane of [PLAIN, RESIDUAL]) expectUndisturbed(lane, STEPS);
  const switches = harness.reports.flatMap((report) => (report.type === 'training' ? [report.training] : []));
  expect(switches).toEqual([true, false]);
});

test('what is measured on test images is the same behind losses, also where they follow a cut', async () => {
  await harness.open(CUT);
  await harness.train(STEPS);
  const expected = evaluations();
  expect(expected.size).toBe(2 * 2 * 2);
  await harness.open(CUT, 'webgpu');
  // A pause has a copy made: the first one behind the cut, whose statistics are stale until step 25.
  for (const paused of [22, 45]) {
    await harness.train(paused);
    at(paused + 1, () => gpu.lose());
    await harness.train(paused + 10);
    expect(harness.last('recovered').steps.get(RESIDUAL)).toBe(paused);
  }
  await harness.train(STEPS);
  expect(evaluations()).toEqual(expected);
});

test('a question that is being answered ends with the device, and the next is answered on the new one', async () => {
  const landscape = { ...PROBES.landscape.defaults, points: 33 };
  const asked = harness.find({ about: 'probe', lane: RESIDUAL, request: landscape });
  const refused = expect(asked).rejects.toMatchObject({ name: 'DeviceLostError' });
  at(3, () => gpu.lose());
  await harness.train(10);
  await refused;
  expectUndisturbed(RESIDUAL, 10);
  const { result } = await harness.find({ about: 'probe', lane: RESIDUAL, request: PROBES.gradients.defaults });
  expect(result).toMatchObject({ lane: RESIDUAL, step: 10 });
});

test('a round in slow motion that loses its device says so, and the race goes on as if nothing had been', async () => {
  await harness.train(5);
  vi.spyOn(Race.prototype, 'slowRound').mockImplementationOnce(() => {
    queueMicrotask(() => gpu.lose());
    return new Promise(() => {});
  });
  await expect(harness.session.slowRound()).rejects.toMatchObject({ name: 'DeviceLostError' });
  await harness.train(10);
  expect(harness.last('recovered').steps.get(RESIDUAL)).toBe(5);
  await harness.session.slowRound();
  expect(harness.last('slowRound').round.steps[1]).toMatchObject({ lane: RESIDUAL, step: 11 });
  for (const lane of [PLAIN, RESIDUAL]) expectUndisturbed(lane, 11);
});

test('a branch that loses its device says so, and can be asked for again', async () => {
  await harness.train(5);
  vi.spyOn(Race.prototype, 'branched').mockImplementationOnce(() => {
    queueMicrotask(() => gpu.lose());
    return new Promise(() => {});
  });
  const branch = { lane: RESIDUAL, kind: 'copy' } as const;
  await expect(harness.session.branch(branch)).rejects.toMatchObject({ name: 'DeviceLostError' });
  await harness.session.pause();
  await harness.session.branch(branch);
  expect(harness.last('changed').begun.get('ResNet-8 (2)')).toBe(5);
});

test('a read that never ends does not hold training up', async () => {
  const report = vi.spyOn(Race.prototype, 'report');
  at(2, () => {
    report.mockImplementationOnce(() => {
      queueMicrotask(() => gpu.lose());
      return new Promise(() => {});
    });
  });
  await harness.train(STEPS);
  expect(harness.last('recovered').steps.get(PLAIN)).toBe(0);
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
  await harness.train(10);
  expectUndisturbed(PLAIN, 10);
  expect(harness.types).toContain('recovered');
});

test('where no device comes back the race goes on on wasm, and it is said why', async () => {
  at(3, () => {
    gpu.devices = 0;
    gpu.lose();
  });
  await harness.train(10);
  expect(harness.last('recovered').backend).toBe('wasm');
  expect(harness.last('device').device).toMatchObject({
    backend: 'wasm',
    passedOver: [{ backend: 'webgpu', reason: 'the browser offers no graphics adapter' }],
  });
  expectUndisturbed(RESIDUAL, 10);
  // Who asks for it again gets it, where it is there again.
  gpu.devices = 1;
  await harness.open(EXPERIMENT, 'webgpu');
  expect(harness.last('device').device.backend).toBe('webgpu');
});

test('a device that is lost while it starts is none', async () => {
  at(3, () => {
    gpu.stillborn = true;
    gpu.lose();
  });
  await harness.train(5);
  expect(harness.last('device').device).toMatchObject({
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
    await harness.train(step + 1);
    devices.push(harness.last('device').device.backend);
  }
  expect(devices).toEqual(['webgpu', 'webgpu', 'wasm']);
  expect(harness.last('device').device.passedOver).toEqual([
    { backend: 'webgpu', reason: sentence('errors.device.lostOften', { count: 3 }) },
  ]);
  expectUndisturbed(PLAIN, 7);
});

test('a loss in a pause costs nothing, and nothing trains after it', async () => {
  await harness.train(7);
  gpu.lose();
  await harness.session.pause();
  expect(harness.last('recovered').steps.get(RESIDUAL)).toBe(7);
  expect(harness.last('training').training).toBe(false);
  await harness.train(12);
  expectUndisturbed(RESIDUAL, 12);
});

test('a pause in the midst of a recovery is heard', async () => {
  at(3, () => {
    gpu.lose();
    harness.onReport = ({ type }) => {
      if (type === 'loading') void harness.session.pause();
    };
  });
  await harness.train(FOREVER);
  expect(harness.types.slice(-2)).toEqual(['recovered', 'training']);
});

test('surgery, a new net and one that left since the copy are done again', async () => {
  await harness.train(30);
  const cut = { lane: RESIDUAL, gains: [{ block: 2, gain: 0 }] };
  await harness.session.setGains({ ...cut });
  await harness.session.addLane({ lane: LATE });
  await harness.session.removeLane({ lane: PLAIN });
  const before = harness.last('changed').experiment;
  const changed = vi.fn();
  // A change that is asked for while there is no race to change waits for it.
  harness.onReport = (report) => {
    if (report.type === 'progress') gpu.lose();
    if (report.type !== 'loading') return;
    harness.onReport = () => {};
    void harness.session.setGains({ lane: LATE.name, gains: [{ block: 1, gain: 0.5 }] }).then(changed);
  };
  await harness.train(40);
  expect(harness.last('recovered').experiment).toEqual(before);
  expect(changed).toHaveBeenCalledOnce();
  const { experiment } = harness.last('changed');
  expect(experiment.lanes.map(({ name }) => name)).toEqual([RESIDUAL, LATE.name]);
  expect(gainsAt(experiment, LATE.name, 40)[0]).toBe(0.5);
  expect(experiment.surgery).toContainEqual({ step: 30, lane: RESIDUAL, block: 2, gain: 0 });
  expect(harness.losses(RESIDUAL).slice(0, 30)).toEqual(undisturbed.get(RESIDUAL)?.slice(0, 30));
  expect(harness.losses(RESIDUAL)).toHaveLength(40);
  expect(harness.losses(LATE.name)).toHaveLength(40);
});

test('a race that is being opened is opened on the next device', async () => {
  harness.onReport = (report) => {
    if (report.type !== 'loading' || report.what !== 'kernels') return;
    harness.onReport = () => {};
    gpu.lose();
  };
  const other = { ...EXPERIMENT, recipe: { ...EXPERIMENT.recipe, seed: 2 } };
  await harness.open(other, 'webgpu');
  expect(harness.last('opened').experiment).toEqual(other);
  expect(harness.types).not.toContain('recovered');
  await harness.train(3);
  expect(harness.losses(PLAIN)).toHaveLength(3);
});

test('a round that fails ends training, and the next one goes on from the last copy with the same curve', async () => {
  await harness.train(5);
  vi.spyOn(Race.prototype, 'round').mockImplementationOnce(() => {
    throw new Error('heap: no room');
  });
  await expect(harness.train(10)).rejects.toThrow('no room');
  const lanes = [PLAIN, RESIDUAL];
  expect(harness.last('changed').begun).toEqual(new Map(lanes.map((lane) => [lane, 5])));
  await harness.train(10);
  for (const lane of lanes) expectUndisturbed(lane, 10);
});

/** Has no copy be due before training ends. */
function stopClock(): void {
  harness.copies.length = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
}

/** The steps of the last copy that the page has. */
const sentSteps = () => new Map([...(harness.copies.at(-1)?.snapshot ?? [])].map(([lane, { steps }]) => [lane, steps]));

test('the copy that a race goes back to after a round that failed is sent', async () => {
  const { round } = Race.prototype;
  let rounds = 0;
  vi.spyOn(Race.prototype, 'round').mockImplementation(function (this: Race, ...which) {
    rounds += 1;
    if (rounds === STEPS) throw new Error('heap: no room');
    return round.apply(this, which);
  });
  stopClock();
  await expect(harness.train(FOREVER)).rejects.toThrow('no room');
  const { begun } = harness.last('changed');
  expect(begun.get(PLAIN)).toBeGreaterThan(0);
  expect(sentSteps()).toEqual(begun);
});

test('the copy that a race goes back to is sent where a pause ends training in the midst of the recovery', async () => {
  stopClock();
  at(STEPS, () => {
    gpu.lose();
    harness.onReport = ({ type }) => {
      if (type === 'loading') void harness.session.pause();
    };
  });
  await harness.train(FOREVER);
  const { steps } = harness.last('recovered');
  expect(steps.get(PLAIN)).toBeGreaterThan(0);
  expect(sentSteps()).toEqual(steps);
});

test('a device that does wrong is not trusted again: training ends, and the race with it', async () => {
  at(3, () => gpu.breakDown());
  await expect(harness.train(FOREVER)).rejects.toThrow('backend webgpu: out of memory; ');
  expect(harness.last('broken').failure.name).toBe('DeviceError');
  expect(harness.last('training').training).toBe(false);
  await expect(harness.train(5)).rejects.toThrow('race: none is open');
  await harness.open(EXPERIMENT, 'webgpu');
  await harness.train(5);
  expectUndisturbed(PLAIN, 5);
});
