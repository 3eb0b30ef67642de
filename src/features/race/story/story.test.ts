import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import { parseExperiment } from '../../../core/experiment/parse/parse.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { storyCaveat, storyClaims, storyParts } from './story.ts';
import { type MeasuredLane, storyRace } from './story-race.ts';

/** Lanes at a step, each at one error all the time. */
function at(step: number, errors: Readonly<Record<string, number>>): readonly MeasuredLane[] {
  return Object.entries(errors).map(([name, error]) => ({ name, steps: step, diverged: false, errorAt: () => error }));
}

/** A lane with the mean errors of the last times that the story looks at, newest last. */
function held(name: string, step: number, ...errors: readonly number[]): MeasuredLane {
  const errorAt = (asked: number) => errors[errors.length - 1 - (step - asked) / 10] ?? errors[0] ?? null;
  return { name, steps: step, diverged: false, errorAt };
}

function tell(experiment: Experiment, measured: readonly MeasuredLane[]): string {
  return storyParts(storyClaims(storyRace(experiment, measured)))
    .map(({ text }) => text)
    .join('');
}

const { degradation, twins, tiny } = PRESETS;

/** The race of the preset with surgery of all blocks of a lane. */
function changed(...changes: readonly (readonly [lane: string, step: number, gain: number, blocks?: number])[]) {
  return {
    ...degradation,
    surgery: changes.flatMap(([lane, step, gain, blocks = 15]) =>
      Array.from({ length: blocks }, (_, index) => ({ step, lane, block: index + 1, gain })),
    ),
  };
}

function nets(...lanes: readonly object[]): Experiment {
  return parseExperiment({ lanes: lanes.map((net) => ('net' in net ? net : { net })) });
}

