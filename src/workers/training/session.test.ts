import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LaneSpec, nameLanes, uniqueName } from '../../core/experiment/experiment.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { makeNet } from '../../core/net/net.ts';
import { Model } from '../../engine/training/model.ts';
import { EXPERIMENT, FOREVER, LATE, PLAIN, RESIDUAL, read, SessionHarness } from '../../testing/session-harness.ts';
import { ShardedRace } from './shards/sharded-race.ts';

/** Each lane's curve in an undisturbed run, by its name. */
const undisturbed = new Map<string, readonly number[]>();
const STEPS = 12;

/** One for most tests: to decode the images takes longer than all else. */
const harness = new SessionHarness();

beforeAll(async () => {
  await harness.open({ ...EXPERIMENT, lanes: [...EXPERIMENT.lanes, LATE] });
  await harness.train(STEPS);
  for (const lane of [PLAIN, RESIDUAL, LATE.name]) undisturbed.set(lane, harness.losses(lane));
});

beforeEach(async () => {
  harness.onReport = () => {};
  await harness.open();
  harness.reports.length = 0;
});

/** Expects that a lane's steps are the first of an undisturbed run, to the last bit. */
function expectUndisturbed(lane: string, steps: number, told = harness): void {
  const losses = told.losses(lane);
  expect(losses).toHaveLength(steps);
  expect(losses.slice(0, STEPS)).toEqual(undisturbed.get(lane)?.slice(0, steps));
}

describe('opening', () => {
  test('tells the device, how loading goes, and the race at step 0; a second time the race alone', async () => {
    const names: string[] = [];
    const fresh = new SessionHarness({
      read: (name) => {
        names.push(name);
        return read(name);
      },
    });
    await fresh.open();
    expect(fresh.reports[0]).toEqual({ type: 'loading', what: 'device', fraction: 0 });
    expect(fresh.last('device').device).toMatchObject({ backend: 'wasm', passedOver: [] });
    expect(fresh.reports).toContainEqual({ type: 'loading', what: 'data', fraction: 1 });
    expect(fresh.types.at(-1)).toBe('opened');
    const { experiment, data } = fresh.last('opened');
    expect(experiment).toEqual(EXPERIMENT);
    expect(data.classes.map(({ name, samples }) => [name, samples.length])).toEqual(
      ['Noto', 'Twemoji', 'Fluent', 'OpenMoji'].map((name) => [expect.stringContaining(name), 5]),
    );
    expect(data.shown).toHaveLength(8);

    fresh.reports.length = 0;
    await fresh.open({ ...EXPERIMENT, data: { source: 'emoji', task: 'group', size: 16, version: 2 } });
    expect(fresh.types).toEqual(['opened']);
    expect(names).toEqual(['emoji-2-index.json', 'emoji-2-16.tiles', 'emoji-2-samples.tiles']);
  });

  test('of two at once does both, one after the other', async () => {
    const other = { ...EXPERIMENT, recipe: { ...EXPERIMENT.recipe, seed: 2 } };
    await Promise.all([harness.open(other), harness.open()]);
    const opened = harness.reports.flatMap((report) => (report.type === 'opened' ? [report.experiment] : []));
    expect(opened).toEqual([other, EXPERIMENT]);
    await harness.train(2);
    expectUndisturbed(PLAIN, 2);
  });

  test('that waits for images is given up for another: they may never come', async () => {
    let asked = () => {};
    const waits = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const stalled = new SessionHarness({
      read: (name) => {
        if (name !== 'emoji-2-32.tiles') return read(name);
        asked();
        return new Promise(() => {});
      },
    });
    await stalled.open();
    const large = parseExperiment({ ...EXPERIMENT, data: { ...EXPERIMENT.data, size: 32 } });
    const opening = stalled.open(large);
    await waits;
    const [first] = await Promise.allSettled([opening, stalled.open()]);
    expect(first).toMatchObject({ status: 'rejected', reason: { name: 'Withdrawn' } });
    await stalled.train(2);
    expectUndisturbed(PLAIN, 2, stalled);
  });

  test('ends the training that runs', async () => {
    const reset = harness.after(2, () => harness.session.open({ experiment: EXPERIMENT, backend: 'wasm' }));
    await harness.train(FOREVER);
    await reset;
    expect(harness.types.slice(-2)).toEqual(['training', 'opened']);
    await harness.train(3);
    expectUndisturbed(PLAIN, 3);
  });
});

