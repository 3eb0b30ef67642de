import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DeviceInfo } from '../../src/core/experiment/device.ts';
import { EMOJI_VERSION, type LaneSpec } from '../../src/core/experiment/experiment.ts';
import { PRESETS } from '../../src/core/experiment/presets.ts';
import { type NetRecord, parseRecord, recordFile } from '../../src/core/results/evidence.ts';
import type { Dataset, Split } from '../../src/data/dataset.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import { datasetOf, sha256Of } from './data.ts';
import { type Definition, EVIDENCE, keyOf, readDefinition, tasksOf } from './definition.ts';
import { comparedDocs } from './docs.ts';
import { type NetState, recordOf } from './net-state.ts';
import {
  chosenRun,
  isDone,
  type RecordedRun,
  readRecord,
  recordedRuns,
  recordNames,
  recordPath,
  runsByKey,
} from './recorded.ts';
import { trainNet } from './train-net.ts';
import { verify } from './verify.ts';

const recordText = (name: string) => readFileSync(recordPath(name), 'utf8');
const records = await recordNames();
const definitions = readdirSync(EVIDENCE).filter((file) => file.endsWith('.json'));

let device: DeviceInfo;
let definition: Definition;
let dataset: Dataset;
beforeAll(async () => {
  device = await startDevice('wasm');
  definition = await readDefinition('tiny');
  dataset = await datasetOf(definition.experiment.data, '');
});

/** The last state of a net of the definition that is trained to `until`. */
async function trained(
  until: number,
  from: NetState | null,
  of = definition,
  measureAt = definition.measureAt,
): Promise<NetState> {
  const [task] = tasksOf(of);
  if (task === undefined) throw new Error('no task');
  let last = from;
  for await (const state of trainNet(
    { task, definition: { ...definition, measureAt }, dataset, device, commit: 'a', until },
    from,
  ))
    last = state;
  if (last === null) throw new Error('nothing was trained');
  return last;
}

describe('a record', () => {
  it.each(records)('%s is of its definition, small, and written as it was read', async (name) => {
    const record = parseRecord(JSON.parse(recordText(name)));
    const { experiment, seeds, sha256 } = await readDefinition(name);
    expect(record).toMatchObject({ name, experiment, seeds, data: { sha256 } });
    for (const run of record.runs) expect(JSON.stringify(run).length).toBeLessThan(60_000);
    expect(parseRecord(JSON.parse(recordFile(record)))).toEqual(record);
  });

  /** The verdicts on some of its nets, which are as recorded but for `changes`. */
  async function verdictsOn(
    steps: number,
    lanes: number,
    changes: (run: NetRecord) => Partial<NetRecord>,
    rate = 0.03,
  ) {
    const { runs, ...rest } = parseRecord(JSON.parse(recordText('tiny')));
    const { experiment } = rest;
    const changed = { ...experiment, recipe: { ...experiment.recipe, learningRate: rate } };
    const record = {
      ...rest,
      experiment: changed,
      runs: runs.slice(0, lanes).map((run) => ({ ...run, ...changes(run) })),
    };
    const verdicts = [];
    for await (const each of verify(record, dataset, device, steps)) verdicts.push(each);
    return verdicts;
  }

  it('is reproduced by its command: the first steps of small nets', async () => {
    const verdicts = await verdictsOn(20, 3, () => ({}));
    expect(verdicts.map(({ lane, steps }) => [lane, steps])).toEqual([
      ['plain-8', 20],
      ['plain-32', 20],
      ['ResNet-32', 20],
    ]);
    for (const { result } of verdicts) expect(result).not.toBe('different');
  });

  it('that is another’s is found out', async () => {
    const other = await verdictsOn(5, 1, ({ opening }) => ({ opening: opening.map((loss) => (loss ?? 0) * 1.2) }));
    expect(other).toMatchObject([{ result: 'different', firstDifference: 0 }]);
  });

  it('of another binary variant may differ in the last bits, but not by another seed or learning rate', async () => {
    const changed = async (first: number, second: number) => {
      const verdicts = await verdictsOn(4, 1, ({ opening, source }) => ({
        source: { ...source, backend: 'cpu' },
        opening: opening.map((loss, step) => (loss ?? 0) * ([first, second][step] ?? 1.01)),
      }));
      return verdicts[0]?.result;
    };
    expect(await changed(1.00001, 1.0001)).toBe('close');
    expect(await changed(1.001, 1)).toBe('different');
    expect(await changed(1, 1.003)).toBe('different');
  });

  it('of another binary variant may diverge in the same step', async () => {
    const { recipe, ...rest } = definition.experiment;
    const wild = { ...rest, recipe: { ...recipe, learningRate: 1e9 } };
    const { opening, divergedAt } = recordOf(
      'plain-8',
      1,
      await trained(20, null, { ...definition, experiment: wild }),
    );
    const nearly = opening.map((loss) => (loss ?? 0) * 1.00001);
    const changes = ({ source }: NetRecord) =>
      ({ source: { ...source, backend: 'cpu' }, opening: nearly, divergedAt }) as const;
    const close = await verdictsOn(20, 1, changes, 1e9);
    expect(close).toMatchObject([{ result: 'close', steps: divergedAt, firstDifference: 0 }]);
  });

  it('is not reproduced by a net that diverges, nor is the record of one by a net that does not', async () => {
    const diverging = await verdictsOn(9, 1, () => ({}), 1e9);
    expect(diverging).toMatchObject([{ result: 'different', steps: 9 }]);
    const diverged = await verdictsOn(9, 1, ({ opening }) => ({
      steps: 2,
      divergedAt: 3,
      opening: opening.slice(0, 2),
    }));
    expect(diverged).toMatchObject([{ result: 'different', steps: 3, firstDifference: 2 }]);
  });
});

