import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyNet } from '../../testing/any-net.ts';
import { differences } from '../experiment/comparison.ts';
import { nameLanes } from '../experiment/experiment.ts';
import { ExperimentError } from '../experiment/parse/parse.ts';
import { PRESETS } from '../experiment/presets.ts';
import type { SavedRun } from './run.ts';
import { parseRunFile, runFile } from './run-file.ts';

const RUN: SavedRun = {
  id: 'a',
  name: 'mine',
  startedAt: 7,
  experiment: PRESETS.twins,
  device: { backend: 'wasm', adapter: '2 threads' },
  step: 2,
  curves: [
    {
      lane: 'plain-20',
      errors: Float32Array.of(75, 50.5),
      losses: Float32Array.of(1.5, 1.25),
      tests: [{ lane: 'plain-20', step: 2, error: 60 }],
      divergedAt: null,
    },
  ],
};
const read = (text: string) => parseRunFile(text, 'run.json', 9, () => 'new');

test('a run comes out of its file as it went in, under another id', () => {
  expect(read(runFile(RUN))).toEqual([{ ...RUN, id: 'new' }]);
});

test('so does a run of whatever nets the lab can make', () => {
  fc.assert(
    fc.property(anyNet, (net) => {
      const lanes = nameLanes([net, net]);
      const curves = lanes.flatMap(({ name }) =>
        RUN.curves.map((curve) => ({ ...curve, lane: name, tests: [{ lane: name, step: 2, error: 60 }] })),
      );
      const run: SavedRun = { ...RUN, experiment: { ...RUN.experiment, lanes }, curves };
      expect(read(runFile(run))).toEqual([{ ...run, id: 'new' }]);
    }),
  );
});

test('a longer name than a person may type is cut', () => {
  expect(read(runFile({ ...RUN, name: 'm'.repeat(121) }))).toEqual([{ ...RUN, id: 'new', name: 'm'.repeat(60) }]);
});

test('the losses of a net that diverged come out as they went in, up to the largest there is', () => {
  const largest = Math.fround(3.4028234e38);
  const losses = Float32Array.of(2.5, 3e9, largest, Number.NaN);
  const curves = RUN.curves.map((curve) => ({
    ...curve,
    errors: Float32Array.of(90, 90, 90, 90),
    losses,
    divergedAt: 4,
  }));
  const run: SavedRun = { ...RUN, step: 4, curves };
  expect(read(runFile(run))).toEqual([{ ...run, id: 'new' }]);
});

test('a run says with which SIMD it was computed; a file of before that was recorded opens, an unknown one is refused', () => {
  const run: SavedRun = { ...RUN, device: { backend: 'wasm', adapter: '2 threads', simd: 'relaxed' } };
  expect(read(runFile(run))[0]?.device).toEqual(run.device);
  expect(read(runFile(RUN))[0]?.device).toEqual(RUN.device);
  expect(() => read(runFile(run).replace('"relaxed"', '"faster"'))).toThrow('run.json is wrong at device.simd');
});