test('an opening copies the race that it takes the place of as it stands, so that it can go on from there', async () => {
  await harness.train(4);
  await harness.session.branch({ lane: PLAIN, kind: 'copy' });
  const { experiment } = harness.last('changed');
  await harness.session.rewind({ lane: RESIDUAL, step: 0 });
  await harness.open();
  const { snapshot } = harness.copies.at(-1) ?? expect.unreachable();
  const steps = new Map([...snapshot].map(([lane, copy]) => [lane, copy.steps]));
  expect(steps).toEqual(
    new Map([
      [PLAIN, 4],
      [experiment.lanes.at(-1)?.name, 4],
    ]),
  );
  harness.reports.length = 0;
  await harness.session.open({ experiment, backend: 'wasm', from: snapshot });
  await harness.train(6);
  const points = harness.reports.flatMap((report) => (report.type === 'progress' ? report.race.points : []));
  const losses = points.filter(({ lane }) => lane === PLAIN).flatMap((each) => each.losses);
  expect(losses).toEqual(undisturbed.get(PLAIN)?.slice(4, 6));
});

test('a change in a pause is told as a copy, a rewound net at its checkpoint', async () => {
  await harness.train(4);
  await harness.train(8);
  harness.copies.length = 0;
  await harness.session.rewind({ lane: RESIDUAL, step: 4 });
  await harness.session.branch({ lane: PLAIN, kind: 'copy' });
  await harness.session.removeLane({ lane: PLAIN });
  const told = harness.copies.map(({ experiment, snapshot }) => ({
    lanes: experiment.lanes.map(({ name }) => name),
    steps: Object.fromEntries([...snapshot].map(([lane, { steps }]) => [lane, steps])),
  }));
  const fork = 'plain-8 (2)';
  expect(told).toEqual([
    { lanes: [PLAIN, RESIDUAL], steps: { [PLAIN]: 8, [RESIDUAL]: 4 } },
    { lanes: [PLAIN, RESIDUAL, fork], steps: { [PLAIN]: 8, [RESIDUAL]: 4, [fork]: 8 } },
    { lanes: [RESIDUAL, fork], steps: { [RESIDUAL]: 4, [fork]: 8 } },
  ]);
});

describe('an opening that fails', () => {
  const wide = parseExperiment({
    recipe: { batch: 1024 },
    lanes: [{ net: { family: 'plain', depth: 1202, width: 256 } }],
  });

  test.each([
    [
      'for want of a file',
      { experiment: { ...EXPERIMENT, data: { source: 'cifar10', size: 16 } }, backend: 'wasm' },
      'DataError',
    ],
    ['for want of memory', { experiment: wide, backend: 'wasm' }, 'MemoryError'],
    ['for want of a device', { experiment: EXPERIMENT, backend: 'webgpu' }, 'DeviceError'],
    ['on another device', { experiment: wide, backend: 'cpu' }, 'MemoryError'],
  ] as const)('%s leaves the race that stands as it is', async (_, { experiment, backend }, name) => {
    await harness.train(2);
    await expect(harness.open(experiment, backend)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(/: .+; /),
    });
    const devices = harness.reports.flatMap((report) => (report.type === 'device' ? [report.device.backend] : []));
    expect(devices.at(-1) ?? 'wasm').toBe('wasm');
    await harness.train(5);
    expectUndisturbed(PLAIN, 5);
    expectUndisturbed(RESIDUAL, 5);
  });

  test('as the first names the file; nothing can be trained, and the next may succeed', async () => {
    let there = false;
    const fresh = new SessionHarness({
      read: (name) => (there ? read(name) : Promise.reject(new Error('the server answers 404'))),
    });
    const failure = 'emoji-2-index.json cannot be read (the server answers 404); run "npm run data"';
    await expect(fresh.open()).rejects.toThrow(failure);
    await expect(fresh.train(1)).rejects.toThrow('race: none is open; press Reset or choose an experiment');
    there = true;
    await fresh.open();
    await fresh.train(1);
    expectUndisturbed(PLAIN, 1, fresh);
  });
});