describe('the story', () => {
  test('before the first step says what to do', () => {
    const press = 'Press Train. All nets see the same images in the same order.';
    expect(tell(degradation, at(0, { 'plain-8': 0, 'plain-32': 0, 'ResNet-32': 0 }))).toBe(press);
  });

  test('of one net compares nothing', () => {
    const one = 'One net races alone. Add another to compare it with.';
    expect(tell(nets({ family: 'plain', depth: 8 }), at(100, { 'plain-8': 70 }))).toBe(one);
  });

  test('is degradation and its cure where both gaps held', () => {
    expect(tell(degradation, at(150, { 'plain-8': 41.6, 'plain-32': 66.1, 'ResNet-32': 45.3 }))).toBe(
      'After 150 steps, 24 more layers made the plain net worse: 66.1% training error against 41.6%. With shortcuts, the same 32 layers reach 45.3%.',
    );
  });

  test('W1: names what was cut and mended, and takes no net for what it was', () => {
    const race = changed(['ResNet-32', 110, 0], ['plain-32', 112, 1]);
    const said = tell(race, at(150, { 'plain-8': 41.6, 'plain-32': 62.9, 'ResNet-32': 51.8 }));
    expect(said).toBe(
      'plain-32 has had all 15 shortcuts since step 112: 62.9% training error then, 62.9% now. ResNet-32 has had none of its 15 shortcuts since step 110: 51.8% training error then, 51.8% now. Unchanged: plain-8 is at 41.6%.',
    );
    expect(said).not.toContain('With shortcuts');
  });

  test('W1: with 10 of 15 shortcuts too, and with all that were mended again', () => {
    const errors = { 'plain-8': 41.6, 'plain-32': 62.9, 'ResNet-32': 51.8 };
    expect(tell(changed(['ResNet-32', 140, 0, 5]), at(150, errors))).toBe(
      'ResNet-32 has had 10 of its 15 shortcuts since step 140: 51.8% training error then, 51.8% now (a mean of 30 steps: give it some more). After 150 steps, 24 more layers made the plain net worse: 62.9% training error against 41.6%.',
    );
    expect(tell(changed(['ResNet-32', 20, 0], ['ResNet-32', 60, 1]), at(150, errors))).toContain(
      'ResNet-32 has had all 15 shortcuts, as at the start, since step 60:',
    );
    expect(tell(changed(['ResNet-32', 20, 0.5]), at(150, errors))).toContain(
      'has had all 15 shortcuts, not at strength 1 since step 20',
    );
    expect(tell(changed(['ResNet-32', 150, 0]), at(150, errors))).toContain(
      'ResNet-32 has none of its 15 shortcuts from the next step on: 51.8% training error so far.',
    );
  });

  test('knows the error at the time of the surgery', () => {
    const mended = { ...held('plain-32', 150), errorAt: (step: number) => (step <= 112 ? 68 : 62.9) };
    const rest = at(150, { 'plain-8': 41.6, 'ResNet-32': 45.3 });
    expect(tell(changed(['plain-32', 112, 1]), [mended, ...rest])).toContain('68.0% training error then, 62.9% now.');
  });

  test('says nothing yet of surgery that is planned for later', () => {
    const said = tell(
      changed(['ResNet-32', 200, 0]),
      at(150, { 'plain-8': 41.6, 'plain-32': 66.1, 'ResNet-32': 45.3 }),
    );
    expect(said).toContain('With shortcuts, the same 32 layers reach 45.3%.');
  });

  test('W2: says so where the twin with shortcuts is no better, or only a little', () => {
    const hot = { ...tiny, recipe: { ...tiny.recipe, learningRate: 1 } };
    expect(tell(hot, at(100, { 'plain-8': 61.9, 'plain-32': 72.4, 'ResNet-32': 73.6 }))).toBe(
      'After 100 steps, 24 more layers made the plain net worse: 72.4% training error against 61.9%. Its twin with shortcuts, ResNet-32, is no better (73.6%): shortcuts do not help here.',
    );
    expect(tell(tiny, at(64, { 'plain-8': 61.9, 'plain-32': 72.4, 'ResNet-32': 69.4 }))).toContain(
      'Its twin with shortcuts, ResNet-32, is at 69.4%: 3.0 points better, and no gap of 5 points has held yet.',
    );
  });

  test.each([
    ['widths', { family: 'plain', depth: 8, width: 16 }, { family: 'plain', depth: 32, width: 4 }],
    [
      'kinds of block',
      { family: 'plain', depth: 11, block: 'bottleneck', width: 4 },
      { family: 'plain', depth: 32, width: 4 },
    ],
    ['options', { family: 'plain', depth: 8, option: 'C' }, { family: 'plain', depth: 32 }],
    ['designs', { design: 'vgg', depth: 19, norm: true }, { design: 'imagenet', family: 'plain', depth: 34 }],
    [
      'blocks of the table for ImageNet',
      { design: 'imagenet', family: 'plain', depth: 34 },
      { design: 'imagenet', family: 'plain', depth: 50 },
    ],
    [
      'starts',
      { net: { family: 'plain', depth: 8 }, start: { file: 'a', hash: 'a'.repeat(64) } },
      { family: 'plain', depth: 32 },
    ],
    [
      'pasts',
      {
        net: { family: 'plain', depth: 8 },
        origin: { lane: 'x', eras: [{ net: { family: 'plain', depth: 8 }, until: 5 }] },
      },
      { family: 'plain', depth: 32 },
    ],
    ['gains', { family: 'plain', depth: 8 }, { family: 'plain', depth: 32, gains: Array(15).fill(1) }],
  ])('T1: nets of different %s are names and numbers alone', (_, a, b) => {
    const race = nets(a, b);
    const [low = '', high = ''] = race.lanes.map(({ name }) => name);
    const said = tell(race, at(150, { [low]: 40, [high]: 60 }));
    expect(said).toMatch(/^After 150 steps: from 40\.0% \(.*\) to 60\.0% \(.*\)\.$/);
    expect(said).toContain(low);
    expect(said).toContain(high);
  });

  test('T1: a ResNet of another width, or one that began with half its shortcuts, is no twin', () => {
    const plain = [
      { family: 'plain', depth: 8 },
      { family: 'plain', depth: 32 },
    ];
    const worse = /^After 150 steps, 24 more layers made the plain net worse: 66\.1% training error against 41\.6%\.$/;
    const measured = at(150, { 'plain-8': 41.6, 'plain-32': 66.1, 'ResNet-32': 45.3 });
    expect(tell(nets(...plain, { family: 'residual', depth: 32, width: 64 }), measured)).toMatch(worse);
    const half = { family: 'residual', depth: 32, gains: Array.from({ length: 15 }, (_, block) => block % 2) };
    expect(tell(nets(...plain, half), measured)).toMatch(worse);
  });

  test('T1: a net that is not what its name says is told with its shortcuts', () => {
    const open = { family: 'plain', depth: 32, gains: Array(15).fill(1) };
    const race = nets({ family: 'plain', depth: 8 }, open);
    expect(tell(race, at(150, { 'plain-8': 41.6, 'plain-32': 43 }))).toBe(
      'After 150 steps no gap of 5 points has held: from 41.6% (plain-8) to 43.0% (plain-32 with all 15 shortcuts).',
    );
  });

  test('is the parting of twins where depth alone says nothing, whichever is behind', () => {
    expect(tell(twins, at(100, { 'plain-20': 70, 'ResNet-20': 60 }))).toBe(
      'After 100 steps, the twins have parted: plain-20 is at 70.0% training error, ResNet-20 at 60.0%.',
    );
    expect(tell(twins, at(100, { 'plain-20': 60, 'ResNet-20': 70 }))).toBe(
      'After 100 steps, the twins have parted: ResNet-20 is at 70.0% training error, plain-20 at 60.0%.',
    );
  });

  test.each([
    ['was too small once', [64, 70, 70, 70]],
    ['is too small now', [70, 70, 70, 62]],
    ['was not yet measured at first', [Number.NaN, 70, 70, 70]],
  ])('is silent about a gap that %s', (_, errors) => {
    const said = tell(twins, [held('plain-20', 100, ...errors), ...at(100, { 'ResNet-20': 60 })]);
    expect(said).toMatch(/^After 100 steps no gap of 5 points has held/);
  });

  test('speaks of a gap of five points, and of none below', () => {
    expect(tell(twins, at(100, { 'plain-20': 65, 'ResNet-20': 60 }))).toContain('parted');
    expect(tell(twins, at(100, { 'plain-20': 64.9, 'ResNet-20': 60 }))).toContain('no gap of 5 points');
  });

  test('does not call a deep net that is ahead worse, and does not deny its lead', () => {
    expect(tell(degradation, at(100, { 'plain-8': 80, 'plain-32': 70, 'ResNet-32': 71 }))).toBe(
      'After 100 steps: from 70.0% (plain-32) to 80.0% (plain-8).',
    );
  });

  test('early on says that it is too early', () => {
    expect(tell(twins, at(59, { 'plain-20': 62, 'ResNet-20': 60 }))).toBe('Step 59: too early to tell the nets apart.');
  });

  test('leaves out nets that diverged or still catch up', () => {
    const [shallow, deep] = at(100, { 'plain-8': 40, 'plain-32': 70 });
    if (shallow === undefined || deep === undefined) expect.unreachable();
    expect(tell(degradation, [shallow, { ...deep, diverged: true }])).toBe(
      'plain-8 is at 40.0% training error; plain-32 diverged.',
    );
    expect(tell(degradation, [shallow, { ...deep, steps: 40 }])).toBe(
      'plain-8 is at 40.0% training error; plain-32 still catches up.',
    );
    expect(tell(degradation, [{ ...shallow, diverged: true }])).toContain('No net trains any more');
  });
});

describe('the line under it', () => {
  test('T2: early on says what the paper found, at both its depths', () => {
    expect(storyCaveat('Twemoji', 73.1, 4999)).toBe(
      'One seed, early in training. Guessing “Twemoji” every time would be wrong 73.1% of the time. In the paper, after full training, plain-56 is a few points behind plain-20; plain-110 hardly learns (error above 60%).',
    );
  });

  test('T2: is not early any more at step 64,000 of the paper’s recipe', () => {
    expect(storyCaveat('cat', 90, 64_000)).toBe(
      'One seed, after 64,000 steps. Guessing “cat” every time would be wrong 90.0% of the time.',
    );
    expect(storyCaveat('cat', 90, 5000, 3)).toMatch(/^Means of 3 seeds, after 5,000 steps\./);
  });
});
