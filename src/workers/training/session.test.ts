import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { Desk, EXPERIMENT, FOREVER, LATE, PLAIN, RESIDUAL, read } from '../../testing/desk.ts';

/** Each lane's curve in an undisturbed run, by its name. */
const undisturbed = new Map<string, readonly number[]>();
const STEPS = 12;

/** One for most tests: to decode the images takes longer than all else. */
const desk = new Desk();

beforeAll(async () => {
  await desk.open({ ...EXPERIMENT, lanes: [...EXPERIMENT.lanes, LATE] });
  await desk.train(STEPS);
  for (const lane of [PLAIN, RESIDUAL, LATE.name]) undisturbed.set(lane, desk.losses(lane));
});

beforeEach(async () => {
  desk.onReport = () => {};
  await desk.open();
  desk.reports.length = 0;
});

/** Expects that a lane's steps are the first of an undisturbed run, to the last bit. */
function expectUndisturbed(lane: string, steps: number, told = desk): void {
  const losses = told.losses(lane);
  expect(losses).toHaveLength(steps);
  expect(losses.slice(0, STEPS)).toEqual(undisturbed.get(lane)?.slice(0, steps));
}

describe('opening', () => {
  test('tells the device, how loading goes, and the race at step 0; a second time the race alone', async () => {
    const names: string[] = [];
    const fresh = new Desk({
      read: (name) => {
        names.push(name);
        return read(name);
      },
    });
    await fresh.open();
    expect(fresh.reports[0]).toEqual({ tell: 'loading', what: 'device', fraction: 0 });
    expect(fresh.last('device').device).toMatchObject({ backend: 'wasm', passedOver: [] });
    expect(fresh.reports).toContainEqual({ tell: 'loading', what: 'data', fraction: 1 });
    expect(fresh.told.at(-1)).toBe('opened');
    const { experiment, data } = fresh.last('opened');
    expect(experiment).toEqual(EXPERIMENT);
    expect(data.classes.map(({ name, samples }) => [name, samples.length])).toEqual(
      ['Noto', 'Twemoji', 'Fluent', 'OpenMoji'].map((name) => [expect.stringContaining(name), 5]),
    );
    expect(data.shown).toHaveLength(8);

    fresh.reports.length = 0;
    await fresh.open({ ...EXPERIMENT, data: { source: 'emoji', task: 'group', size: 16 } });
    expect(fresh.told).toEqual(['opened']);
    expect(names).toEqual(['emoji.json', 'emoji.png']);
  });

  test('of two at once does both, one after the other', async () => {
    const other = { ...EXPERIMENT, recipe: { ...EXPERIMENT.recipe, seed: 2 } };
    await Promise.all([desk.open(other), desk.open()]);
    const opened = desk.reports.flatMap((report) => (report.tell === 'opened' ? [report.experiment] : []));
    expect(opened).toEqual([other, EXPERIMENT]);
    await desk.train(2);
    expectUndisturbed(PLAIN, 2);
  });

  test('ends the training that runs', async () => {
    const reset = desk.after(2, () => desk.session.open({ experiment: EXPERIMENT, backend: 'wasm' }));
    await desk.train(FOREVER);
    await reset;
    expect(desk.told.slice(-2)).toEqual(['training', 'opened']);
    await desk.train(3);
    expectUndisturbed(PLAIN, 3);
  });
});

test('an opening copies the race that it takes the place of as it stands, so that it can go on from there', async () => {
  await desk.train(4);
  await desk.session.branch({ lane: PLAIN, grow: false });
  const { experiment } = desk.last('changed');
  await desk.session.rewind({ lane: RESIDUAL, step: 0 });
  await desk.open();
  const { snapshot } = desk.copies.at(-1) ?? expect.unreachable();
  const steps = new Map([...snapshot].map(([lane, copy]) => [lane, copy.steps]));
  expect(steps).toEqual(
    new Map([
      [PLAIN, 4],
      [experiment.lanes.at(-1)?.name, 4],
    ]),
  );
  desk.reports.length = 0;
  await desk.session.open({ experiment, backend: 'wasm', from: snapshot });
  await desk.train(6);
  const points = desk.reports.flatMap((report) => (report.tell === 'progress' ? report.race.points : []));
  const losses = points.filter(({ lane }) => lane === PLAIN).flatMap((each) => each.losses);
  expect(losses).toEqual(undisturbed.get(PLAIN)?.slice(4, 6));
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
    await desk.train(2);
    await expect(desk.open(experiment, backend)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(/: .+; /),
    });
    const devices = desk.reports.flatMap((report) => (report.tell === 'device' ? [report.device.backend] : []));
    expect(devices.at(-1) ?? 'wasm').toBe('wasm');
    await desk.train(5);
    expectUndisturbed(PLAIN, 5);
    expectUndisturbed(RESIDUAL, 5);
  });

  test('as the first names the file; nothing can be trained, and the next may succeed', async () => {
    let there = false;
    const fresh = new Desk({
      read: (name) => (there ? read(name) : Promise.reject(new Error('the server answers 404'))),
    });
    const failure = 'emoji.json cannot be read (the server answers 404); run "npm run data"';
    await expect(fresh.open()).rejects.toThrow(failure);
    await expect(fresh.train(1)).rejects.toThrow('race: none is open; press Reset or choose a preset');
    there = true;
    await fresh.open();
    await fresh.train(1);
    expectUndisturbed(PLAIN, 1, fresh);
  });
});

