import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { nameLanes } from '../../core/experiment/experiment.ts';
import { makeNet } from '../../core/net/net.ts';
import { makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { LESION_KINDS, LESION_STATISTICS, type LesionRequest } from '../../core/results/lesion.ts';
import { PROBE_NAMES, PROBES, type ProbeRequest } from '../../features/insight/probes/probes.ts';
import {
  addBranch,
  PLAIN,
  PROJECTED,
  RESIDUAL,
  runRounds,
  tinyExperiment,
  tinyRace,
} from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import type { Race } from '../training/race.ts';
import { AT_ONCE } from './measurement.ts';

const NETS = [PLAIN, RESIDUAL, PROJECTED, makeNet('residual', 11, { width: 1, block: 'bottleneck' })];

/** Small, so that every probe can be made many times. */
const REQUESTS: readonly ProbeRequest[] = PROBE_NAMES.map((name) => {
  if (name === 'landscape') return { ...PROBES[name].defaults, points: 3, images: 8 };
  if (name === 'shattering') return { ...PROBES[name].defaults, lines: 1, points: 70 };
  return PROBES[name].defaults;
});

const STUDIES: readonly LesionRequest[] = [
  ...LESION_KINDS.map((kind) => ({ study: 'sweep', kind, statistics: LESION_STATISTICS }) as const),
  { study: 'random', kind: 'branch', statistics: ['batch'], most: 2, trials: 2, seed: 1 },
  { study: 'together', lesions: [{ kind: 'shortcut', block: 2 }], statistics: ['running'] },
];

/** Everything that there is to ask of a lane, one after the other. */
async function askAll(race: Race, lane: string, turn: () => Promise<void>): Promise<void> {
  for (const request of REQUESTS) await race.insight(lane).probe(request, { ...AT_ONCE, turn });
  for (const request of STUDIES) await race.insight(lane).lesion(request, { ...AT_ONCE, turn });
}

/** Fields that may be null: a landscape's share of a path, where its directions are random. */
const MAY_BE_NULL = ['explained'];

/** The places in an answer at which there is no finite number, or none at all where one belongs. */
function withoutNumber(value: unknown, place = ''): readonly string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${place}: ${value}`];
  if (value === null || value === undefined) {
    return MAY_BE_NULL.includes(place.split('.').at(-1) ?? '') ? [] : [`${place}: ${value}`];
  }
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, each]) => withoutNumber(each, `${place}.${key}`));
}

describe.each(['cpu', 'wasm'] as const)('looking into lanes on %s', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  // Plain JavaScript is slow.
  const nets = backend === 'cpu' ? [RESIDUAL] : NETS;
  const lanes = nameLanes(nets).map(({ name }) => name);

  test('leaves no tensor behind', async () => {
    const race = tinyRace(tinyExperiment(nets));
    await runRounds(race, 2);
    const before = memory().numTensors;
    for (const lane of lanes) await askAll(race, lane, AT_ONCE.turn);
    expect(memory().numTensors).toBe(before);
    race.dispose();
  });

  test
    .runIf(backend === 'wasm')
    .each([
      makeVgg(16, { width: 1 }),
      makeAlexNet({ width: 2 }),
      makeGoogLeNet({ width: 1, form: 'pytorch' }),
      makeImageNetNet('residual', 18, { width: 1 }),
    ])('answers of every kind of net ($design)', async (net) => {
    const race = tinyRace(tinyExperiment([net]));
    await runRounds(race, 1);
    const [name = ''] = nameLanes([net]).map((lane) => lane.name);
    const before = memory().numTensors;
    for (const request of REQUESTS) {
      // Without blocks there is none whose features could be shown.
      if (request.name === 'features' && net.gains.length === 0) continue;
      const found = await race.insight(name).probe(request, AT_ONCE);
      expect(withoutNumber(found)).toEqual([]);
    }
    for (const request of STUDIES.slice(0, LESION_KINDS.length))
      expect(withoutNumber(await race.insight(name).lesion(request, AT_ONCE))).toEqual([]);
    expect(memory().numTensors).toBe(before);
    race.dispose();
  });

  test('leaves no tensor behind where it is withdrawn', async () => {
    const race = tinyRace(tinyExperiment([RESIDUAL]));
    await runRounds(race, 1);
    const before = memory().numTensors;
    const asked = [
      ...REQUESTS.map(
        (request) => (turn: () => Promise<void>) => race.insight('ResNet-8').probe(request, { ...AT_ONCE, turn }),
      ),
      ...STUDIES.map(
        (request) => (turn: () => Promise<void>) => race.insight('ResNet-8').lesion(request, { ...AT_ONCE, turn }),
      ),
    ];
    let withdrawn = 0;
    for (const ask of asked) {
      for (const after of [1, 2, 5]) {
        let turns = 0;
        const turn = () => (++turns >= after ? Promise.reject(new Error('withdrawn')) : Promise.resolve());
        await ask(turn).catch((error: unknown) => {
          expect(String(error)).toContain('withdrawn');
          withdrawn += 1;
        });
        expect(memory().numTensors).toBe(before);
      }
    }
    expect(withdrawn).toBeGreaterThan(20);
    race.dispose();
  });

  test('as they were at step 0 finds what was found there, also where one was grown since', async () => {
    const race = tinyRace(tinyExperiment([RESIDUAL]));
    const asked = ['gradients', 'responses', 'branches'] as const;
    const ask = (insight: () => ReturnType<Race['insight']>) =>
      Promise.all(asked.map((name) => insight().probe(PROBES[name].defaults, AT_ONCE)));
    const there = await ask(() => race.insight('ResNet-8'));
    await runRounds(race, 2);
    race.setGains('ResNet-8', [{ block: 2, gain: 0 }]);
    await runRounds(race, 1);
    const grown = await addBranch(race, 'ResNet-8', 'grown');
    const before = memory().numTensors;
    expect(await ask(() => race.insightAtStart('ResNet-8'))).toEqual(there);
    expect(await ask(() => race.insightAtStart(grown))).toEqual(there.map((found) => ({ ...found, lane: grown })));
    expect(memory().numTensors).toBe(before);
    race.dispose();
  });

  test('while they train leaves their curves as they are, to the last bit', async () => {
    const untouched = tinyRace(tinyExperiment(nets));
    const curves = (await runRounds(untouched, 30)).points;
    const snapshot = await untouched.snapshot();
    untouched.dispose();

    const probed = tinyRace(tinyExperiment(nets));
    let rounds = 0;
    const turn = async () => {
      if (rounds < 30) probed.round();
      rounds += 1;
    };
    for (const lane of lanes) await askAll(probed, lane, turn);
    expect(rounds).toBeGreaterThan(30);
    expect((await probed.report()).points).toEqual(curves);
    expect(await probed.snapshot()).toEqual(snapshot);
    probed.dispose();
  });
});
