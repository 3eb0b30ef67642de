import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import { parseExperiment } from '../../../core/experiment/parse/parse.ts';
import { startDevice } from '../../../engine/device/device.ts';
import { PROBES } from '../../../features/insight/probes/probes.ts';
import { local } from '../../../testing/local-worker.ts';
import { EXPERIMENT, LATE, PLAIN, RESIDUAL, SessionHarness } from '../../../testing/session-harness.ts';
import { errorsOf, stateAfter } from '../../../testing/state-after.ts';
import type { ShardApi } from './api.ts';
import { Shard } from './shard.ts';
import type { StartShard } from './shard-workers.ts';

/** Starts shards that share this thread's device, and can end like workers. */
class Workers {
  started = 0;
  /** The workers that have started and that nothing has ended. */
  readonly running = new Set<object>();
  readonly #ends: ((reason: string) => void)[] = [];
  readonly #heard = new Map<string, () => void>();

  readonly start: StartShard = (onEnd) => {
    this.started += 1;
    const { call, close } = local<ShardApi>(() => new Shard(null));
    const end: typeof close = (error) => {
      this.running.delete(end);
      close(error);
    };
    this.running.add(end);
    this.#ends.push((reason) => {
      onEnd(reason);
      end(new Error(reason));
    });
    return {
      call: (method, ...args) => {
        this.#heard.get(method)?.();
        return call(method, ...args);
      },
      end,
    };
  };

  /** Calls `act` before a worker is called by this method. */
  onCall(method: keyof ShardApi, act: () => void): void {
    this.#heard.set(method, act);
  }

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
const FORK = 'ResNet-8 (2)';

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

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

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

test.each(EXPERIMENT.lanes)('nets that join $name at once have names of their own', async ({ name, net }) => {
  const { harness } = harnessOn(2);
  await harness.open(EXPERIMENT);
  await harness.train(10);
  expect(harness.last('distributed').workers).toBe(2);
  const { session } = harness;
  await Promise.all([
    session.branch({ lane: name, kind: 'copy' }),
    session.addLane({ lane: { name: `${name} (2)`, net } }),
    session.branch({ lane: name, kind: 'copy' }),
  ]);
  const names = [PLAIN, RESIDUAL, ...[2, 3, 4].map((nth) => `${name} (${nth})`)].toSorted();
  const joined = experimentOf(harness).lanes.map((each) => each.name);
  expect(joined.toSorted()).toEqual(names);
  await harness.train(12);
  await session.setGains({ lane: name, gains: [] });
  expect(harness.last('changed').begun).toEqual(new Map(names.map((each) => [each, 12])));
});

test.each(EXPERIMENT.lanes)('a branch of $name in the midst of a report has all of its curve', async ({ name }) => {
  const { harness, workers } = harnessOn(2);
  await harness.open(EXPERIMENT);
  await harness.train(10);
  let rounds = 0;
  const branched = new Promise<void>((resolve) => {
    workers.onCall('round', () => {
      rounds += 1;
      if (rounds === 8) resolve(harness.session.branch({ lane: name, kind: 'copy' }));
    });
  });
  await Promise.all([harness.train(40), branched]);
  await harness.train(50);
  const state = stateAfter(...harness.reports);
  expect(errorsOf(state, `${name} (2)`)).toEqual(errorsOf(state, name));
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
  const { harness, workers } = harnessOn(2);
  await harness.open(EXPERIMENT);
  await harness.train(10);
  expect(harness.last('distributed').workers).toBe(2);
  expect(workers.running.size).toBe(1);
  await harness.session.removeLane({ lane: PLAIN });
  await harness.train(20);
  expect(harness.last('distributed')).toEqual({ type: 'distributed', workers: 1, threads: 2 });
  expect(harness.losses(RESIDUAL)).toHaveLength(20);
  await vi.waitFor(() => expect(workers.running.size).toBe(0));
});

test('workers end with their race, also those that still start', async () => {
  const { harness, workers } = harnessOn(4);
  await harness.open(FOUR);
  await harness.train(10);
  expect(workers.running.size).toBe(3);
  await harness.open(FOUR);
  expect(workers.running.size).toBe(0);
  await harness.train(1);
  await harness.open(EXPERIMENT);
  await vi.waitFor(() => expect(workers.running.size).toBe(0));
});

