import { beforeAll, expect, test } from 'vitest';
import { makeNet } from '../../../core/net/net.ts';
import {
  type LESION_KINDS,
  LESION_STATISTICS,
  type Lesion,
  type LesionRequest,
  type LesionResult,
} from '../../../core/results/lesion.ts';
import { tinySubject } from '../../../testing/engine/insight/tiny-subject.ts';
import { runRounds, tinyExperiment, tinyRace } from '../../../testing/engine/tiny-race.ts';
import { startDevice } from '../../device/device.ts';
import { AT_ONCE } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { LesionChooser, lesionsOf } from './lesions.ts';
import { studyLesions } from './study.ts';

const RESIDUAL = makeNet('residual', 20, { width: 2 });
const PLAIN = makeNet('plain', 20, { width: 2 });
const BATCH = ['batch'] as const;

beforeAll(async () => {
  await startDevice('wasm');
});

/** Runs the lesion study that `request` asks for. */
async function study(subject: Subject, request: LesionRequest): Promise<LesionResult> {
  const found = await studyLesions(subject, request, AT_ONCE);
  subject.weights.dispose();
  return found;
}

async function errorsTogether(subject: Subject, lesions: readonly Lesion[]) {
  const found = await study(subject, { study: 'together', lesions, statistics: LESION_STATISTICS });
  return found.study === 'together' ? found : expect.fail();
}

async function barsOf(subject: Subject, kind: (typeof LESION_KINDS)[number]) {
  const found = await study(subject, { study: 'sweep', kind, statistics: BATCH });
  return found.study === 'sweep' ? found.bars.map(({ lesion }) => lesion) : expect.fail();
}

test('a sweep has a bar for each block, swaps for each pair of neighbours alike', async () => {
  const blocks = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (const kind of ['branch', 'reset'] as const) {
    expect(await barsOf(tinySubject(PLAIN, 1), kind)).toEqual(blocks.map((block) => ({ kind, block })));
  }
  expect(await barsOf(tinySubject(PLAIN, 1), 'shortcut')).toEqual([]);
  expect(await barsOf(tinySubject(RESIDUAL, 1), 'shortcut')).toHaveLength(9);
  const swaps = await barsOf(tinySubject(RESIDUAL, 1), 'swap');
  expect(swaps.map((lesion) => lesion.kind === 'swap' && [lesion.block, lesion.other])).toEqual([
    [1, 2],
    [2, 3],
    [5, 6],
    [8, 9],
  ]);
});

test('the untouched net has the error that a race measures; no lesion at all changes none of the three', async () => {
  const race = tinyRace(tinyExperiment([RESIDUAL]));
  await runRounds(race, 5);
  const request = { study: 'together', lesions: [], statistics: LESION_STATISTICS } as const;
  const found = await race.insight('ResNet-20').lesion(request, AT_ONCE);
  if (found.study !== 'together') expect.fail();
  expect(found.before.batch).toBeCloseTo((await race.trainingErrors()).get('ResNet-20') ?? Number.NaN, 4);
  expect(Object.keys(found.before)).toEqual([...LESION_STATISTICS]);
  expect(found.errors).toEqual(found.before);
  race.dispose();
});

test('a net that diverged has no error, with a lesion or without', async () => {
  const surgery = [{ step: 1, lane: 'ResNet-20', block: 9, gain: 3e38 }];
  const race = tinyRace({ ...tinyExperiment([RESIDUAL]), surgery });
  expect((await runRounds(race, 3)).diverged).toHaveLength(1);
  const request = {
    study: 'together',
    lesions: [{ kind: 'branch', block: 1 }],
    statistics: LESION_STATISTICS,
  } as const;
  const found = await race.insight('ResNet-20').lesion(request, AT_ONCE);
  if (found.study !== 'together') expect.fail();
  const none = { batch: Number.NaN, recalibrated: Number.NaN, running: Number.NaN };
  expect([found.before, found.errors]).toEqual([none, none]);
  expect(await race.trainingErrors()).toEqual(new Map([['ResNet-20', Number.NaN]]));
  race.dispose();
});

test('two blocks swapped twice, and a block reset that never learnt, are as they were', async () => {
  const swap = { kind: 'swap', block: 5, other: 6 } as const;
  const twice = await errorsTogether(tinySubject(RESIDUAL, 5), [swap, swap]);
  expect(twice.errors).toEqual(twice.before);
  const fresh = await errorsTogether(tinySubject(RESIDUAL, 0), [{ kind: 'reset', block: 4 }]);
  expect(fresh.errors).toEqual(fresh.before);
});

test('random lesions: more and more at once, no block twice, the same for the same seed', async () => {
  const request = { study: 'random', kind: 'branch', statistics: BATCH, most: 20, trials: 3, seed: 4 } as const;
  const found = await study(tinySubject(RESIDUAL, 2), request);
  if (found.study !== 'random') expect.fail();
  expect(found.curve.map(({ count }) => count)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(found.of).toBe(9);
  for (const { count, trials } of found.curve) {
    expect(trials).toHaveLength(3);
    for (const { lesions } of trials) expect(new Set(lesions.map(({ block }) => block)).size).toBe(count);
  }
  expect(await study(tinySubject(RESIDUAL, 2), request)).toEqual(found);
  const other = await study(tinySubject(RESIDUAL, 2), { ...request, seed: 5 });
  expect(other).not.toEqual(found);
});

test('random swaps follow each other, of any two blocks alike', async () => {
  const request = { study: 'random', kind: 'swap', statistics: BATCH, most: 3, trials: 2, seed: 1 } as const;
  const found = await study(tinySubject(RESIDUAL, 1), request);
  if (found.study !== 'random') expect.fail();
  expect(found.of).toBe(3);
  const pairs = found.curve.flatMap(({ trials }) => trials.flatMap(({ lesions }) => lesions));
  expect(pairs).toHaveLength(2 * (1 + 2 + 3));
  const stages = [new Set([1, 2, 3]), new Set([5, 6]), new Set([8, 9])];
  for (const lesion of pairs) {
    if (lesion.kind !== 'swap') expect.fail();
    expect(stages.some((stage) => stage.has(lesion.block) && stage.has(lesion.other))).toBe(true);
  }
});

test('pairs that can be swapped are found in one pass over the nodes, however many blocks there are', () => {
  const subject = tinySubject(RESIDUAL, 0);
  let passes = 0;
  const { nodes } = subject.graph;
  const graph: Subject['graph'] = {
    ...subject.graph,
    get nodes() {
      passes += 1;
      return nodes;
    },
  };
  expect(new LesionChooser({ ...subject, graph }, 'swap', 1).choose(2)).toHaveLength(2);
  expect(lesionsOf({ ...subject, graph }, 'swap')).toHaveLength(4);
  expect(passes).toBe(2);
  subject.weights.dispose();
});

test.each([
  [{ kind: 'branch', block: 10 }, 'lesion: block 10 is not one of 1 to 9'],
  [{ kind: 'swap', block: 1, other: 4 }, 'lesion: blocks 1 and 4 have different shapes and cannot be swapped'],
] as const)('%j is refused', async (lesion, sentence) => {
  const subject = tinySubject(RESIDUAL, 0);
  const asked = studyLesions(subject, { study: 'together', lesions: [lesion], statistics: BATCH }, AT_ONCE);
  await expect(asked).rejects.toThrow(sentence);
  subject.weights.dispose();
});
