import { describe, expect, test } from 'vitest';
import { meanOverSeeds } from '../../../charts/series/seeds.ts';
import type { Series } from '../../../charts/series/series.ts';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import { parseExperiment } from '../../../core/experiment/parse/parse.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { en } from '../../../language/en/catalog.ts';
import { textOf } from '../../../language/joining.ts';
import { speak } from '../../../language/say.ts';
import { zh } from '../../../language/zh/catalog.ts';
import { raceStory } from './race-story.ts';
import { storyOf } from './story.ts';
import { type MeasuredLane, type StoryRace, storyRace } from './story-race.ts';

type Facts = Partial<Pick<StoryRace, 'seeds' | 'majority' | 'hasHidden'>>;

/** Lanes at a step, each at one error all the time. */
function at(step: number, errors: Readonly<Record<string, number>>): readonly MeasuredLane[] {
  return Object.entries(errors).map(([name, error]) => ({ name, steps: step, diverged: 0, errorAt: () => error }));
}

/** A lane with the mean errors of the last times that the story looks at, newest last. */
function held(name: string, step: number, ...errors: readonly number[]): MeasuredLane {
  const errorAt = (asked: number) => errors[errors.length - 1 - (step - asked) / 10] ?? errors[0] ?? null;
  return { name, steps: step, diverged: 0, errorAt };
}

function tell(experiment: Experiment, measured: readonly MeasuredLane[], facts?: Facts): string {
  return textOf(storyOf(storyRace(experiment, measured, facts)).parts);
}

function caveat(experiment: Experiment, measured: readonly MeasuredLane[], facts?: Facts): string {
  return textOf(storyOf(storyRace(experiment, measured, facts)).caveat);
}