test('one net that is opened after two has all threads again, and so has a measurement of the speed', async () => {
  const { harness } = harnessOn(2);
  await harness.open(EXPERIMENT);
  await harness.train(10);
  expect(harness.last('distributed')).toEqual({ type: 'distributed', workers: 2, threads: 1 });
  const threads = vi.spyOn(Shard.prototype, 'setThreads');
  const call = { signal: new AbortController().signal, onProgress: () => {} };
  await harness.session.measureSpeed({ tasks: [] }, call);
  expect(threads.mock.calls).toEqual([[{ threads: 2 }], [{ threads: 1 }]]);
  threads.mockRestore();
  await harness.open({ ...EXPERIMENT, lanes: EXPERIMENT.lanes.slice(1) });
  await harness.train(10);
  expect(harness.last('distributed')).toEqual({ type: 'distributed', workers: 1, threads: 2 });
});

test('the cores are divided again after another experiment was refused on another device', async () => {
  const { harness } = harnessOn(2);
  await harness.open(EXPERIMENT);
  await harness.train(10);
  const lanes = EXPERIMENT.lanes.map((lane) => ({ ...lane, start: { file: 'gone', hash: '0'.repeat(64) } }));
  await expect(harness.open({ ...EXPERIMENT, lanes }, 'cpu')).rejects.toThrow('gone');
  const threads = vi.spyOn(Shard.prototype, 'setThreads');
  await harness.train(11);
  expect(threads.mock.calls.map(([request]) => request)).toEqual([{ threads: 1 }, { threads: 1 }]);
  expect(harness.reports.findLast(({ type }) => type === 'device' || type === 'distributed')).toEqual({
    type: 'distributed',
    workers: 2,
    threads: 1,
  });
});

test.each([
  { asked: PLAIN, leaves: RESIDUAL },
  { asked: RESIDUAL, leaves: PLAIN },
])('a question about $asked is answered by a worker that meanwhile has no more to do', async ({ asked, leaves }) => {
  const { harness, workers } = harnessOn(2);
  await harness.open(EXPERIMENT);
  await harness.train(10);
  const begun = new Promise<void>((resolve) => workers.onCall('proceed', resolve));
  const request = { study: 'sweep', kind: 'branch', statistics: ['batch'] } as const;
  const found = harness.find({ about: 'lesion', lane: asked, request });
  await Promise.race([begun, found]);
  await harness.session.removeLane({ lane: leaves });
  await harness.train(20);
  expect(harness.last('distributed').workers).toBe(1);
  expect((await found).about).toBe('lesion');
});

test('a branch in a worker can be rewound to where it was branched off', async () => {
  const { harness } = harnessOn(4);
  await harness.open(EXPERIMENT);
  await harness.train(10);
  await harness.session.branch({ lane: RESIDUAL, kind: 'copy' });
  expect(harness.kept.get(FORK)).toEqual([10]);
  await harness.train(13);
  const since = harness.reports.length;
  await harness.session.rewind({ lane: FORK, step: 12 });
  await harness.train(13);
  const again = harness.reports
    .slice(since)
    .flatMap((report) => (report.type === 'progress' ? report.race.points : []));
  expect(again.filter(({ lane }) => lane === FORK).flatMap(({ losses }) => losses)).toEqual(
    harness.losses(RESIDUAL).slice(10, 13),
  );
});

test('a worker that ends before it hears that a question may go on is one lost worker, and no other failure', async () => {
  const { harness, workers } = harnessOn(2);
  await harness.open(EXPERIMENT);
  await harness.train(10);
  workers.onCall('proceed', () => workers.end('it ran out of memory'));
  const request = { study: 'sweep', kind: 'branch', statistics: ['batch'] } as const;
  const answers = await Promise.allSettled(
    [PLAIN, RESIDUAL].map((lane) => harness.find({ about: 'lesion', lane, request })),
  );
  expect(answers.map(({ status }) => status)).toContain('rejected');
  await harness.train(12);
  expect(harness.last('recovered').loss).toEqual({ backend: 'wasm', reason: 'it ran out of memory' });
});

test('where memory that is shared is refused, one worker trains all', async () => {
  const { harness, workers } = harnessOn(2);
  await harness.open(EXPERIMENT);
  vi.stubGlobal('crossOriginIsolated', true);
  const refuse = () => {
    throw new RangeError('Array buffer allocation failed');
  };
  vi.stubGlobal('SharedArrayBuffer', new Proxy(SharedArrayBuffer, { construct: refuse }));
  await harness.train(10);
  expect(workers.started).toBe(0);
  expect(harness.losses(PLAIN)).toHaveLength(10);
});