test('what the terminal wrote is one run a seed', () => {
  const curves = { step: [0, 1], trainError: [70, null], loss: [1, 2], testError: [{ step: 2, error: null }], trb: [] };
  const lane = { name: 'plain-20', trb: null, testError: null, divergedAt: 2, curves };
  const lab = {
    device: RUN.device,
    experiment: PRESETS.twins,
    majority: 70,
    runs: [1, 2].map((seed) => ({ seed, lanes: [lane] })),
  };
  const runs = read(JSON.stringify(lab));
  expect(runs.map(({ experiment, step }) => [experiment.recipe.seed, step])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect(runs[0]?.curves[0]?.errors).toEqual(Float32Array.of(70, Number.NaN));
});

test('a file that is none is refused with the field', () => {
  expect(() => read('{')).toThrow('run file: run.json is not JSON; it may be cut short; choose one that');
  expect(() => read('[]')).toThrow('run.json is wrong at format');
  const wrong = JSON.parse(runFile(RUN));
  expect(() => read(JSON.stringify({ ...wrong, version: 2 }))).toThrow('is wrong at version');
  expect(() =>
    read(JSON.stringify({ ...wrong, experiment: { lanes: [{ net: { family: 'plain', depth: 9 } }] } })),
  ).toThrow('run file: run.json: experiment.lanes.0.net.depth: 9 is not 6n + 2');
});

describe('curves that no net could have are refused, and named', () => {
  type Lane = { name: string; divergedAt: number | null; trainError: unknown[]; loss: unknown[]; testError: unknown[] };
  const own: { lanes: Lane[] } = JSON.parse(runFile(RUN));
  const [lane = { name: '', divergedAt: null, trainError: [], loss: [], testError: [] }] = own.lanes;
  const withLanes = (...lanes: readonly Lane[]) => JSON.stringify({ ...own, lanes });
  const asLab = (...lanes: readonly Lane[]) =>
    JSON.stringify({
      device: null,
      experiment: RUN.experiment,
      runs: [{ seed: 1, lanes: lanes.map(({ name, divergedAt, ...curves }) => ({ name, divergedAt, curves })) }],
    });
  test.each<[string, readonly Lane[], string]>([
    ['twice', [lane, lane], 'run.json has the curve of "plain-20" twice; choose one that this page'],
    ['of no net', [{ ...lane, name: 'zz' }], 'has the curve of "zz", which is none of its nets'],
    ['uneven', [{ ...lane, loss: [1, 2, 3] }], 'with 2 errors and 3 losses; each step must have one of each'],
    ['over 100%', [{ ...lane, trainError: [900_000, 3] }], 'is wrong at'],
    ['below 0', [{ ...lane, trainError: [-1, 3] }], 'is wrong at'],
    ['as texts', [{ ...lane, loss: ['1', '2'] }], 'is wrong at'],
    ['tested over 100%', [{ ...lane, testError: [{ step: 1, error: 101 }] }], 'is wrong at'],
    [
      'tested backwards',
      [
        {
          ...lane,
          testError: [
            { step: 9, error: 1 },
            { step: 1, error: 2 },
          ],
        },
      ],
      'with a test after step 1 listed behind one after step 9',
    ],
    ['diverged later than it trained', [{ ...lane, divergedAt: 9 }], 'which diverged in step 9 but has 2 steps'],
  ])('%s', (_, lanes, sentence) => {
    expect(() => read(withLanes(...lanes))).toThrow(ExperimentError);
    expect(() => read(withLanes(...lanes))).toThrow(sentence);
    expect(() => read(asLab(...lanes))).toThrow(sentence);
  });

  test('infinite numbers and JSON that is very deep', () => {
    expect(() => read(withLanes(lane).replace('1.25', '1e999'))).toThrow('is wrong at lanes.0.loss.1');
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(() => read(deep)).toThrow(ExperimentError);
    expect(() => read(JSON.stringify({ ...own, experiment: 7 }).replace('7', deep))).toThrow(ExperimentError);
    const [run] = read(
      JSON.stringify({ ...own, device: { ...RUN.device, more: 7 } }).replace('"more":7', `"more":${deep}`),
    );
    expect(run?.device).toEqual(RUN.device);
  });

  test('but a curve of a net that has gone is left out of the file that is written', () => {
    const curves = RUN.curves.flatMap((curve) => [curve, { ...curve, lane: 'gone' }]);
    expect(read(runFile({ ...RUN, curves }))).toEqual([{ ...RUN, id: 'new' }]);
  });
});

test('whatever JSON it is, it is taken or refused by a sentence', () => {
  const whole = JSON.parse(runFile(RUN));
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(-1, 1e300, '__proto__', null, [[]]));
  const fields = fc.constantFrom(...Object.keys(whole), 'runs', 'seed', '__proto__');
  const changed = fc
    .array(fc.tuple(fields, odd), { maxLength: 3 })
    .map((changes) => ({ ...whole, ...Object.fromEntries(changes) }));
  const lane = fc.record(
    { name: odd, divergedAt: odd, trainError: odd, loss: odd, testError: odd },
    { requiredKeys: [] },
  );
  const lanes = fc.array(lane, { maxLength: 2 }).map((each) => ({ ...whole, lanes: each }));
  const text = fc.oneof(changed, lanes, fc.jsonValue()).map((json) => JSON.stringify(json));
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (written) => {
      try {
        expect(read(written).length).toBeGreaterThan(0);
      } catch (error) {
        if (!(error instanceof ExperimentError)) throw error;
      }
    }),
    { numRuns: 10_000 },
  );
});

test('a run is named by what makes it different', () => {
  const { twins } = PRESETS;
  const other = { ...twins, recipe: { ...twins.recipe, learningRate: 0.1, augment: false } };
  expect(differences(twins, twins)).toEqual([]);
  expect(differences(twins, other)).toEqual(['learningRate', 'augment']);
});
