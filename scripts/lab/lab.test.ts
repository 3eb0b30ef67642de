import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, describe, expect, it } from 'vitest';
import { pngOf } from '../../src/testing/data/true-formats.ts';
import { LabError } from './error.ts';
import { lab } from './lab.ts';
import { type LabOptions, parseOptions } from './options.ts';
import { deviceSchema, seedRunSchema } from './record.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lab-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An experiment on a person's images, which are in a browser, at a size that built-in ones do not have. */
const WITH_IMAGES = {
  data: { source: 'own', name: 'pets', hash: 'a'.repeat(64), size: 48, made: 48 },
  lanes: [{ net: { family: 'plain', depth: 8 } }],
};

/** A net that starts from a file, which is in a browser. */
const WITH_WEIGHTS = {
  data: { source: 'emoji', size: 8 },
  lanes: [{ net: { family: 'plain', depth: 8, width: 2 }, start: { file: 'a.safetensors', hash: 'a'.repeat(64) } }],
};

function runLab(...argv: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/lab.ts', ...argv], { cwd: root, encoding: 'utf8' });
}

function optionsOf(argv: readonly string[]): LabOptions {
  const options = parseOptions([...argv, '--lang', 'en']);
  if (options === null) throw new Error('the options ask for help');
  return options;
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the lab', () => {
  it.each([
    [['--data', 'cifar10-bin=/nowhere'], '--data: /nowhere is not a folder'],
    [['--json', '/nowhere/out.json'], '--json: there is no folder /nowhere'],
    [['--experiment', '/nowhere.json'], '--experiment: /nowhere.json cannot be read'],
    [['--experiment', file('no.json', '{')], 'is not JSON'],
    [['--experiment', file('depth.json', '{"lanes":[{"net":{"family":"plain","depth":9}}]}')], '9 is not 6n + 2'],
    [['--experiment', file('none.json', '{"lanes":[]}')], 'experiment: there is no net in it'],
    [['--experiment', file('own.json', JSON.stringify(WITH_IMAGES))], 'are in a browser; give others with --data'],
    [
      ['--data', `cifar10-bin=${folder}`, '--experiment', file('own.json', JSON.stringify(WITH_IMAGES))],
      'experiment: its size: 48 is not one of 8, 16, 32',
    ],
  ])('refuses %j with one sentence', async (argv, sentence) => {
    const refusal = await (async () => lab(optionsOf(argv)))().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(LabError);
    expect(String(refusal)).toContain(sentence);
    expect(String(refusal).split('\n')).toHaveLength(1);
  });

  it.each([
    [['--steps', '0'], /^lab: --steps: 0 is not a whole number from 1 to 1000000\n$/],
    [['--data', `cifar10-bin=${folder}`], /^lab: CIFAR-10: there is neither test_batch.bin nor .*\n$/],
    [['--experiment', file('weights.json', JSON.stringify(WITH_WEIGHTS))], /^lab: weights file: a\.safetensors .*\n$/],
  ])('tells a refusal in one sentence with status 2, also that of a seed’s process: %j', (argv, sentence) => {
    const { status, stderr } = runLab(...argv);
    expect(stderr).toMatch(sentence);
    expect(status).toBe(2);
  });

  it('prints what is in a path as JSON and nothing else, or one sentence with status 1', () => {
    const pets = mkdtempSync(join(folder, 'pets-'));
    for (const name of ['cat', 'dog']) {
      mkdirSync(join(pets, name));
      for (const n of [1, 2, 3]) writeFileSync(join(pets, name, `${n}.png`), pngOf(n, n, name === 'cat' ? 9 : 90));
    }
    writeFileSync(join(pets, 'notes'), 'hello');
    const { status, stdout, stderr } = runLab('--data', pets, '--preview');
    expect([status, stderr, JSON.parse(stdout)]).toEqual([
      0,
      '',
      {
        kind: 'images',
        classes: ['cat', 'dog'].map((name) => ({ name, train: 2, test: 1 })),
        skipped: [{ file: `${basename(pets)}/notes`, reason: 'a text file' }],
        notes: [],
      },
    ]);
    const refused = runLab('--data', join(pets, 'cat'), '--preview');
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toMatch(/^lab: data set: cat has only one class of images; .*\n$/);
    // A longer name than an experiment may give its images.
    const long = join(folder, 'x'.repeat(61));
    renameSync(pets, long);
    const trained = runLab('--data', long, '--preset', 'tiny', '--steps', '2', '--json', join(folder, 'pets.json'));
    expect(trained.status).toBe(0);
    const { experiment } = JSON.parse(readFileSync(join(folder, 'pets.json'), 'utf8'));
    expect(experiment.data).toMatchObject({ source: 'own', name: 'x'.repeat(60), size: 8 });
    expect(experiment.recipe.batch).toBe(4);
  });

  it('trains, shows a table and writes what it measured', () => {
    const json = join(folder, 'out.json');
    const lanes = '[{"net":{"family":"plain","depth":8,"width":2}},{"net":{"family":"residual","depth":8,"width":2}}]';
    const experiment = file('small.json', `{"data":{"source":"emoji","size":8},"lanes":${lanes},"until":2}`);
    const inside = ['--lesion', 'branch', '--random', '2', '--trb-at', '1', '--probe', 'gradients,features'];
    const { status, stdout } = runLab(
      '--experiment',
      experiment,
      '--seeds',
      '2',
      '--jobs',
      '2',
      '--json',
      json,
      ...inside,
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ResNet-8 - plain-8 .*\d/m);
    expect(stdout).toMatch(/^plain-8 +branch +\d+\.\d +[+-]\d/m);
    expect(stdout).toMatch(/^plain-8 +gradients +0 +\d/m);
    expect(stdout).toMatch(/^several lesions: error +intact +1 +2$/m);
    expect(stdout).toMatch(/^trb after step +1 +2$/m);
    const schema = v.object({
      device: deviceSchema,
      majority: v.number(),
      experiment: v.object({ until: v.literal(2) }),
      runs: v.array(seedRunSchema),
    });
    const { device, runs } = v.parse(schema, JSON.parse(readFileSync(json, 'utf8')));
    expect(device.backend === 'wasm').toBe(device.simd !== undefined);
    expect(runs.map(({ seed }) => seed)).toEqual([1, 2]);
    for (const { insight } of runs) {
      expect(insight.lesions.map(({ lane, step, bars }) => [lane, step, bars.length])).toEqual([
        ['plain-8', 2, 3],
        ['ResNet-8', 2, 3],
      ]);
      expect(insight.random.map(({ curve }) => curve.map(({ trials }) => trials.length))).toEqual([
        [4, 4],
        [4, 4],
      ]);
      const probes = insight.probes.map(({ name, lane, step }) => `${lane} ${name} ${step}`);
      const each = (step: number) =>
        ['plain-8', 'ResNet-8'].flatMap((lane) => [`${lane} gradients ${step}`, `${lane} features ${step}`]);
      expect(probes).toEqual([...each(0), ...each(2)]);
      expect(insight.probes[1]).toHaveProperty('filters.values.length', 3 * 3 * 3 * 2);
    }
    expect(runs[0]?.lanes[0]?.curves.loss).not.toEqual(runs[1]?.lanes[0]?.curves.loss);
  });
});