/** An experiment that goes on after the step of these tests. */
function longer(experiment: Experiment): Experiment {
  return { ...experiment, until: 100_000 };
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
    const press = 'Press Train. All nets learn from the same pictures in the same order.';
    expect(tell(degradation, at(0, { 'plain-8': 0, 'plain-32': 0, 'ResNet-32': 0 }))).toBe(press);
  });

  test('of one net compares nothing', () => {
    const one = 'There is one net, so there is nothing to compare it with.';
    expect(tell(nets({ family: 'plain', depth: 8 }), at(100, { 'plain-8': 70 }))).toBe(one);
  });

  test('W1: tells what was done to a net that is alone, or the only one left', () => {
    const cut = changed(['ResNet-32', 112, 0]);
    const told = 'At step 112 ResNet-32 lost its shortcuts: 45.3% then, 45.3% now.';
    const kept = 'Weights were kept. Means of the last 30 batches, so a change needs 30 steps to show in full.';
    const alone = { ...cut, lanes: cut.lanes.filter(({ name }) => name === 'ResNet-32') };
    expect(tell(alone, at(150, { 'ResNet-32': 45.3 }))).toBe(told);
    expect(caveat(alone, at(150, { 'ResNet-32': 45.3 }))).toBe(`${kept} One seed, early in training.`);
    const left = at(150, MEASURED).map((lane) => ({ ...lane, diverged: Number(lane.name !== 'ResNet-32') }));
    expect(tell(cut, left)).toBe(`${told} ResNet-32 is at 45.3%; plain-8 and plain-32 diverged.`);
    expect(caveat(cut, left)).toContain(kept);
  });

  test('does not say that a net is alone, or that none trains, where others are not shown', () => {
    const one = nets({ family: 'plain', depth: 8 });
    const race = at(100, { 'plain-8': 70 });
    expect(tell(one, race, { hasHidden: true })).toBe('plain-8 is at 70.0%; the others are not shown.');
    const lost = race.map((lane) => ({ ...lane, diverged: 1 }));
    expect(tell(one, lost, { hasHidden: true })).toContain('The nets that are shown have diverged');
    expect(tell(one, lost)).toContain('No net trains any more');
  });

  test('tells nothing of nets that are all covered', () => {
    const covered = nets({ family: 'plain', depth: 8 });
    expect(tell({ ...covered, lanes: [] }, [], { hasHidden: true })).toBe('The nets are covered.');
    expect(caveat({ ...covered, lanes: [] }, [], { hasHidden: true })).toBe('');
  });

  const MEASURED = { 'plain-8': 41.6, 'plain-32': 66.1, 'ResNet-32': 45.3 };

  test('S2: is degradation and what shortcuts win back, where both gaps held', () => {
    const race = at(150, MEASURED);
    expect(tell(degradation, race)).toBe(
      'The deep plain net ends 25 points worse. Add shortcuts, and the same 32 layers win back 21 of the 25 points.',
    );
    expect(tell(longer(degradation), race)).toBe(
      'The deep plain net is 25 points behind, on the very pictures it learns from. Add shortcuts, and the same 32 layers win back 21 of the 25 points.',
    );
    expect(caveat(degradation, race)).toBe(
      'Wrong after 150 steps: plain-8 41.6%, plain-32 66.1% and ResNet-32 45.3%. One seed, early in training. In the paper, after full training, plain-56 is a few points behind plain-20; plain-110 hardly learns (error above 60%).',
    );
    expect(tell(degradation, at(150, { ...MEASURED, 'ResNet-32': 41.2 }))).toContain('win back all 25 points.');
  });

  test('rounds the gap and the share as they are read: 24.5 of the shown numbers is 25', () => {
    const { parts, claims } = storyOf(
      storyRace(degradation, at(150, { ...MEASURED, 'plain-8': 41.649, 'plain-32': 66.051 })),
    );
    expect(textOf(parts)).toContain('ends 25 points worse');
    expect(claims[0]).toMatchObject({ id: 'deeper-is-worse', values: [150, 25, 66.1, 41.6] });
    expect(parts.filter(({ strong }) => strong)).toEqual([
      { text: '25 points worse', lane: 'plain-32', strong: true },
      { text: 'win back 21 of the 25 points', lane: 'ResNet-32', strong: true },
    ]);
  });

  test('is said in Chinese', () => {
    speak('zh', zh);
    try {
      expect(tell(degradation, at(150, MEASURED))).toBe(
        '较深的普通网络最终差 25 个百分点。加上快捷连接\uff0c同样 32 层的网络追回了 25 个百分点中的 21 个。',
      );
      const race = changed(['ResNet-32', 112, 0], ['plain-32', 112, 1], ['ResNet-32', 175, 1]);
      expect(tell(race, at(150, MEASURED))).toBe(
        '第 112 步\uff0cplain-32 接通了快捷连接\uff1a当时 66.1%\uff0c现在 66.1%。ResNet-32 的快捷连接被切断\uff1a当时 45.3%\uff0c现在 45.3%。',
      );
      expect(caveat(race, at(150, MEASURED))).toContain('已计划\uff1a第 175 步重新接通 ResNet-32 的快捷连接。');
    } finally {
      speak('en', en);
    }
  });

  test('names the deepest and the shallowest of more than two plain nets', () => {
    const race = nets(...[8, 20, 32].map((depth) => ({ family: 'plain', depth })));
    expect(tell(race, at(150, { 'plain-8': 40, 'plain-20': 50, 'plain-32': 60 }))).toBe(
      'The deepest plain net, plain-32, ends 20 points worse than the shallowest, plain-8.',
    );
  });

  test('W1: tells first what was cut and mended, and takes no net for what it was', () => {
    const race = changed(['plain-32', 112, 1], ['ResNet-32', 112, 0], ['ResNet-32', 175, 1]);
    const then: Readonly<Record<string, number>> = { 'plain-8': 45, 'plain-32': 67.8, 'ResNet-32': 48.7 };
    const now: Readonly<Record<string, number>> = { 'plain-8': 41.6, 'plain-32': 62.3, 'ResNet-32': 72 };
    const measured = Object.keys(now).map((name) => ({
      name,
      steps: 150,
      diverged: 0,
      errorAt: (step: number) => (step <= 112 ? then[name] : now[name]) ?? null,
    }));
    expect(tell(race, measured)).toBe(
      'At step 112 plain-32 got its shortcuts: 67.8% then, 62.3% now. ResNet-32 lost its shortcuts: 48.7% then, 72.0% now.',
    );
    expect(caveat(race, measured)).toBe(
      'Wrong after 150 steps: plain-8 41.6%. Weights were kept. Means of the last 30 batches, so a change needs 30 steps to show in full. Planned: ResNet-32 gets its shortcuts back at step 175. One seed, early in training.',
    );
  });

  test('W1: with 10 of 15 shortcuts too, and with all that were mended again', () => {
    expect(tell(changed(['ResNet-32', 140, 0, 5]), at(150, MEASURED))).toBe(
      'Since step 140 ResNet-32 has 10 of its 15 shortcuts: 45.3% then, 45.3% now. The deep plain net ends 25 points worse.',
    );
    expect(tell(changed(['ResNet-32', 20, 0], ['ResNet-32', 60, 1]), at(150, MEASURED))).toContain(
      'At step 60 ResNet-32 got its shortcuts back:',
    );
    expect(tell(changed(['ResNet-32', 20, 0.5]), at(150, MEASURED))).toContain(
      'Since step 20 ResNet-32 has all 15 shortcuts, not all at strength 1:',
    );
    expect(tell(changed(['ResNet-32', 150, 0]), at(150, MEASURED))).toContain(
      'From the next step on ResNet-32 has none of its 15 shortcuts: 45.3% so far.',
    );
  });

  test('W7: surgery that is planned for later is said under the story, and not in it', () => {
    const race = changed(['ResNet-32', 200, 0]);
    expect(tell(race, at(150, MEASURED))).toContain('win back 21 of the 25 points');
    expect(caveat(race, at(150, MEASURED))).toContain('Planned: ResNet-32 loses its shortcuts at step 200.');
    expect(caveat(race, at(0, MEASURED))).toContain('Planned: ResNet-32 loses its shortcuts at step 200.');
    expect(caveat(changed(['ResNet-32', 200, 0, 1]), at(150, MEASURED))).toContain(
      'ResNet-32 has 1 shortcut changed at',
    );
  });

  test('W7: of a net that is cut in the step in which it grows, the cut is said alone', () => {
    const [small, large] = [8, 14].map((depth) => ({ family: 'residual', depth }));
    const grows = { name: 'ResNet-14', net: large, origin: { lane: 'ResNet-8', eras: [{ net: small, until: 50 }] } };
    const surgery = [{ step: 50, lane: 'ResNet-14', block: 1, gain: 0 }];
    const race = parseExperiment({ lanes: [grows], surgery });
    expect(caveat(race, at(10, { 'ResNet-14': 50 }))).toContain('ResNet-14 has 1 shortcut changed at');
  });

  test('S4: a change of the last steps has its caveat', () => {
    expect(caveat(changed(['plain-32', 145, 1]), at(150, MEASURED))).toContain(
      'a change needs 30 steps to show in full',
    );
  });

  test('W2: says so where the twin with shortcuts is no better, or only a little', () => {
    const hot = { ...tiny, recipe: { ...tiny.recipe, learningRate: 1 } };
    const failed = at(100, { 'plain-8': 61.9, 'plain-32': 72.4, 'ResNet-32': 73.6 });
    expect(tell(hot, failed)).toBe(
      'The deep plain net ends 11 points worse. Its twin with shortcuts, ResNet-32, is no better (73.6%): perhaps the learning rate of 1 is in the way.',
    );
    expect(tell(tiny, failed)).toContain('or it is too early to tell.');
    expect(tell(tiny, at(64, { 'plain-8': 61.9, 'plain-32': 72.4, 'ResNet-32': 69.4 }))).toContain(
      'Its twin with shortcuts, ResNet-32, is 3.0 points better (69.4%), too little so far to be sure of.',
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
    expect(said).toMatch(/^After 150 steps errors range from 40\.0% \(.*\) to 60\.0% \(.*\)\.$/);
    expect(said).toContain(low);
    expect(said).toContain(high);
  });

  test('T1: a ResNet of another width, or one that began with half its shortcuts, is no twin', () => {
    const plain = [
      { family: 'plain', depth: 8 },
      { family: 'plain', depth: 32 },
    ];
    const worse = /^The deep plain net ends 25 points worse\.$/;
    const measured = at(150, { 'plain-8': 41.6, 'plain-32': 66.1, 'ResNet-32': 45.3 });
    expect(tell(nets(...plain, { family: 'residual', depth: 32, width: 64 }), measured)).toMatch(worse);
    const half = { family: 'residual', depth: 32, gains: Array.from({ length: 15 }, (_, block) => block % 2) };
    expect(tell(nets(...plain, half), measured)).toMatch(worse);
  });

  test('T1: a net that is not what its name says is told with its shortcuts', () => {
    const open = { family: 'plain', depth: 32, gains: Array(15).fill(1) };
    const race = nets({ family: 'plain', depth: 8 }, open);
    expect(tell(race, at(150, { 'plain-8': 41.6, 'plain-32': 43 }))).toBe(
      'After 150 steps errors range from 41.6% (plain-8) to 43.0% (plain-32, now with all 15 shortcuts); no lead of 5 points has lasted the past 30 steps.',
    );
    const half = nets({ family: 'plain', depth: 8 }, { ...open, gains: Array(15).fill(0.5) });
    expect(tell(half, at(150, { 'plain-8': 41.6, 'plain-32': 43 }))).toContain(
      '(plain-32, now with all 15 shortcuts, not all at strength 1)',
    );
  });

  test('T1: a net that was built with weaker shortcuts is told by its name', () => {
    const weak = { name: 'weak', net: { family: 'residual', depth: 32, gains: Array(15).fill(0.5) } };
    const race = nets({ family: 'plain', depth: 8 }, weak);
    expect(tell(race, at(150, { 'plain-8': 41.6, weak: 43 }))).toContain('41.6% (plain-8) to 43.0% (weak);');
  });

  test('is the parting of twins where depth alone says nothing, whichever is behind', () => {
    const race = at(100, { 'plain-20': 70, 'ResNet-20': 60 });
    expect(tell(twins, race)).toBe('Add shortcuts, and the same 20 layers are 10 points better. Nothing else differs.');
    expect(caveat(twins, race)).toContain('Wrong after 100 steps: plain-20 70.0% and ResNet-20 60.0%.');
    expect(tell(twins, at(100, { 'plain-20': 60, 'ResNet-20': 70 }))).toBe(
      'With shortcuts the same 20 layers are 10 points worse. Nothing else differs.',
    );
  });

  test.each([
    ['was too small once', [64, 70, 70, 70]],
    ['is too small now', [70, 70, 70, 62]],
    ['was not yet measured at first', [Number.NaN, 70, 70, 70]],
  ])('is silent about a gap that %s', (_, errors) => {
    const said = tell(twins, [held('plain-20', 100, ...errors), ...at(100, { 'ResNet-20': 60 })]);
    expect(said).toMatch(/^After 100 steps errors range .*; no lead of 5 points has lasted the past 30 steps\.$/);
  });

  test('speaks of a gap of five points, and of none below', () => {
    expect(tell(twins, at(100, { 'plain-20': 65, 'ResNet-20': 60 }))).toContain('5 points better');
    expect(tell(twins, at(100, { 'plain-20': 64.9, 'ResNet-20': 60 }))).toContain('no lead of 5 points has lasted');
  });

  test('does not call a deep net that is ahead worse, and does not deny its lead', () => {
    expect(tell(degradation, at(100, { 'plain-8': 80, 'plain-32': 70, 'ResNet-32': 71 }))).toBe(
      'After 100 steps errors range from 70.0% (plain-32) to 80.0% (plain-8).',
    );
  });

  test('early on says that it is too early', () => {
    expect(tell(twins, at(59, { 'plain-20': 62, 'ResNet-20': 60 }))).toBe('Step 59: too early to tell the nets apart.');
  });

  test('leaves out nets that diverged or still catch up', () => {
    const [shallow, deep] = at(100, { 'plain-8': 40, 'plain-32': 70 });
    if (shallow === undefined || deep === undefined) expect.unreachable();
    expect(tell(degradation, [shallow, { ...deep, diverged: 1 }])).toBe('plain-8 is at 40.0%; plain-32 diverged.');
    expect(tell(degradation, [shallow, { ...deep, steps: 40 }])).toBe(
      'plain-8 is at 40.0%; still catching up: plain-32.',
    );
    expect(tell(degradation, [{ ...shallow, diverged: 1 }])).toContain('No net trains any more');
    const added = { ...deep, steps: 0, errorAt: () => null };
    expect(tell(degradation, [{ ...shallow, diverged: 1 }, added])).toBe(
      'plain-32 has no error yet; plain-8 diverged.',
    );
  });

  test('a net that diverged with some of the seeds is told with how many, and keeps no other from training', () => {
    const race = at(150, MEASURED);
    const [shallow, deep, twin] = race;
    if (shallow === undefined || deep === undefined || twin === undefined) expect.unreachable();
    const three = { seeds: 3 };
    expect(caveat(degradation, [shallow, deep, { ...twin, diverged: 1 }], three)).toContain(
      'ResNet-32 (with 1 of 3 seeds) diverged and is not compared.',
    );
    expect(tell(degradation, [shallow, { ...deep, diverged: 3 }, { ...twin, diverged: 2 }], three)).toBe(
      'plain-8 is at 41.6%; plain-32 and ResNet-32 (with 2 of 3 seeds) diverged.',
    );
    const each = race.map((lane) => ({ ...lane, diverged: 1 }));
    expect(tell(twins, each.slice(1), three)).toBe(
      'plain-32 (with 1 of 3 seeds) and ResNet-32 (with 1 of 3 seeds) diverged, so there are no mean errors to compare.',
    );
    expect(caveat(twins, each, three)).toBe('');
    expect(
      tell(
        twins,
        race.map((lane) => ({ ...lane, diverged: 3 })),
        three,
      ),
    ).toContain('No net trains any more');
    speak('zh', zh);
    expect(tell(twins, each.slice(1), three)).toContain('3 个种子中的 1 个');
    speak('en', en);
  });

  test('plans nothing, and expects no change, of nets that have diverged', () => {
    const race = changed(['ResNet-32', 50, 0], ['ResNet-32', 200, 1], ['plain-32', 200, 1]);
    const lost = at(150, MEASURED).map((lane) => ({ ...lane, diverged: Number(lane.name === 'ResNet-32') }));
    expect(caveat(race, lost)).toContain('Planned: plain-32 gets its shortcuts at step 200.');
    expect(caveat(race, lost)).not.toContain('Planned: ResNet-32');
    const allLost = lost.map((lane) => ({ ...lane, diverged: 1 }));
    expect(caveat(race, allLost)).toBe('');
  });
});