describe('training', () => {
  test('tells its begin, each step once, and its end', async () => {
    await harness.train(3);
    expect(harness.reports[0]).toEqual({ type: 'training', training: true });
    expect(harness.reports.at(-1)).toEqual({ type: 'training', training: false });
    expect(harness.types.slice(1, -1).every((type) => type === 'progress')).toBe(true);
    await harness.train(7);
    await harness.train(7);
    expectUndisturbed(PLAIN, 7);
    expectUndisturbed(RESIDUAL, 7);
  });

  test('ends at a pause, and goes on from there', async () => {
    const paused = harness.after(2, () => harness.session.pause());
    await Promise.all([harness.train(FOREVER), paused]);
    expect(harness.reports.at(-1)).toEqual({ type: 'training', training: false });
    const { step } = harness.last('progress').race;
    await harness.train(step + 1);
    expectUndisturbed(PLAIN, step + 1);
  });

  test('leaves a copy when it ends, from which the race goes on as it would have', async () => {
    await harness.train(5);
    const copy = harness.copies.at(-1);
    await harness.train(12);
    const whole = harness.losses(RESIDUAL);
    expect([...(copy?.snapshot.values() ?? [])].map(({ steps }) => steps)).toEqual([5, 5]);
    const from = copy?.snapshot ?? expect.fail('no copy');
    await harness.session.open({ experiment: copy?.experiment ?? EXPERIMENT, backend: 'wasm', from });
    await harness.train(12);
    const again = harness.reports.slice(harness.types.lastIndexOf('opened')).flatMap((report) => {
      return report.type === 'progress' ? report.race.points.filter(({ lane }) => lane === RESIDUAL) : [];
    });
    expect(again[0]?.from).toBe(5);
    expect(harness.kept.get(RESIDUAL)).toEqual([5, 12]);
    expect(again.flatMap(({ losses }) => losses)).toEqual(whole.slice(5));
  });

  test('tells copies while it goes on, at most every 5 s, from at most 50 steps before', async () => {
    // Every round takes a tenth of a second.
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    await harness.open();
    const told: { readonly at: number; readonly age: number }[] = [];
    let step = 0;
    harness.onReport = (report) => {
      if (report.type === 'progress') {
        step = report.race.step;
        clock += 100;
      }
      if (report.type === 'copied') told.push({ at: clock, age: step - (report.snapshot.get(PLAIN)?.steps ?? 0) });
      // The copy at the end comes after this.
      if (report.type === 'training' && !report.training) harness.onReport = () => {};
    };
    await harness.train(110);
    vi.restoreAllMocks();
    expect(told.length).toBeGreaterThanOrEqual(2);
    for (const [nth, { at, age }] of told.entries()) {
      const since = at - (told[nth - 1]?.at ?? 0);
      expect(since).toBeGreaterThanOrEqual(5000);
      // The next copy after those 5 s is of 25 steps.
      expect(since).toBeLessThanOrEqual(7500);
      expect(age).toBeLessThanOrEqual(50);
    }
  });

  test('at the slowest rate hears a pause', async () => {
    await harness.session.setMaxRoundsPerSecond({ maxRoundsPerSecond: 1e-6 });
    const paused = harness.after(1, () => harness.session.pause());
    await Promise.all([harness.train(FOREVER), paused]);
    await harness.session.setMaxRoundsPerSecond({ maxRoundsPerSecond: null });
    expect(harness.last('progress').race.step).toBe(1);
  });

  test('that is asked for many times at once runs once at a time', async () => {
    await Promise.all([harness.train(FOREVER), harness.train(3), harness.train(4), harness.train(6)]);
    const switches = harness.reports.flatMap((report) => (report.type === 'training' ? [report.training] : []));
    expect(switches).toEqual(switches.map((_, index) => index % 2 === 0));
    expectUndisturbed(PLAIN, 6);
  });

  test('whose end is moved stays one training', async () => {
    const moved = harness.after(1, () => harness.train(10));
    await harness.train(3);
    await moved;
    const switches = harness.reports.flatMap((report) => (report.type === 'training' ? [report.training] : []));
    expect(switches).toEqual([true, false]);
    expectUndisturbed(PLAIN, 10);
  });

  test('that waits for its turn does not begin after a pause', async () => {
    const opening = harness.open();
    const training = harness.train(FOREVER);
    await harness.session.pause();
    await Promise.all([opening, training]);
    expect(harness.losses(PLAIN)).toEqual([]);
  });

  test('between two openings breaks neither', async () => {
    const first = harness.train(FOREVER);
    await Promise.all([first, harness.open(), harness.train(FOREVER), harness.open(), harness.train(3)]);
    expectUndisturbed(PLAIN, 3);
    expect(harness.types.slice(-1)).toEqual(['training']);
  });
});

