import { beforeAll, expect, test } from 'vitest';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import { parseExperiment } from '../../../core/experiment/parse/parse.ts';
import { startDevice } from '../../../engine/device/device.ts';
import { PROBES } from '../../../features/insight/probes/probes.ts';
import { local } from '../../../testing/local-worker.ts';
import { EXPERIMENT, LATE, PLAIN, RESIDUAL, SessionHarness } from '../../../testing/session-harness.ts';
import type { ShardApi } from './api.ts';
import { Shard } from './shard.ts';
import type { StartShard } from './shard-workers.ts';

/** Starts shards that share this thread's device, and can end like workers. */
class Workers {
  started = 0;
  readonly #ends: ((reason: string) => void)[] = [];

  readonly start: StartShard = (onEnd) => {
    this.started += 1;
    const { call, close } = local<ShardApi>(() => new Shard(null));
    this.#ends.push((reason) => {
      onEnd(reason);
      close(new Error(reason));
    });
    return { call, end: close };
  };

  end(reason: string): void {
    this.#ends.shift()?.(reason);
  }
}

function harnessOn(cores: number) {
  const workers = new Workers();
  const harness = new SessionHarness({
    startShard: workers.start,
    start: async (choice, options) => ({ ...(await startDevice(choice, options)), cores }),
  });
  return { harness, workers };
}

const NETS = [8, 14].flatMap((depth) => ['plain', 'residual'].map((family) => ({ net: { family, depth, width: 2 } })));
const FOUR = parseExperiment({ data: { source: 'emoji', size: 8 }, recipe: { batch: 8 }, lanes: NETS, until: 5 });
const DEEP = 'ResNet-14';

/** All that a session told of curves, by lane, without where one report ends. */
function told(harness: SessionHarness) {
  const progress = harness.reports.flatMap((report) => (report.type === 'progress' ? [report.race] : []));
  const names = new Set(progress.flatMap(({ points }) => points.map(({ lane }) => lane)));
  return [...names].toSorted().map((name) => ({
    name,
    points: progress.flatMap(({ points }) =>
      points.flatMap(({ lane, from, losses, errors }) =>
        lane === name ? losses.map((loss, index) => [from + index, loss, errors[index]]) : [],
      ),
    ),
    tests: progress.flatMap(({ tests }) => tests.filter(({ lane }) => lane === name)),
    predictions: progress.flatMap(({ predictions }) => predictions.filter(({ lane }) => lane === name)),
  }));
}

/** Surgery, branches, growth, a rewind, and lanes that come and go, each between two trainings. */
async function operate(harness: SessionHarness): Promise<void> {
  const { session } = harness;
  await harness.train(26);
  await session.setGains({ lane: DEEP, gains: [{ block: 2, gain: 0 }] });
  await session.setGains({ lane: RESIDUAL, gains: [{ block: 1, gain: 0.5 }], from: 30 });
  await session.branch({ lane: DEEP, kind: 'copy' });
  await session.branch({ lane: PLAIN, kind: 'grown' });
  await harness.train(28);
  await session.addLane({ lane: LATE });
  await session.slowRound();
  await harness.train(32);
  await session.rewind({ lane: DEEP, step: 26 });
  await session.removeLane({ lane: 'plain-14' });
  await harness.train(36);
}

function experimentOf(harness: SessionHarness): Experiment {
  return harness.last('changed').experiment;
}

const reference = harnessOn(1);

beforeAll(async () => {
  await reference.harness.open(FOUR);
  await operate(reference.harness);
}, 60_000);

test.each([2, 4])(
  'curves are the same bit for bit on %i workers, with surgery, branches, growth and rewinds',
  async (cores) => {
    const { harness, workers } = harnessOn(cores);
    await harness.open(FOUR);
    await operate(harness);
    expect(workers.started).toBe(cores - 1);
    expect(harness.last('distributed')).toEqual({ type: 'distributed', workers: cores, threads: 1 });
    expect(told(harness)).toEqual(told(reference.harness));
    expect(experimentOf(harness)).toEqual(experimentOf(reference.harness));
    expect(harness.last('slowRound')).toEqual(reference.harness.last('slowRound'));
    expect(harness.last('changed').begun).toEqual(reference.harness.last('changed').begun);
  },
);