describe('training', () => {
  test('tells its begin, each step once, and its end', async () => {
    await desk.train(3);
    expect(desk.reports[0]).toEqual({ tell: 'training', training: true });
    expect(desk.reports.at(-1)).toEqual({ tell: 'training', training: false });
    expect(desk.told.slice(1, -1).every((tell) => tell === 'progress')).toBe(true);
    await desk.train(7);
    await desk.train(7);
    expectUndisturbed(PLAIN, 7);
    expectUndisturbed(RESIDUAL, 7);
  });

  test('ends at a pause, and goes on from there', async () => {
    const paused = desk.after(2, () => desk.session.pause());
    await Promise.all([desk.train(FOREVER), paused]);
    expect(desk.reports.at(-1)).toEqual({ tell: 'training', training: false });
    const { step } = desk.last('progress').race;
    await desk.train(step + 1);
    expectUndisturbed(PLAIN, step + 1);
  });

  test('leaves a copy when it ends, from which the race goes on as it would have', async () => {
    await desk.train(5);
    const copy = desk.copies.at(-1);
    await desk.train(12);
    const whole = desk.losses(RESIDUAL);
    expect([...(copy?.snapshot.values() ?? [])].map(({ steps }) => steps)).toEqual([5, 5]);
    const from = copy?.snapshot ?? expect.fail('no copy');
    await desk.session.open({ experiment: copy?.experiment ?? EXPERIMENT, backend: 'wasm', from });
    await desk.train(12);
    const again = desk.reports.slice(desk.told.lastIndexOf('opened')).flatMap((report) => {
      return report.tell === 'progress' ? report.race.points.filter(({ lane }) => lane === RESIDUAL) : [];
    });
    expect(again[0]?.from).toBe(5);
    expect(again.flatMap(({ losses }) => losses)).toEqual(whole.slice(5));
  });

  test('at the slowest pace hears a pause', async () => {
    await desk.session.pace({ roundsPerSecond: 1e-6 });
    const paused = desk.after(1, () => desk.session.pause());
    await Promise.all([desk.train(FOREVER), paused]);
    await desk.session.pace({ roundsPerSecond: null });
    expect(desk.last('progress').race.step).toBe(1);
  });

  test('that is asked for many times at once runs once at a time', async () => {
    await Promise.all([desk.train(FOREVER), desk.train(3), desk.train(4), desk.train(6)]);
    const switches = desk.reports.flatMap((report) => (report.tell === 'training' ? [report.training] : []));
    expect(switches).toEqual(switches.map((_, index) => index % 2 === 0));
    expectUndisturbed(PLAIN, 6);
  });

  test('that waits for its turn does not begin after a pause', async () => {
    const opening = desk.open();
    const training = desk.train(FOREVER);
    await desk.session.pause();
    await Promise.all([opening, training]);
    expect(desk.losses(PLAIN)).toEqual([]);
  });

  test('between two openings breaks neither', async () => {
    const first = desk.train(FOREVER);
    await Promise.all([first, desk.open(), desk.train(FOREVER), desk.open(), desk.train(3)]);
    expectUndisturbed(PLAIN, 3);
    expect(desk.told.slice(-1)).toEqual(['training']);
  });
});

describe('a change while it trains', () => {
  test('of gains is told, changes that lane from its next step on, and no other', async () => {
    const cut = desk.after(2, () => desk.session.setGains({ lane: RESIDUAL, gains: [{ block: 2, gain: 0 }] }));
    await desk.train(8);
    await cut;
    const { experiment, begun } = desk.last('changed');
    const step = begun.get(RESIDUAL) ?? expect.fail();
    expect(experiment.surgery).toEqual([{ step, lane: RESIDUAL, block: 2, gain: 0 }]);
    // One report may have told all the steps.
    await desk.train(10);
    expectUndisturbed(PLAIN, 10);
    expect(desk.losses(RESIDUAL).slice(0, step)).toEqual(undisturbed.get(RESIDUAL)?.slice(0, step));
    expect(desk.losses(RESIDUAL)[step]).not.toBe(undisturbed.get(RESIDUAL)?.[step]);
  });

  test('of gains that is undone before the next step changes nothing', async () => {
    await desk.train(4);
    for (const gain of [0, 1]) {
      await desk.session.setGains({ lane: RESIDUAL, gains: [1, 2, 3].map((block) => ({ block, gain })) });
    }
    await desk.train(8);
    expectUndisturbed(RESIDUAL, 8);
  });

  test('a net that joins catches up, with the curve that it would have had', async () => {
    const joined = desk.after(3, () => desk.session.addLane({ lane: LATE }));
    await desk.train(8);
    await joined;
    await desk.train(8);
    const { experiment, begun } = desk.last('changed');
    expect(experiment.lanes.map(({ name }) => name)).toEqual([PLAIN, RESIDUAL, LATE.name]);
    expect([begun.get(LATE.name), begun.get(PLAIN)]).toEqual([0, expect.any(Number)]);
    for (const lane of [PLAIN, RESIDUAL, LATE.name]) expectUndisturbed(lane, 8);
  });

  test('a net that leaves is told, and leaves the others alone', async () => {
    const left = desk.after(3, () => desk.session.removeLane({ lane: PLAIN }));
    await desk.train(8);
    await left;
    expect(desk.last('changed').experiment.lanes.map(({ name }) => name)).toEqual([RESIDUAL]);
    expectUndisturbed(RESIDUAL, 8);
  });

  test('of a net that is not there is refused', async () => {
    await expect(desk.session.removeLane({ lane: 'missing' })).rejects.toThrow('net missing: not in this race');
    expect(desk.told).not.toContain('changed');
  });
});
