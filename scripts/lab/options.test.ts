import { describe, expect, it } from 'vitest';
import { LESION_KINDS } from '../../src/core/results/lesion.ts';
import { chooseExperiment } from './experiment.ts';
import { parseOptions } from './options.ts';

function options(...argv: string[]) {
  const parsed = parseOptions(argv);
  if (parsed === null) throw new Error('help');
  return parsed;
}

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(options()).toEqual({ preset: 'degradation', seeds: 1, jobs: 1, backend: 'auto', preview: false });
  });

  it.each([
    [['--preset', 'deeep'], /^--preset: "deeep" is not one of degradation, deep,/],
    [['--steps', '0'], /^--steps: 0 is not a whole number from 1 to 1000000$/],
    [['--steps', 'NaN'], /^--steps: "NaN" is not a whole number/],
    [['--seeds', '1.5'], /^--seeds: "1.5" is not a whole number/],
    [['--seeds', '101', '--json', 'a.json'], /^--seeds: 101 runs are more than the page opens in a file, 100; /],
    [['--trb-every', '-1'], /^--trb-every: "-1" is not a whole number/],
    [['--trb-at', '3,x'], /^--trb-at: "x" is not a whole number/],
    [['--size', '12'], /^--size: 12 is not one of 8, 16, 32, 48, 64$/],
    [['--backend', 'cuda'], /^--backend: "cuda" is not one of auto, webgpu, wasm, cpu$/],
    [['--task', 'colour'], /^--task: "colour" is not one of designer, group$/],
    [['--data', 'cifar10-bin='], /^--data: it names no file and no folder$/],
    [['--level', '0'], /^--level: 0 is not a whole number from 1 to 100$/],
    [['--preview'], /^--preview: it is about images of your own, --data PATH; give that, too$/],
    [['--preview', '--data', 'cifar10-bin=/x'], /^--preview: it is about images of your own/],
    [['--set', 'train'], /^--set: it is about images of your own/],
    [['--level', '2'], /^--level: it is about images of your own/],
    [['--random', '3'], /^--random: it is about --lesion KINDS; give that, too$/],
    [['--lesion', 'branch,stem'], /^--lesion: "stem" is not all or one of branch, shortcut, swap, reset$/],
    [['--probe', 'gradient'], /^--probe: "gradient" is not all or one of gradients, /],
    [['--presets', 'deep'], /^unknown option '--presets' \(Did you mean --preset\?\)$/],
    [['deep'], /^too many arguments/],
    [['--steps'], /argument missing$/],
  ])('refuses %j in one sentence', (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(message);
  });
});

describe('what is measured inside the nets', () => {
  it('is all that there is, or what is named', () => {
    expect(options('--lesion', 'all').lesion).toEqual(LESION_KINDS);
    expect(options('--probe', 'paths,gradients').probe).toEqual(['paths', 'gradients']);
  });
});

describe('the experiment', () => {
  it('is the preset with what the options change', async () => {
    const chosen = await chooseExperiment(options('--preset', 'tiny', '--steps', '7', '--task', 'group'));
    expect(chosen.until).toBe(7);
    expect(chosen.data).toEqual({ source: 'emoji', task: 'group', size: 8, version: 2 });
    expect(chosen.lanes.map(({ name }) => name)).toEqual(['plain-8', 'plain-32', 'ResNet-32']);
  });

  it('is about CIFAR-10 where its folder is given', async () => {
    const chosen = await chooseExperiment(options('--data', 'cifar10-bin=/x', '--size', '32'));
    expect(chosen.data).toEqual({ source: 'cifar10', size: 32 });
  });

  it('cannot sort CIFAR-10 as the emoji are', async () => {
    await expect(chooseExperiment(options('--data', 'cifar10-bin=/x', '--task', 'group'))).rejects.toThrow(/^--task: /);
  });
});