test('snapshots, answers, weights, probes and lesions are those of one worker', async () => {
  const { harness } = harnessOn(4);
  const call = { signal: new AbortController().signal, transfer: () => {}, onProgress: () => {} };
  const picture = { name: '', size: 8, rgb: new Uint8Array(8 * 8 * 3).fill(100) };
  const found = [];
  for (const each of [reference.harness, harness]) {
    each.copies.length = 0;
    await each.open(FOUR);
    await each.train(30);
    found.push({
      copy: each.copies.at(-1),
      answers: await each.session.classify({ picture }),
      weights: await Promise.all([
        each.session.weights({ lane: PLAIN, format: 'safetensors' }, call),
        each.session.weights({ lane: DEEP, format: 'onnx' }, call),
      ]),
      probes: [
        await each.find({ about: 'probe', lane: RESIDUAL, request: PROBES.gradients.defaults }),
        await each.find({ about: 'probe', lane: DEEP, request: PROBES.gradients.defaults, atStart: true }),
      ],
      lesion: await each.find({
        about: 'lesion',
        lane: DEEP,
        request: { study: 'sweep', kind: 'branch', statistics: ['batch'] },
      }),
    });
  }
  expect(found[1]).toEqual(found[0]);
});

test('changes while lanes train and move replay from the experiment', async () => {
  const { harness } = harnessOn(3);
  await harness.open(FOUR);
  const changed = harness.after(3, async () => {
    await Promise.all([
      harness.session.branch({ lane: DEEP, kind: 'grown' }),
      harness.session.branch({ lane: DEEP, kind: 'copy' }),
      harness.session.setGains({ lane: PLAIN, gains: [{ block: 1, gain: 1 }] }),
      harness.session.setGains({ lane: RESIDUAL, gains: [{ block: 2, gain: 0.25 }] }),
      harness.session.addLane({ lane: LATE }),
    ]);
  });
  await Promise.all([harness.train(50), changed]);
  const { experiment } = harness.last('changed');
  await reference.harness.open(experiment);
  await reference.harness.train(50);
  for (const { name } of experiment.lanes) {
    const whole = reference.harness.losses(name);
    const own = told(harness).find((lane) => lane.name === name)?.points ?? [];
    expect(own.map(([step = 0]) => whole[step])).toEqual(own.map(([, loss]) => loss));
    expect(own.at(-1)?.[0]).toBe(49);
  }
});

test('the lanes of a worker that ends continue with the others from a snapshot, on one worker', async () => {
  const { harness, workers } = harnessOn(2);
  await harness.open(EXPERIMENT);
  await harness.train(30);
  harness.reports.length = 0;
  const ended = harness.after(40, async () => workers.end('it ran out of memory'));
  await Promise.all([harness.train(60), ended]);
  expect(harness.last('recovered').loss).toEqual({ backend: 'wasm', reason: 'it ran out of memory' });
  expect(workers.started).toBe(1);
  const { steps } = harness.last('recovered');
  await reference.harness.open(EXPERIMENT);
  await reference.harness.train(60);
  for (const lane of [PLAIN, RESIDUAL]) {
    const [point] = harness.reports
      .slice(harness.reports.findIndex(({ type }) => type === 'recovered'))
      .flatMap((report) =>
        report.type === 'progress' ? report.race.points.filter((points) => points.lane === lane) : [],
      );
    expect(point?.from).toBe(steps.get(lane));
    const own = told(harness).find(({ name }) => name === lane)?.points ?? [];
    expect(own.map(([step = 0]) => reference.harness.losses(lane)[step])).toEqual(own.map(([, loss]) => loss));
  }
});

test('workers end when one net is left, which then has all threads', async () => {
  const { harness } = harnessOn(2);
  await harness.open(EXPERIMENT);
  await harness.train(10);
  expect(harness.last('distributed').workers).toBe(2);
  await harness.session.removeLane({ lane: PLAIN });
  await harness.train(20);
  expect(harness.last('distributed')).toEqual({ type: 'distributed', workers: 1, threads: 2 });
  expect(harness.losses(RESIDUAL)).toHaveLength(20);
});