describe('training for a record', () => {
  it('goes on from its state as if it had never ended', async () => {
    const [whole, half] = [await trained(6, null), await trained(3, null)];
    const resumed = await trained(6, structuredClone(half));
    expect(resumed.losses).toEqual(whole.losses);
    expect(resumed.snapshot?.values).toEqual(whole.snapshot?.values);
    expect(resumed.measured.at(-1)).toEqual(whole.measured.at(-1));
  });

  it('begins again where a measurement is asked for at a step that the state has passed, and not before', async () => {
    const short = { ...definition, experiment: { ...definition.experiment, until: 6 } };
    const whole = await trained(6, null, short);
    expect(whole.measured.map(({ step }) => step)).toEqual([6]);
    // Nothing is asked for that it lacks, or it is asked for later than training is to stop.
    expect(await trained(6, whole, short, [])).toBe(whole);
    expect(await trained(2, whole, short, [3])).toBe(whole);
    const again = await trained(6, whole, short, [3]);
    expect(again.measured.map(({ step }) => step)).toEqual([3, 6]);
    expect(again.losses).toEqual(whole.losses);
    // Where the state stands is not passed yet.
    const half = await trained(3, null, short);
    const measured = await trained(3, { ...half, source: { ...half.source, seconds: 1000 } }, short, [3]);
    expect(measured.measured).toEqual(again.measured.slice(0, 1));
    expect(measured.source.seconds).toBeGreaterThan(1000);
  });

  it('thins curves to means, the last of them of fewer steps', async () => {
    const state = await trained(1, null);
    const long = { ...state, losses: Array<number>(1001).fill(2), errors: [...Array<number>(1000).fill(50), 80] };
    const { curve, opening, steps } = recordOf('plain-8', 1, long);
    expect([curve.every, curve.loss.length, curve.trainError.at(-1)]).toEqual([3, 334, 65]);
    expect([opening.length, steps]).toEqual([200, 1001]);
  });

  it('refuses other images', async () => {
    const [task] = tasksOf(definition);
    if (task === undefined) throw new Error('no task');
    const other = { ...definition, sha256: 'f'.repeat(64) };
    const training = trainNet({ task, definition: other, dataset, device, commit: 'a', until: 1 }, null);
    await expect(training.next()).rejects.toThrow('and not ffff');
  });

  it('does not go on on a device that rounds otherwise', async () => {
    const state = await trained(1, null);
    const other = { ...state, source: { ...state.source, backend: 'cpu' } as const };
    await expect(trained(2, other)).rejects.toThrow(/^--state: plain-8 was begun on cpu /);
  });
});

