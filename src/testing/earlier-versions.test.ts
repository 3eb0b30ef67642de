import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { openDB } from 'idb';
import { describe, expect, test } from 'vitest';
import { areRepeats, differences } from '../core/experiment/comparison.ts';
import { hasEarlierImages, onPresentImages } from '../core/experiment/experiment.ts';
import { parseExperiment } from '../core/experiment/parse/parse.ts';
import { DEFAULT_RECIPE } from '../core/experiment/recipe.ts';
import { parseRunFile, runFile } from '../core/results/run-file.ts';
import { weightsFile } from '../engine/state-dict/state-dict.ts';
import { differenceName, runsCsv } from '../features/runs/saved-runs.ts';
import { kerasCode, pytorchCode } from '../features/share/code/code.ts';
import { readLink, writeLink } from '../features/share/link.ts';
import { DatasetStore } from '../store/datasets.ts';
import { RunStore } from '../store/runs.ts';
import { SessionHarness } from './session-harness.ts';

/**
 * What earlier versions of the page wrote, as files in `fixtures/before`: links of all versions since the first,
 * records of IndexedDB, run files, and exports. They must open, and what is written must keep its form, since people
 * have links, kept runs and scripts that read the files. Never generate the fixtures again: add to them.
 */
const fixture = (name: string) => readFileSync(new URL(`fixtures/before/${name}`, import.meta.url), 'utf8');

/** JSON in which a `Float32Array` is `{ float32: base64 }` and a `Map` is `{ map: entries }`. */
const revived = (name: string) =>
  JSON.parse(fixture(name), (_, value) => {
    if (Array.isArray(value?.map)) return new Map(value.map);
    if (value?.float32 === undefined) return value;
    const bytes = Buffer.from(value.float32, 'base64');
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  });

const database = revived('database.json');
const [run, oldest] = database.runs;
const [session] = database.standings;

/** Writes the records as an earlier version of the page did. */
async function fillDatabase(): Promise<void> {
  const open = await openDB('resnet-playground', 1, {
    upgrade(created) {
      created.createObjectStore('datasets', { keyPath: 'hash' });
      created.createObjectStore('bytes');
      created.createObjectStore('runs', { keyPath: 'id' });
      created.createObjectStore('standings', { keyPath: 'tab' });
    },
  });
  for (const store of ['runs', 'standings', 'datasets'])
    for (const each of database[store]) await open.put(store, each);
  for (const [hash, bytes] of database.bytes) await open.put('bytes', Uint8Array.from(bytes), hash);
  open.close();
}