describe('a change while it trains', () => {
  test('of gains is told, changes that lane from its next step on, and no other', async () => {
    const cut = harness.after(2, () => harness.session.setGains({ lane: RESIDUAL, gains: [{ block: 2, gain: 0 }] }));
    await harness.train(8);
    await cut;
    const { experiment, begun } = harness.last('changed');
    const step = begun.get(RESIDUAL) ?? expect.fail();
    expect(experiment.surgery).toEqual([{ step, lane: RESIDUAL, block: 2, gain: 0 }]);
    // One report may have told all the steps.
    await harness.train(10);
    expectUndisturbed(PLAIN, 10);
    expect(harness.losses(RESIDUAL).slice(0, step)).toEqual(undisturbed.get(RESIDUAL)?.slice(0, step));
    expect(harness.losses(RESIDUAL)[step]).not.toBe(undisturbed.get(RESIDUAL)?.[step]);
  });

  test('of gains that is undone before the next step changes nothing', async () => {
    await harness.train(4);
    for (const gain of [0, 1]) {
      await harness.session.setGains({ lane: RESIDUAL, gains: [1, 2, 3].map((block) => ({ block, gain })) });
    }
    await harness.train(8);
    expectUndisturbed(RESIDUAL, 8);
  });

  test('a net that joins catches up, with the curve that it would have had', async () => {
    const joined = harness.after(3, () => harness.session.addLane({ lane: LATE }));
    await harness.train(8);
    await joined;
    await harness.train(8);
    const { experiment, begun } = harness.last('changed');
    expect(experiment.lanes.map(({ name }) => name)).toEqual([PLAIN, RESIDUAL, LATE.name]);
    expect([begun.get(LATE.name), begun.get(PLAIN)]).toEqual([0, expect.any(Number)]);
    for (const lane of [PLAIN, RESIDUAL, LATE.name]) expectUndisturbed(lane, 8);
  });

  test('a net that leaves is told, and leaves the others alone', async () => {
    const left = harness.after(3, () => harness.session.removeLane({ lane: PLAIN }));
    await harness.train(8);
    await left;
    expect(harness.last('changed').experiment.lanes.map(({ name }) => name)).toEqual([RESIDUAL]);
    expectUndisturbed(RESIDUAL, 8);
  });

  test('a net that diverges and leaves before that is told is not diagnosed, and training goes on', async () => {
    const { report } = ShardedRace.prototype;
    vi.spyOn(ShardedRace.prototype, 'report').mockImplementation(async function (this: ShardedRace) {
      const measured = await report.call(this);
      for (const { lane } of measured.diverged) await harness.session.removeLane({ lane });
      return measured;
    });
    const surgery = [{ step: 2, lane: RESIDUAL, block: 2, gain: 3e38 }];
    await harness.open({ ...EXPERIMENT, surgery });
    harness.reports.length = 0;
    await harness.train(8);
    vi.restoreAllMocks();
    expect(harness.types).not.toContain('diagnosed');
    expect(harness.last('changed').experiment.lanes.map(({ name }) => name)).toEqual([PLAIN]);
    expectUndisturbed(PLAIN, 8);
  });

  test('a net that diverged is diagnosed while the session listens: a pause does not wait for its steps', async () => {
    const surgery = [{ step: 20, lane: RESIDUAL, block: 2, gain: 3e38 }];
    await harness.open({ ...EXPERIMENT, surgery });
    harness.reports.length = 0;
    const steps = vi.spyOn(Model.prototype, 'step');
    let paused: Promise<number> | null = null;
    harness.onReport = (report) => {
      if (report.type !== 'progress' || report.race.diverged.length === 0) return;
      const before = steps.mock.calls.length;
      paused = harness.session.pause().then(() => steps.mock.calls.length - before);
    };
    await harness.train(FOREVER);
    expect(await paused).toBeLessThan(20);
    await vi.waitFor(() => expect(harness.last('diagnosed').lane).toBe(RESIDUAL), 60_000);
    vi.restoreAllMocks();
  });

  test('a divergence that is undone before its diagnosis has its turn is not diagnosed; the next one is', async () => {
    const surgery = [{ step: 6, lane: RESIDUAL, block: 2, gain: 3e38 }];
    await harness.open({ ...EXPERIMENT, surgery });
    // A question in front of them, which goes on until it is told to end.
    let end = (_: Error) => {};
    const asked = new Promise<never>((_, reject) => {
      end = reject;
    });
    vi.spyOn(ShardedRace.prototype, 'probe').mockReturnValue(asked);
    const request = { name: 'gradients' } as const;
    const call = { signal: new AbortController().signal, onProgress: () => {}, transfer: () => {} };
    const question = harness.session.probe({ lane: RESIDUAL, request }, call);
    const front = expect(question).rejects.toThrow('it ends');
    await harness.train(4);
    harness.reports.length = 0;
    await harness.train(9);
    await harness.session.rewind({ lane: RESIDUAL, step: 0 });
    await harness.session.setGains({ lane: RESIDUAL, gains: [{ block: 2, gain: 3e38 }], from: 1 });
    await harness.train(9);
    const diverged = harness.reports.flatMap((report) => (report.type === 'progress' ? report.race.diverged : []));
    expect(diverged.map(({ step }) => step)).toEqual([7, 2]);
    const diagnosed = vi.spyOn(ShardedRace.prototype, 'diagnose');
    end(new Error('it ends'));
    await front;
    await vi.waitFor(() => expect(diagnosed).toHaveBeenCalledTimes(2));
    const layers = await Promise.all(diagnosed.mock.results.map(({ value }) => value));
    expect(layers).toEqual([null, expect.stringMatching(/^stage/)]);
    vi.restoreAllMocks();
    await vi.waitFor(() => expect(harness.types).toContain('diagnosed'));
    expect(harness.types.filter((type) => type === 'diagnosed')).toHaveLength(1);
  });

  test('a diagnosis that fails does not end training', async () => {
    const diagnosed = vi.spyOn(ShardedRace.prototype, 'diagnose').mockRejectedValue(new Error('heap: no room'));
    const surgery = [{ step: 2, lane: RESIDUAL, block: 2, gain: 3e38 }];
    await harness.open({ ...EXPERIMENT, surgery });
    harness.reports.length = 0;
    await harness.train(8);
    await vi.waitFor(() => expect(diagnosed).toHaveBeenCalledOnce());
    vi.restoreAllMocks();
    expectUndisturbed(PLAIN, 8);
    expect(harness.types).not.toContain('diagnosed');
  });

  test('that ends when another race stands is not told: it would take the place of that', async () => {
    vi.spyOn(ShardedRace.prototype, 'addLane').mockImplementation(() => harness.open());
    await harness.session.addLane({ lane: LATE });
    vi.restoreAllMocks();
    expect(harness.types).toEqual(['opened']);
  });

  test('of a net that is not there is refused', async () => {
    await expect(harness.session.removeLane({ lane: 'missing' })).rejects.toThrow('net missing: not in this race');
    expect(harness.types).not.toContain('changed');
  });
});

