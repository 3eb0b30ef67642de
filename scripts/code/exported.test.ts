import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { encode } from 'fast-png';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Experiment, type GainChange, gainsAt, nameLanes } from '../../src/core/experiment/experiment.ts';
import { PRESETS } from '../../src/core/experiment/presets.ts';
import type { MeanOf, Recipe } from '../../src/core/experiment/recipe.ts';
import { BLOCK_ORDERS, type BlockChoices } from '../../src/core/net/choices.ts';
import { buildGraph } from '../../src/core/net/graph.ts';
import { makeNet, type NetSpec } from '../../src/core/net/net.ts';
import { sizeOf } from '../../src/core/net/node.ts';
import { makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../src/core/net/zoo.ts';
import { normalisationOf, normalise } from '../../src/data/batches/normalise.ts';
import type { Split } from '../../src/data/dataset.ts';
import { readSafetensors, writeSafetensors } from '../../src/data/formats/safetensors.ts';
import { squareOf } from '../../src/data/import/resize.ts';
import { startDevice } from '../../src/engine/device/device.ts';
import { fromStateDict, type NamedTensor, toStateDict, weightsFile } from '../../src/engine/state-dict/state-dict.ts';
import { disposeLabels } from '../../src/engine/training/device-batch.ts';
import { Model } from '../../src/engine/training/model.ts';
import { readTensors } from '../../src/engine/weights/readback.ts';
import { kerasCode, pytorchCode } from '../../src/features/share/code/code.ts';
import { syntheticDataset } from '../../src/testing/data/synthetic.ts';
import { largestDifference } from '../../src/testing/engine/check.ts';
import { goldenBatch } from '../../src/testing/engine/golden.ts';
import {
  addBranch,
  DATASET,
  PROJECTED,
  RESIDUAL,
  runRounds,
  tinyData,
  tinyExperiment,
  tinyRace,
} from '../../src/testing/engine/tiny-race.ts';

/** Debian's, since that is where python3-torch goes; another one by the variable. */
const PYTHON = process.env.EXPORT_PYTHON ?? '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('exported_logits.py', import.meta.url));
const TRAINING = fileURLToPath(new URL('exported_training.py', import.meta.url));
const CLASSES = 4;

function has(library: string): boolean {
  try {
    execFileSync(PYTHON, ['-c', `import importlib.util as u; assert u.find_spec('${library}')`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface Case {
  readonly net: NetSpec;
  readonly size: number;
}

/** A net of an experiment, its weights as a file, images, and what it makes of them. */
interface Saved {
  readonly experiment: Experiment;
  readonly lane: string;
  readonly size: number;
  readonly classes: number;
  readonly images: Float32Array;
  readonly logits: readonly number[];
  readonly weights: Uint8Array;
}

/** A net after some steps, beside an experiment with nothing else. */
async function trained({ net, size }: Case, mean: MeanOf): Promise<Saved> {
  const model = new Model(net, size, CLASSES, 3);
  const batch = goldenBatch({ batch: 6, size, classes: CLASSES });
  for (let step = 0; step < 4; step++) model.step(batch, { rate: 0.03, momentum: 0.9, decay: 1e-4 }).dispose();
  disposeLabels(batch.labels);
  const dict = toStateDict(buildGraph(net, size, CLASSES), await readTensors(model.stateTensors()));
  const recipe = { ...PRESETS.twins.recipe, mean };
  const experiment = { ...PRESETS.twins, recipe, lanes: nameLanes([net]) };
  const lane = experiment.lanes[0]?.name ?? '';
  const answers = await answersOf(model, batch.images);
  return { experiment, lane, size, classes: CLASSES, ...answers, weights: writeSafetensors(dict, { format: 'pt' }) };
}

/** Images as numbers, and what a net makes of them. Disposes of both. */
async function answersOf(model: Model, images: Tensor4D): Promise<Pick<Saved, 'images' | 'logits'>> {
  const logits = model.logits(images, 'running');
  const answers = { images: Float32Array.from(await images.data()), logits: [...(await logits.data())] };
  for (const each of [logits, images, model]) each.dispose();
  return answers;
}

/** A net of a race with surgery, and a branch of it that has other gains, as the page saves them. */
async function racedWithSurgery(): Promise<readonly Saved[]> {
  const alone = tinyExperiment([RESIDUAL]);
  const [source = ''] = alone.lanes.map(({ name }) => name);
  const surgery = [
    { step: 3, lane: source, block: 2, gain: 0 },
    { step: 4, lane: source, block: 1, gain: 0.5 },
  ];
  const race = tinyRace({ ...alone, surgery });
  await runRounds(race, 5);
  const branch = await addBranch(race, source);
  race.setGains(branch, [{ block: 3, gain: 0 }]);
  await runRounds(race, 1);
  const { experiment, step } = race;
  const { size, classes } = tinyData();
  const saved: Saved[] = [];
  for (const lane of [source, branch]) {
    const weights = await race.weights(lane);
    const model = new Model({ ...RESIDUAL, gains: gainsAt(experiment, lane, step) }, size, classes, 1);
    const graph = buildGraph(RESIDUAL, size, classes);
    model.restore(fromStateDict(graph, readSafetensors(weights, lane), lane));
    const batch = goldenBatch({ batch: 6, size, classes });
    disposeLabels(batch.labels);
    saved.push({ experiment, lane, size, classes, ...(await answersOf(model, batch.images)), weights });
  }
  race.dispose();
  return saved;
}

/** Small nets of several kinds of blocks. */
const STEADY: readonly NetSpec[] = [
  RESIDUAL,
  makeNet('plain', 8, { width: 4, choices: { rep: true, slope: 0.1 } }),
  makeNet('residual', 8, { width: 4, choices: { norm: { type: 'group', groups: 2 } } }),
  makeNet('residual', 8, { width: 4, choices: { shortcut: { type: 'highway', bias: -2 } } }),
  makeNet('residual', 8, { width: 4, choices: { shortcut: { type: 'dense', growth: 3 } } }),
];

/**
 * More of them, in which a shift before a norm, or a bias where the classes balance, has no gradient but that of rounding,
 * which equal steps would scale up.
 */
const TRAINED: readonly NetSpec[] = [
  ...STEADY,
  makeNet('residual', 8, { width: 4, option: 'C', choices: { order: 'pre-activation' } }),
  makeNet('residual', 8, {
    width: 4,
    choices: { norm: { type: 'none' }, start: { type: 'fixup' }, shortcut: { type: 'scalar', start: 0.5 } },
  }),
  makeNet('residual', 8, { width: 4, choices: { shortcut: { type: 'concat' } } }),
];

/** Each step has all images, since the files draw their order and their augmentation from other generators. */
const WHOLE: Partial<Recipe> = { batch: 30, augment: false, weightDecay: 0.05 };

/** Projections whose shortcut is cut for two steps, a warm-up and a drop: what the Keras file says it does differently. */
const SCHEDULED: Partial<Recipe> = { ...WHOLE, warmUp: { steps: 1, rate: 0.01 }, drops: [{ step: 3, by: 4 }] };
const CUT: readonly Omit<GainChange, 'lane'>[] = [
  { step: 2, block: 2, gain: 0 },
  { step: 4, block: 2, gain: 0.5 },
];

interface Training {
  readonly net: NetSpec;
  readonly recipe: Partial<Recipe>;
  readonly surgery?: readonly Omit<GainChange, 'lane'>[];
}

/** Runs the script on cases, whose code it writes into files, and resolves with what it says of each. */
function toldOfTraining(cases: readonly Readonly<Record<string, unknown>>[]) {
  const told = execFileSync(PYTHON, [TRAINING], { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 2 ** 26 });
  return v.parse(v.array(v.record(v.string(), v.string())), JSON.parse(told)).map((state) => {
    const floats = (base64: string) => new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
    return new Map(Object.entries(state).map(([name, base64]) => [name, floats(base64)]));
  });
}

const STEPS = 6;

/** The largest difference of the parameters that a race and the file of its experiment have at last, by net. */
async function trainingDifferences(trainings: readonly Training[], codeOf: (experiment: Experiment) => string) {
  const folder = mkdtempSync(join(tmpdir(), 'exported-'));
  const cases: Readonly<Record<string, unknown>>[] = [];
  const ours: ReadonlyMap<string, Float32Array>[] = [];
  for (const [nth, { net, recipe, surgery = [] }] of trainings.entries()) {
    const alone = tinyExperiment([net], recipe);
    const lane = alone.lanes[0]?.name ?? '';
    const race = tinyRace({ ...alone, surgery: surgery.map((change) => ({ ...change, lane })) });
    const files = { code: join(folder, `code${nth}.py`), weights: join(folder, `net${nth}.safetensors`) };
    writeFileSync(files.code, codeOf(race.experiment));
    const { size, classes, classNames, batch } = tinyData(recipe);
    // Not by `race.weights`, which gives the running statistics of other batches where a net's own are too new.
    const about = { net, step: 0, data: alone.data, classNames };
    writeFileSync(files.weights, weightsFile(about, size, (await race.laneSnapshot(lane)).values));
    const { images, labels } = batch(0);
    const sent = { images: Buffer.from(images.buffer).toString('base64'), labels: [...labels] };
    cases.push({ ...files, ...sent, size, classes, steps: STEPS });
    await runRounds(race, STEPS);
    const state = toStateDict(buildGraph(net, size, classes), (await race.laneSnapshot(lane)).values);
    race.dispose();
    // PyTorch averages other variances.
    const compared = state.filter(({ name }) => !name.endsWith('running_var'));
    ours.push(new Map(compared.map(({ name, values }) => [name, values])));
  }
  const theirs = toldOfTraining(cases);
  return ours.map((values, nth) => {
    const differences = [...values].map(([name, value]) => largestDifference(theirs[nth]?.get(name) ?? [], value));
    return Math.max(...differences);
  });
}

/**
 * What the first values of a tensor are like: mean and size of all, and of those in the middle of a window; and how large the
 * products of its filters with each other are, which are 0 where they are orthogonal: halved, as those of few filters vary.
 */
function likeness(values: Float32Array, shape: readonly number[], seeds: number): readonly number[] {
  const window = shape.length === 4 ? (shape[2] ?? 1) * (shape[3] ?? 1) : 1;
  const middle = values.filter((_, at) => at % window === Math.floor(window / 2));
  expect(values).toHaveLength(sizeOf(shape) * seeds);
  const sizes = [values, middle].flatMap((part) => [
    part.reduce((sum, value) => sum + value, 0) / part.length,
    rms(part),
  ]);
  return [...sizes, ...(shape.length === 4 ? [rms(productsOfFilters(values, shape)) / 2] : [])];
}

const rms = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0) / values.length);

/** The products of each two filters of a tensor, over all seeds. */
function productsOfFilters(values: Float32Array, shape: readonly number[]): readonly number[] {
  const [filters = 1] = shape;
  const length = sizeOf(shape) / filters;
  const filter = (at: number) => values.subarray(at * length, (at + 1) * length);
  return Array.from({ length: values.length / length }, (_, one) => one).flatMap((one) => {
    const before = Array.from({ length: one % filters }, (_, back) => one - 1 - back);
    return before.map((other) => filter(one).reduce((sum, value, at) => sum + value * (filter(other)[at] ?? 0), 0));
  });
}

const STARTS: readonly BlockChoices[] = [
  {},
  { shift: -1, lastScale: 0 },
  { start: { type: 'identity', share: 0.1 }, shift: 1 },
  { start: { type: 'orthogonal' } },
  { start: { type: 'delta-orthogonal' } },
  { norm: { type: 'none' }, start: { type: 'fixup' }, shortcut: { type: 'scalar', start: 0.5 } },
  { shortcut: { type: 'highway', bias: -2 } },
  { shortcut: { type: 'dense', growth: 3 }, shift: 1 },
];

const SEEDS = 30;

/** A tensor of all seeds' first values, in PyTorch's layout, by its name. */
async function firstValues(net: NetSpec) {
  const states: (readonly NamedTensor[])[] = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    const model = new Model(net, 8, CLASSES, seed);
    states.push(toStateDict(buildGraph(net, 8, CLASSES), await readTensors(model.stateTensors())));
    model.dispose();
  }
  return (states[0] ?? []).map(({ name, shape }, nth) => {
    return { name, shape, values: Float32Array.from(states.flatMap((state) => [...(state[nth]?.values ?? [])])) };
  });
}

/** Prints how an image is moved by `augmented` of a file: the distinct [down, right, mirrored] of 400 draws, None for others. */
const MOVES = `import json, runpy, sys
import numpy as np
exported = runpy.run_path(sys.argv[1], run_name='exported')
image = 1 + np.arange(3 * 8 * 8, dtype='float32').reshape(8, 8, 3)
if 'torch' in exported:
    torch = exported['torch']
    images = torch.from_numpy(image).permute(2, 0, 1).repeat(400, 1, 1, 1)
    moved = exported['augmented'](images, torch.Generator().manual_seed(1)).permute(0, 2, 3, 1).numpy()
else:
    moved = exported['augmented'](np.stack([image] * 400), np.random.default_rng(1))
def move_of(one):
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            for mirrored in (False, True):
                expected = np.zeros_like(image)
                for y in range(8):
                    for x in range(8):
                        if 0 <= y - down < 8 and 0 <= x - right < 8:
                            expected[y, 7 - x if mirrored else x] = image[y - down, x - right]
                if (one == expected).all():
                    return [down, right, mirrored]
print(json.dumps([json.loads(each) for each in {json.dumps(move_of(one)) for one in moved}]))`;

const CASES: readonly Case[] = [
  { size: 8, net: makeNet('plain', 14, { width: 4 }) },
  { size: 8, net: { ...makeNet('residual', 14, { width: 4 }), gains: [1, 0, 1, 0.5, 1, 2] } },
  { size: 8, net: makeNet('residual', 8, { width: 4, option: 'B' }) },
  { size: 8, net: makeNet('residual', 11, { width: 4, option: 'C', block: 'bottleneck' }) },
  { size: 8, net: makeNet('plain', 8, { width: 4, choices: { start: { type: 'identity', share: 0.1 }, shift: 1 } }) },
  { size: 8, net: makeNet('residual', 8, { width: 4, choices: { start: { type: 'orthogonal' }, lastScale: 0 } }) },
  { size: 8, net: makeNet('plain', 8, { width: 4, choices: { start: { type: 'delta-orthogonal' } } }) },
  ...BLOCK_ORDERS.map((order) => ({ size: 8, net: makeNet('residual', 8, { width: 4, choices: { order } }) })),
  { size: 8, net: makeNet('residual', 8, { width: 4, choices: { norm: { type: 'none' }, order: 'pre-activation' } }) },
  { size: 8, net: makeNet('plain', 8, { width: 4, choices: { norm: { type: 'none' }, slope: 0.5 } }) },
  { size: 8, net: makeNet('residual', 8, { width: 4, choices: { norm: { type: 'none' }, start: { type: 'fixup' } } }) },
  { size: 8, net: makeNet('residual', 8, { width: 4, option: 'B', choices: { span: 1, slope: 0.1 } }) },
  { size: 8, net: makeNet('residual', 11, { width: 4, choices: { span: 3 } }) },
  { size: 8, net: makeNet('residual', 8, { width: 4, choices: { shortcut: { type: 'scalar', start: 0 } } }) },
  { size: 8, net: makeNet('residual', 8, { width: 4, option: 'B', choices: { shortcut: { type: 'concat' } } }) },
  { size: 8, net: makeNet('residual', 8, { width: 4, choices: { shortcut: { type: 'dropout', rate: 0.5 } } }) },
  { size: 8, net: makeNet('residual', 8, { width: 4, choices: { shortcut: { type: 'highway', bias: -2 } } }) },
  { size: 8, net: makeNet('residual', 8, { width: 4, choices: { norm: { type: 'group', groups: 2 }, drop: 0.5 } }) },
  { size: 8, net: makeNet('residual', 8, { width: 4, choices: { shortcut: { type: 'dense', growth: 3 }, shift: 1 } }) },
  { size: 8, net: makeNet('plain', 8, { width: 4, choices: { rep: true, shift: 1 } }) },
  { size: 8, net: makeImageNetNet('plain', 34, { width: 4 }) },
  { size: 8, net: makeImageNetNet('residual', 50, { width: 4, form: 'pytorch' }) },
  { size: 64, net: makeImageNetNet('residual', 18, { width: 2, option: 'A' }) },
  { size: 8, net: makeVgg(19, { width: 4, norm: true }) },
  { size: 16, net: makeVgg(16, { width: 4 }) },
  { size: 8, net: makeAlexNet({ width: 4, form: 'pytorch' }) },
  { size: 64, net: makeAlexNet({ width: 2 }) },
  { size: 8, net: makeGoogLeNet({ width: 4 }) },
  { size: 64, net: makeGoogLeNet({ width: 2, form: 'pytorch' }) },
];

/** Images to be normalised, for half of the nets by a mean of each channel. */
const BYTES = syntheticDataset([0, 1, 2, 0, 1, 2, 0]);
const meanOf = (nth: number): MeanOf => (nth % 2 === 0 ? 'pixel' : 'channel');

const answers = v.array(v.object({ logits: v.array(v.array(v.number())), normalised: v.array(v.number()) }));

describe.each([
  ['PyTorch', 'torch', pytorchCode],
  ['Keras', 'keras', kerasCode],
] as const)('the exported %s file', (_, library, codeOf) => {
  test('holds every name, also one that would end the string in it', () => {
    const [lane] = PRESETS.twins.lanes;
    const name = `'''\nimport os; os.abort()`;
    const code = codeOf({ ...PRESETS.twins, lanes: lane === undefined ? [] : [{ ...lane, name }] });
    expect(code.match(/'''/g)).toHaveLength(2);
    expect(code).toContain('\\u0027\\u0027\\u0027\\nimport os');
  });

  test('makes the designs of its nets, and no others', () => {
    const code = codeOf({ ...PRESETS.twins, lanes: nameLanes([makeVgg(16), makeNet('plain', 8)]) });
    for (const design of ["NETS['vgg'] =", 'NETS[None] =']) expect(code.split(design)).toHaveLength(2);
    for (const design of ["NETS['alexnet']", "NETS['googlenet']", '#: designs']) expect(code).not.toContain(design);
  });

  test.skipIf(!has(library))('gives our logits with the exported weights', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exported-'));
    const made = [
      ...(await Promise.all(CASES.map((each, nth) => trained(each, meanOf(nth))))),
      ...(await racedWithSurgery()),
    ];
    const cases = made.map(({ experiment, images, weights, logits: _, ...about }, nth) => {
      const files = { code: join(folder, `code${nth}.py`), weights: join(folder, `net${nth}.safetensors`) };
      writeFileSync(files.code, codeOf(experiment));
      writeFileSync(files.weights, weights);
      const [floats, bytes] = [Buffer.from(images.buffer), Buffer.from(BYTES.train.images)];
      return { ...files, ...about, images: floats.toString('base64'), bytes: bytes.toString('base64') };
    });
    const told = execFileSync(PYTHON, [SCRIPT], { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 2 ** 24 });
    const theirs = v.parse(answers, JSON.parse(told.trim().split('\n').at(-1) ?? ''));
    const difference = (ours: ArrayLike<number>, others: readonly number[] = []) => {
      expect(others).toHaveLength(ours.length);
      // Far from convergence running statistics may give logits of any size.
      const largest = Math.max(1, ...Array.from(ours, Math.abs));
      return Math.max(...Array.from(ours, (value, at) => Math.abs(value - (others[at] ?? Number.NaN)))) / largest;
    };
    const worst = made.flatMap(({ logits, experiment }, nth) => [
      difference(logits, theirs[nth]?.logits.flat()),
      difference(
        normalise(BYTES.train.images, normalisationOf(BYTES.train, experiment.recipe.mean)),
        theirs[nth]?.normalised,
      ),
    ]);
    expect(Math.max(...worst), `differences: ${worst.join(', ')}`).toBeLessThan(1e-4);
  });

  test.skipIf(!has(library))('trains as the page does, with equal steps too', { timeout: 600_000 }, async () => {
    const trainings = TRAINED.map((net): Training => ({ net, recipe: WHOLE }));
    const equal = STEADY.map((net): Training => ({ net, recipe: { ...WHOLE, equalSteps: true } }));
    const cut: Training = { net: RESIDUAL, recipe: WHOLE, surgery: CUT };
    const differences = await trainingDifferences([...trainings, ...equal, cut], codeOf);
    expect(Math.max(...differences), `differences: ${differences.join(', ')}`).toBeLessThan(1e-4);
  });

  test.skipIf(!has(library))('draws first weights as the page does', { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exported-'));
    const nets = STARTS.map((choices) => makeNet('residual', 8, { width: 4, choices }));
    const cases = nets.map((net, nth) => {
      const code = join(folder, `code${nth}.py`);
      writeFileSync(code, codeOf({ ...PRESETS.twins, lanes: nameLanes([net]) }));
      return { code, size: 8, classes: CLASSES, seeds: SEEDS };
    });
    const theirs = toldOfTraining(cases);
    for (const [nth, net] of nets.entries()) {
      for (const { name, shape, values } of await firstValues(net)) {
        const [ours, others] = [values, theirs[nth]?.get(name) ?? new Float32Array()].map((each) =>
          likeness(each, shape, SEEDS),
        );
        const [, size = 0] = ours ?? [];
        const difference = Math.max(...(ours ?? []).map((each, at) => Math.abs(each - (others?.[at] ?? Number.NaN))));
        // The means of 360 numbers, as in the middle of the stem's windows, differ by 0.07 of their deviation.
        expect(difference, `${JSON.stringify(STARTS[nth])} ${name}`).toBeLessThanOrEqual(0.25 * size);
      }
    }
  });

  test.skipIf(!has(library))('moves images by up to an eighth, and mirrors them or not', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'exported-')), 'code.py');
    writeFileSync(file, codeOf(PRESETS.twins));
    const told = execFileSync(PYTHON, ['-c', MOVES, file], { encoding: 'utf8' });
    const moves: unknown = JSON.parse(told.trim().split('\n').at(-1) ?? '');
    const all = [-1, 0, 1].flatMap((down) =>
      [-1, 0, 1].flatMap((right) => [false, true].map((mirrored) => [down, right, mirrored])),
    );
    expect(moves).toHaveLength(all.length);
    expect(moves).toEqual(expect.arrayContaining(all));
  });
});

test.skipIf(!has('torch'))(
  'in the PyTorch file rates change when the page’s do, and a projection whose shortcut is cut rests',
  { timeout: 120_000 },
  async () => {
    const nets = [...TRAINED, PROJECTED].filter((net) => net.gains.length > 0);
    const trainings = nets.map((net): Training => ({ net, recipe: SCHEDULED, surgery: CUT }));
    const equal: Training = { net: PROJECTED, recipe: { ...SCHEDULED, equalSteps: true }, surgery: CUT };
    const differences = await trainingDifferences([...trainings, equal], pytorchCode);
    expect(Math.max(...differences), `differences: ${differences.join(', ')}`).toBeLessThan(1e-4);
  },
);

/** Prints which share of the steps drops each block's branch. */
const DROPS = `import runpy, sys
exported = runpy.run_path(sys.argv[1], run_name='exported')
torch = exported['torch']
torch.manual_seed(1)
net = exported['make_net'](exported['EXPERIMENT']['lanes'][0]['net'], 8, 4).train()
def share(block):
    x = torch.rand(2, block.conv1.in_channels, 8, 8)
    shortcut = torch.relu(block.downsample(x))
    return sum(torch.equal(block(x), shortcut) for _ in range(600)) / 600
print([share(block) for block in net.blocks])`;

test.skipIf(!has('torch'))('the PyTorch file drops later branches more often, in training', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'exported-')), 'code.py');
  const net = makeNet('residual', 8, { width: 4, choices: { drop: 0.6 } });
  writeFileSync(file, pytorchCode({ ...PRESETS.twins, lanes: nameLanes([net]) }));
  const told = execFileSync(PYTHON, ['-c', DROPS, file], { encoding: 'utf8' });
  const shares = v.parse(v.array(v.number()), JSON.parse(told.trim().split('\n').at(-1) ?? ''));
  expect(shares).toHaveLength(3);
  for (const [at, share] of [0.2, 0.4, 0.6].entries()) expect(Math.abs((shares[at] ?? 0) - share)).toBeLessThan(0.06);
});

/** The images of a split as files of PNG: those of 8 pixels four times as large, as the file makes them smaller again. */
function writeImages(folder: string, { images, labels }: Split, classes: readonly string[]): void {
  const length = 8 * 8 * 3;
  for (const name of classes) mkdirSync(join(folder, name), { recursive: true });
  for (const [nth, label] of labels.entries()) {
    const small = images.subarray(nth * length, (nth + 1) * length);
    const data = Uint8Array.from({ length: 16 * length }, (_, at) => {
      const [y, x, channel] = [Math.floor(at / 96), Math.floor(at / 3) % 32, at % 3];
      return small[(Math.floor(y / 4) * 8 + Math.floor(x / 4)) * 3 + channel] ?? 0;
    });
    writeFileSync(
      join(folder, classes[label] ?? '', `${nth}.png`),
      encode({ width: 32, height: 32, data, channels: 3 }),
    );
  }
}

test.skipIf(!has('torch') || !has('PIL'))(
  'the PyTorch file as a program says what the page says after as many steps',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exported-'));
    // Without running variances, which PyTorch averages otherwise
    const net = makeNet('residual', 8, { width: 4, choices: { norm: { type: 'group', groups: 2 } } });
    const race = tinyRace(tinyExperiment([net], { ...WHOLE, learningRate: 0.01 }));
    const [code, weights] = [join(folder, 'code.py'), join(folder, 'net.safetensors')];
    const lane = race.experiment.lanes[0]?.name ?? '';
    writeFileSync(code, pytorchCode(race.experiment));
    writeFileSync(weights, await race.weights(lane));
    for (const part of ['train', 'test'] as const) writeImages(join(folder, part), DATASET[part], DATASET.classes);
    const { points, tests } = await runRounds(race, 25);
    race.dispose();
    const options = ['--data', folder, '--weights', weights, '--steps', '25'];
    const told = execFileSync(PYTHON, [code, ...options], { encoding: 'utf8' });
    const numbers = [...told.matchAll(/(?:loss|error) ([\d.]+)/g)].map(([, number]) => Number(number));
    const [curve, test] = [points[0], tests.at(-1)];
    expect(test?.step).toBe(25);
    const ours = [curve?.losses[24], curve?.errors[24], test?.error].map((number) => number ?? Number.NaN);
    expect(numbers).toHaveLength(ours.length);
    for (const [nth, digits] of [3, 1, 2].entries()) {
      expect(numbers[nth]).toBeCloseTo(ours[nth] ?? Number.NaN, digits);
    }
  },
);

/** Prints which projections of a block have gradients after a backward pass. */
const GRADIENTS = `import runpy, sys
exported = runpy.run_path(sys.argv[1], run_name='exported')
net = exported['make_net'](exported['EXPERIMENT']['lanes'][0]['net'], 8, 4)
net(exported['torch'].ones(2, 3, 8, 8)).sum().backward()
print([block.downsample[0].weight.grad is not None for block in net.blocks])`;

test.skipIf(!has('torch')).each<BlockChoices>([{}, { shortcut: { type: 'highway', bias: -2 } }])(
  'in the PyTorch file the projection of a shortcut that is cut has no gradient, so that it does not decay: %o',
  (choices) => {
    const file = join(mkdtempSync(join(tmpdir(), 'exported-')), 'code.py');
    const net: NetSpec = { ...makeNet('residual', 8, { width: 4, option: 'C', choices }), gains: [1, 0, 1] };
    writeFileSync(file, pytorchCode({ ...PRESETS.twins, lanes: nameLanes([net]) }));
    const told = execFileSync(PYTHON, ['-c', GRADIENTS, file], { encoding: 'utf8' });
    expect(told.trim().split('\n').at(-1)).toBe('[True, False, True]');
  },
);

/** Makes a folder of images in `sys.argv[2]`, and prints how the file reads it, first without names of classes. */
const FOLDER = `import json, os, runpy, sys
from PIL import Image
exported = runpy.run_path(sys.argv[1], run_name='exported')
folder = sys.argv[2]
def put(path, image):
    os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
    image.save(os.path.join(folder, path))
wide = Image.new('RGB', (80, 40), (10, 20, 30))
wide.paste((255, 0, 0), (0, 0, 20, 40))
put('train/10/wide.png', wide)
put('train/2/clear.png', Image.new('RGBA', (64, 64), (9, 9, 9, 0)))
put('train/b/small.png', Image.new('RGB', (20, 30), (70, 80, 90)))
put('test/b/stripes.png', Image.frombytes('L', (64, 64), bytes([0, 101] * 2048)))
open(os.path.join(folder, 'train', 'b', 'Thumbs.db'), 'w').close()
def told(names):
    train, test, classes = exported['read_folder'](folder, 32, names)
    pixels = [image[16, 16].tolist() for image in (*train[0], *test[0])]
    return [classes, train[1].tolist(), test[1].tolist(), pixels, train[0][-1 if names is None else 0][0, 0].tolist()]
names = exported['classes_of'](sys.argv[3])
print(json.dumps([told(None), told(names)]))
exported['read_folder'](folder, 32, names[:2])`;

test.skipIf(!has('torch') || !has('PIL'))('the files read folders of images as the page does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exported-'));
  const [code, weights] = [join(folder, 'code.py'), join(folder, 'net.safetensors')];
  writeFileSync(code, pytorchCode(PRESETS.twins));
  writeFileSync(weights, writeSafetensors([], { format: 'pt', classNames: JSON.stringify(['b', '10', '2']) }));
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', FOLDER, code, join(folder, 'images'), weights], {
    encoding: 'utf8',
  });
  const [clear, wide, small, stripes] = [
    [255, 255, 255],
    [10, 20, 30],
    [70, 80, 90],
    [51, 51, 51],
  ];
  expect(JSON.parse(stdout)).toEqual([
    // In natural order: 2, 10, b.
    [3, [0, 1, 2], [2], [clear, wide, small, stripes], small],
    [3, [0, 1, 2], [0], [small, wide, clear, stripes], small],
  ]);
  expect(stderr).toContain('images: 2: not one of the classes, which are b, 10');
});

test.skipIf(!has('torch') || !has('PIL')).each([
  [48, 48],
  [28, 28],
  [61, 40],
])('the files resize an image of %i × %i pixels as the page does', (width, height) => {
  const folder = mkdtempSync(join(tmpdir(), 'exported-'));
  const [code, image] = [join(folder, 'code.py'), join(folder, 'image.png')];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * at) % 251);
  writeFileSync(code, pytorchCode(PRESETS.twins));
  writeFileSync(image, encode({ width, height, data, channels: 3, depth: 8 }));
  const print = `import runpy, sys
exported = runpy.run_path(sys.argv[1], run_name='exported')
print(exported['read_image'](sys.argv[2], 32).ravel().tolist())`;
  const told = execFileSync(PYTHON, ['-c', print, code, image], { encoding: 'utf8' });
  expect(JSON.parse(told.trim().split('\n').at(-1) ?? '')).toEqual([...squareOf({ width, height, data }, 32)]);
});

beforeAll(() => startDevice('wasm'));

test('the files say which parameters decay, and do not say that the paper does', () => {
  for (const code of [pytorchCode(PRESETS.twins), kerasCode(PRESETS.twins)]) {
    expect(code).not.toMatch(/as in the paper, scales/i);
    expect(code.replace(/\s+(?:#\s+)?/g, ' ')).toContain('does not say of what');
    expect(code).toMatch(/biased variance/);
  }
});