test.each<{ address: string; backend: string; experiment: unknown; copied: string }>(JSON.parse(fixture('links.json')))(
  'a link opens the same experiment, as the link does that was copied then and the one that is copied now: $address',
  (link) => {
    const { experiment, backend } = readLink(new URL(link.address));
    const then = parseExperiment(link.experiment);
    // A preset, and a link that names no data, are about the images that there are.
    const isOfNow = !/%22data%22|[#&]x=/.test(link.address);
    expect({ experiment, backend }).toEqual({
      experiment: isOfNow ? onPresentImages(then) : then,
      backend: link.backend,
    });
    expect(readLink(writeLink(new URL('https://example.org/'), experiment)).experiment).toEqual(experiment);
    expect(readLink(new URL(link.copied)).experiment).toEqual(link.experiment);
  },
);

describe('what was kept of the first version of the emoji', () => {
  const old = parseExperiment(run.experiment);
  const now = onPresentImages(old);

  test('is told from what is of the present one, and stays so when it is written', () => {
    expect([old, now].map(hasEarlierImages)).toEqual([true, false]);
    for (const experiment of [old, now]) {
      expect(readLink(writeLink(new URL('https://example.org/'), experiment)).experiment).toEqual(experiment);
      const file = runFile({ ...run, experiment });
      expect(parseRunFile(file, 'run.json', 9, () => run.id)[0]?.experiment).toEqual(experiment);
    }
  });

  test('is no repeat of it, and differs from it by name', () => {
    expect(areRepeats(old, now)).toBe(false);
    expect(differences(old, now)).toEqual(['images']);
    expect(differenceName(old, now)).toBe('images before December 2026 → present');
  });
});

describe('the browser', () => {
  test('still has its runs, sessions and data sets', async () => {
    await fillDatabase();
    const runs = new RunStore(async () => null);
    expect(await runs.list()).toEqual([run, oldest]);
    expect(await runs.session('tab-1')).toEqual(session);
    const { tab, savedAt } = session;
    const { experiment, step } = run;
    expect(await runs.sessions()).toEqual([{ tab, savedAt, experiment, step }]);
    const datasets = new DatasetStore();
    expect(await datasets.list()).toEqual(database.datasets);
    expect(await datasets.read(database.datasets[0].hash)).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  test('stores runs and sessions with the fields that they had', async () => {
    const runs = new RunStore(async () => null);
    await runs.save({ ...session, tab: 'tab-2' });
    const open = await openDB('resnet-playground');
    expect(await open.get('standings', 'tab-2')).toEqual({ ...session, tab: 'tab-2' });
    // Besides, when: earlier versions pass over it.
    expect(await open.get('runs', 'run-1')).toEqual({ ...run, keptAt: expect.any(Number) });
    open.close();
  });

  test('has runs from before the mean could be chosen', () => {
    expect(parseExperiment(oldest.experiment).recipe).toEqual(DEFAULT_RECIPE);
  });
});

test('a race goes on from a saved session, on the present images, with the same curves to the last bit', async () => {
  const harness = new SessionHarness();
  const experiment = parseExperiment(run.experiment);
  await harness.session.open({ experiment, backend: 'cpu', from: session.snapshot });
  await harness.train(session.until);
  const points = harness.reports.flatMap((report) => (report.type === 'progress' ? report.race.points : []));
  for (const [lane, losses] of Object.entries<number[]>(JSON.parse(fixture('losses-on-images-2.json')))) {
    const own = points.filter((each) => each.lane === lane);
    expect(own[0]?.from).toBe(run.step);
    expect(own.flatMap((each) => each.losses)).toEqual(losses);
  }
});

test('run files open, of the page and of the terminal, and are written the same', () => {
  expect(parseRunFile(fixture('run.json'), 'run.json', 9, () => run.id)).toEqual([run]);
  expect(runFile(run)).toBe(fixture('run.json'));
  const lab = JSON.parse(fixture('lab.json'));
  const runs = parseRunFile(fixture('lab.json'), 'lab.json', 9, () => 'new');
  expect(runs.map(({ experiment }) => experiment)).toEqual([parseExperiment(lab.experiment)]);
  expect(runs[0]?.curves.map(({ losses }) => losses)).toEqual(
    lab.runs[0].lanes.map(({ curves }: { curves: { loss: number[] } }) => Float32Array.from(curves.loss)),
  );
});

test('exports keep their form: CSV, weights, the experiment in the code', () => {
  expect(runsCsv([{ run, name: run.name }])).toBe(fixture('run.csv'));
  const { net, values } = session.snapshot.get('branched');
  const bytes = weightsFile(
    { net, step: run.step, data: run.experiment.data, classNames: ['a', 'b', 'c', 'd'] },
    8,
    values,
  );
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  // Later files have the names of the classes, too.
  const { classNames, ...known } = header.__metadata__;
  expect(JSON.parse(classNames)).toEqual(['a', 'b', 'c', 'd']);
  expect(JSON.stringify({ ...header, __metadata__: known })).toBe(fixture('weights-header.json'));
  const embedded = JSON.parse(fixture('embedded-experiment.json'));
  const experiment = parseExperiment(embedded);
  // The code begins with the net as it is since step 12, without the surgery before, which was of other blocks; what it
  // was given at its next branch is surgery there.
  const begun = [1, 1, 1, 1, 1, 1];
  const changes = [
    { step: 30, lane: 'grown', block: 2, gain: 0 },
    { step: 30, lane: 'grown', block: 4, gain: 0.5 },
    { step: 30, lane: 'grown', block: 6, gain: 2 },
  ];
  const lanes = experiment.lanes.map((lane) =>
    lane.name === 'grown' ? { ...lane, net: { ...lane.net, gains: begun } } : lane,
  );
  const surgery = [...changes, ...experiment.surgery.filter(({ step }) => step > 30)];
  const written = JSON.stringify({ ...embedded, lanes, surgery }, null, 1);
  for (const code of [pytorchCode(experiment), kerasCode(experiment)]) expect(code).toContain(`r'''${written}'''`);
});