test('a net beyond the limit is refused, and the race can still be reset', async () => {
  const full = parseExperiment({
    ...EXPERIMENT,
    lanes: Array(24).fill({ net: { family: 'plain', depth: 8, width: 1 } }),
  });
  await harness.open(full);
  const refusal = { sentence: { key: 'experiment.lanes', values: { lanes: 25, most: 24 } } };
  await expect(harness.session.addLane({ lane: LATE })).rejects.toMatchObject(refusal);
  await expect(harness.session.branch({ lane: PLAIN, kind: 'copy' })).rejects.toMatchObject(refusal);
  await harness.session.removeLane({ lane: 'plain-8 (24)' });
  const joining = ['a', 'b'].map((name) => harness.session.addLane({ lane: { ...LATE, name } }));
  expect((await Promise.allSettled(joining)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const { experiment } = harness.last('changed');
  await harness.open(parseExperiment(experiment));
  expect(harness.last('opened').experiment.lanes).toHaveLength(24);
});

test('whatever is done to a race, its experiment is one that can be opened', { timeout: 60_000 }, async () => {
  const nets = nameLanes([
    makeNet('residual', 8, {
      width: 2,
      choices: { rep: true, start: { type: 'identity', share: 1 / 3 }, slope: 1 / 7 },
    }),
    makeNet('residual', 8, { width: 2, option: 'B', choices: { norm: { type: 'group', groups: 2 }, drop: 0.1 + 0.2 } }),
    makeNet('residual', 8, { width: 2, choices: { shortcut: { type: 'dense', growth: 2 } } }),
  ]);
  const { session } = harness;
  const deeds: Readonly<Record<string, (lane: LaneSpec, steps: number, nth: number) => Promise<void>>> = {
    train: (_, steps) => harness.train(steps + 1),
    add: ({ net }) => session.addLane({ lane: { name: uniqueName(net, []), net } }),
    copy: ({ name }) => session.branch({ lane: name, kind: 'copy' }),
    grow: ({ name }) => session.branch({ lane: name, kind: 'grown' }),
    fold: ({ name }) => session.branch({ lane: name, kind: 'folded' }),
    cut: ({ name }, steps, nth) =>
      session.setGains({ lane: name, gains: [{ block: 1 + (nth % 3), gain: 0 }], from: steps + (nth % 2) }),
    reset: () => harness.open(harness.last('changed').experiment),
  };
  const done = fc.array(fc.tuple(fc.constantFrom(...Object.values(deeds)), fc.nat()), { minLength: 6, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(done, async (list) => {
      await harness.open({ ...EXPERIMENT, lanes: nets });
      await session.setGains({ lane: nets[0]?.name ?? '', gains: [] });
      for (const [deed, nth] of list) {
        const { experiment, begun } = harness.last('changed');
        const lane = experiment.lanes[nth % experiment.lanes.length] ?? expect.unreachable();
        await deed(lane, Math.max(...begun.values()), nth).catch((error: Error) =>
          expect(error.name).toBe('BranchError'),
        );
      }
      const { experiment } = harness.last('changed');
      expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
    }),
    { numRuns: 10 },
  );
});