describe('the line under it', () => {
  const measured = (step: number) => at(step, { 'plain-8': 41.6, 'plain-32': 66.1, 'ResNet-32': 45.3 });

  test('T2: early on says what the paper found, at both its depths', () => {
    expect(caveat(longer(degradation), measured(4999))).toContain(
      'One seed, early in training; the result can still change. In the paper, after full training, plain-56 is a few points behind plain-20; plain-110 hardly learns (error above 60%).',
    );
  });

  test('T2: is not early any more at step 64,000 of the paper’s recipe', () => {
    const late = caveat(longer(degradation), measured(64_000));
    expect(late).toContain('One seed, after 64,000 steps.');
    expect(late).not.toMatch(/early|In the paper/);
  });

  test('T2: is not early any more where the rate was dropped, since that is how training ends', () => {
    const drops = [2800, 3600].map((step) => ({ step, by: 10 }));
    const ending: Experiment = { ...degradation, recipe: { ...degradation.recipe, drops }, until: 4000 };
    expect(caveat(ending, measured(4000))).toContain('One seed, after 4,000 steps.');
    expect(caveat(ending, measured(2801))).toContain('One seed, after 2,801 steps.');
    expect(caveat(ending, measured(2800))).toContain('One seed, early in training; the result can still change.');
  });

  test('T3: no message says of the paper’s gap at every depth that it is far smaller', () => {
    const messages = Object.values(en).flatMap((room) => Object.values<string>(room));
    expect(messages.filter((text) => /gap .*far (larger|smaller)/.test(text))).toEqual([]);
  });

  test('has the ranges of several seeds', () => {
    const seeds = measured(5000).map((lane) => ({ ...lane, rangeAt: () => ({ low: 40, high: 67.5 }) }));
    expect(caveat(degradation, seeds, { seeds: 3 })).toBe(
      'Wrong after 5,000 steps: plain-8 41.6% (40.0 to 67.5), plain-32 66.1% (40.0 to 67.5) and ResNet-32 45.3% (40.0 to 67.5). Means of 3 seeds, after 5,000 steps.',
    );
  });

  test('before the first step says what guessing is worth', () => {
    expect(caveat(degradation, measured(0), { majority: { answer: 'Twemoji', error: 73.1 } })).toBe(
      'No curve yet: nothing has been learned. A net that always says “Twemoji” would be wrong 73.1% of the time.',
    );
    const file = { file: 'a', hash: 'a'.repeat(64) };
    const loaded = nets({ net: { family: 'plain', depth: 8 }, start: file }, { family: 'plain', depth: 14 });
    const majority = { answer: 'Twemoji', error: 73.1 };
    expect(caveat(loaded, at(0, { 'plain-8': 0, 'plain-14': 0 }), { majority })).toBe(
      'No curve yet. A net that always says “Twemoji” would be wrong 73.1% of the time.',
    );
  });

  test('names nets that diverged and are left out', () => {
    const [shallow, deep, twin] = measured(100);
    if (shallow === undefined || deep === undefined || twin === undefined) expect.unreachable();
    expect(caveat(degradation, [shallow, deep, { ...twin, diverged: 1 }])).toContain(
      'ResNet-32 diverged and is not compared.',
    );
  });
});

test('means of a net are compared up to a step that is before the one at which a seed of it diverged', () => {
  const { lanes } = degradation;
  const race = (steps: number, more: Partial<Series> = {}) => ({
    step: steps,
    lanes: lanes.map(({ name }, index): Series => {
      const net = { id: name, name, family: 'plain', lightness: 0, depth: 8, tests: [] } as const;
      const own = index === 1 ? more : {};
      return { ...net, errors: Array<number>(steps).fill(40 + 10 * index), steps, ...own };
    }),
  });
  const first = race(600, { steps: 449, diverged: 450 });
  const told = (step: number) => {
    const means = meanOverSeeds([first, race(step), race(step)]);
    return textOf(raceStory({ experiment: longer(degradation), data: null }, means).caveat);
  };
  expect(told(300)).not.toContain('diverged');
  expect(told(460)).toContain('diverged');
});