describe('a record that is made on several machines', () => {
  const tiny = parseRecord(JSON.parse(recordText('tiny')));
  const { data } = tiny;
  /** The first net's run in `tiny`, changed; 100 steps whole. */
  const run = (changes: Partial<NetRecord> = {}) => {
    const [first] = tiny.runs;
    if (first === undefined) throw new Error('tiny is empty');
    return { data, run: { ...first, ...changes } };
  };
  const keyIn = ({ sha256, ...rest }: Definition) => {
    const [task] = tasksOf(rest);
    if (task === undefined) throw new Error('no task');
    return keyOf(task, sha256);
  };

  it('trains a net again that lacks steps, a measurement or a probe', () => {
    expect(isDone(run().run, definition, 100)).toBe(true);
    expect(isDone(run({ steps: 99 }).run, definition, 100)).toBe(false);
    expect(isDone(run({ steps: 99 }).run, definition, 50)).toBe(true);
    // Another definition's training may have stopped at this one's end.
    expect(isDone(run({ measured: [] }).run, definition, 100)).toBe(false);
    expect(isDone(run({ steps: 99, divergedAt: 99 }).run, definition, 100)).toBe(true);
    expect(isDone(run().run, { ...definition, measureAt: [50] }, 100)).toBe(false);
    expect(isDone(run().run, { ...definition, measureAt: [50] }, 40)).toBe(true);
    const probed: Definition = { ...definition, probes: ['responses'] };
    expect(isDone(run().run, probed, 100)).toBe(false);
    // A probe is made at the end alone.
    expect(isDone(run().run, probed, 40)).toBe(true);
  });

  it('holds the run that is done, else the longest, and none that went beyond its end', () => {
    const [half, most, whole, beyond] = [run({ steps: 50 }), run({ steps: 99 }), run(), run({ steps: 200 })];
    const diverged = run({ steps: 30, divergedAt: 30 });
    const stepsOf = (...runs: RecordedRun[]) => chosenRun(runs, definition)?.run.steps;
    expect(stepsOf(half, most)).toBe(99);
    expect(stepsOf(most, diverged, half)).toBe(30);
    expect(stepsOf(half, whole, beyond)).toBe(100);
    expect(stepsOf(beyond)).toBeUndefined();
    // As long, but without what is asked for: a state that another definition trained.
    const probed: Definition = { ...definition, probes: ['responses'] };
    const withProbe = run({ probes: [{ name: 'responses', lane: 'plain-8', step: 100 }] });
    expect(chosenRun([whole, withProbe], probed)).toEqual(withProbe);
    // What is not asked for is another definition's, or was measured where training stopped for a while.
    expect(chosenRun([withProbe], definition)?.run).toEqual(whole.run);
    const stopped = run({ measured: [{ step: 7, trb: 40, test: 50 }, ...whole.run.measured] });
    expect(chosenRun([stopped], definition)?.run).toEqual(whole.run);
  });

  it('takes no run of another recipe or surgery for its own', () => {
    expect(runsByKey([tiny]).get(keyIn(definition))).toEqual([run()]);
    const { experiment } = tiny;
    const [lane] = experiment.lanes;
    if (lane === undefined) throw new Error('tiny has no lanes');
    const surgery = [{ step: 3, lane: lane.name, block: 1, gain: 0 }];
    for (const other of [
      { ...experiment, recipe: { ...experiment.recipe, batch: 7 } },
      { ...experiment, surgery },
    ]) {
      expect(runsByKey([{ ...tiny, experiment: other }]).has(keyIn(definition))).toBe(false);
    }
  });

  it('shares the nets of other records: the walls of the cures are trained in lasts', async () => {
    const cures = await readDefinition('cures');
    const recorded = await recordedRuns();
    const walls = tasksOf(cures).filter(({ lane }) => ['plain-32', 'ResNet-32'].includes(lane));
    const done = walls.map((task) => chosenRun(recorded.get(keyOf(task, cures.sha256)) ?? [], cures)?.run.steps);
    expect(done).toEqual(Array(6).fill(4000));
  });

  it.each(['cifar-10', 'cures'])(
    'finds every net of the record %s, whatever the order in which its fields were written',
    async (name) => {
      const [definition, record, recorded] = [await readDefinition(name), await readRecord(name), await recordedRuns()];
      const found = tasksOf(definition).filter((task) => recorded.has(keyOf(task, definition.sha256)));
      expect(found.length).toBe(record?.runs.length);
    },
  );
});

it.each(definitions)('evidence/%s can be read', async (file) => {
  expect(tasksOf(await readDefinition(file.replace(/\.json$/, ''))).length).toBeGreaterThan(0);
});

it('docs/evidence.md says what the records show', async () => {
  const { written, wanted } = await comparedDocs();
  expect(written).toBe(wanted);
});

describe('the paper’s table', () => {
  it('is trained by its command on 32×32 images, and goes on', async () => {
    const { experiment, ...rest } = await readDefinition('paper-table');
    const emoji = await datasetOf({ source: 'emoji', task: 'designer', size: 32, version: EMOJI_VERSION }, '');
    const images = { ...emoji, train: firstOf(emoji.train, 256, 32), test: firstOf(emoji.test, 64, 32) };
    const [task] = tasksOf({ experiment, seeds: [1] });
    if (task === undefined) throw new Error('no task');
    expect([task.lane, task.experiment.recipe.batch, experiment.until]).toEqual(['ResNet-20', 128, 64_000]);
    const own = { ...rest, sha256: sha256Of(images) };
    let state: NetState | null = null;
    for (const until of [1, 2]) {
      const training = { task, definition: own, dataset: images, device, commit: 'a', until };
      for await (const next of trainNet(training, state)) state = next;
    }
    expect(state?.losses).toHaveLength(2);
    expect(state?.losses.every((loss) => loss > 0 && loss < 20)).toBe(true);
  }, 120_000);
});

/** The first images of a split. */
function firstOf({ images, labels }: Split, count: number, size: number): Split {
  return { images: images.slice(0, count * size * size * 3), labels: labels.slice(0, count) };
}

it('the cures have the nets of the preset, and the same at 56 layers', async () => {
  const [shallow, deep] = await Promise.all(['cures', 'cures-56'].map((name) => readDefinition(name)));
  expect(shallow?.experiment.lanes).toEqual(PRESETS.cures.lanes);
  expect(deep?.experiment.lanes.map(kindOf)).toEqual(PRESETS.cures.lanes.map(kindOf));
  expect(new Set(deep?.experiment.lanes.map(({ net }) => net.depth))).toEqual(new Set([56]));
});

/** What a net is, whatever its depth. */
function kindOf({ net }: LaneSpec) {
  return [net.family, 'choices' in net ? net.choices : undefined, net.gains[0]];
}
