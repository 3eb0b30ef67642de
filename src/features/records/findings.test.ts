import { expect, test } from 'vitest';
import { nameLanes } from '../../core/experiment/experiment.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import { makeNet } from '../../core/net/net.ts';
import type { NetRecord } from '../../core/results/evidence.ts';
import { en } from '../../language/en/catalog.ts';
import { speak } from '../../language/say.ts';
import { zh } from '../../language/zh/catalog.ts';
import '../../language/speak-english.ts';
import { MADE_UP_RECORD as RECORD, recordedRun as run, UNTIL } from '../../testing/made-up-record.ts';
import { comparedOrders, deepeningOf, deepTwinsOf } from './claims.ts';
import { findingsOf } from './findings.ts';
import { raceInFront } from './ghost.ts';
import { endText, recordedNets } from './record-nets.ts';

test('what depth does is told only where seeds or images tell it apart', () => {
  expect(deepeningOf(RECORD, 'plain')).toMatchObject({ deeperIs: 'worse', deep: { lane: { name: 'plain-56' } } });
  expect(deepeningOf(RECORD, 'residual')?.deeperIs).toBe('alike');
  expect(deepTwinsOf(RECORD)).toMatchObject({ residualIs: 'better', plain: { lane: { name: 'plain-56' } } });
  expect(deepeningOf({ ...RECORD, runs: RECORD.runs.slice(0, 2) }, 'plain')).toBeNull();
  // Two seeds may lie apart by chance.
  const near = [
    run('ResNet-8', 1, 21.5),
    run('ResNet-8', 2, 21.7),
    run('ResNet-56', 1, 20.7),
    run('ResNet-56', 2, 20.9),
  ];
  expect(deepeningOf({ ...RECORD, runs: near }, 'residual')?.deeperIs).toBe('alike');
});

test('that a plain net has learned nothing is told only where images cannot tell it from guessing', () => {
  const findings = (error: number) => {
    const runs = [run('plain-56', 1, error), run('ResNet-56', 1, 20)];
    return findingsOf({ ...RECORD, runs }).join(' ');
  };
  const told = 'The plain net is no better than always guessing the largest class (75.0%).';
  expect(findings(76)).toContain(told);
  expect(findings(73)).toContain(told);
  expect(findings(70)).not.toContain(told);
});

test('from which depth on nothing can be told apart is said, too', () => {
  const errors = { 'ResNet-8': 30, 'ResNet-20': 11, 'ResNet-32': 10, 'ResNet-56': 11, 'plain-8': 20, 'plain-56': 60 };
  const runs = Object.entries(errors).map(([name, error]) => run(name, 1, error));
  const record = { ...RECORD, runs };
  expect(deepeningOf(record, 'residual')).toMatchObject({ deeperIs: 'better', level: { lane: { name: 'ResNet-20' } } });
  expect(deepeningOf(record, 'plain')).toMatchObject({ deeperIs: 'worse', level: null });
  const findings = findingsOf(record).join(' ');
  expect(findings).toContain('no clear difference; in the paper residual nets go on getting better, up to 110 layers.');
  expect(findings).toContain('Where ours differs from the paper');
});

test('a test error that could not be measured is not told of, in either language', () => {
  const lanes = nameLanes([
    makeNet('residual', 1202),
    makeNet('residual', 1202, { choices: { order: 'pre-activation' } }),
  ]);
  const record = { ...RECORD, experiment: { ...RECORD.experiment, lanes: [...RECORD.experiment.lanes, ...lanes] } };
  const names = ['plain-8', 'plain-56', ...lanes.map(({ name }) => name)];
  const said = (untested: readonly string[]) => {
    const runs = names.map((name) => {
      const one = run(name, 1, 20);
      return untested.includes(name) ? { ...one, measured: [{ step: UNTIL, trb: 20, test: null }] } : one;
    });
    return findingsOf({ ...record, runs }).join(' ');
  };
  const untested = names.filter((_, at) => at % 2 === 0);
  expect(said([])).toContain('from 20.0% to 20.0%, the test error from 25.0% to 25.0% (one seed');
  expect(said([])).toContain('with pre-activation; the test error is 25.0% and 25.0%, and 75.0% for always guessing');
  expect(said(untested)).toContain('from 20.0% to 20.0% (one seed');
  expect(said(untested)).toContain('with pre-activation, and 75.0% for always guessing');
  speak('zh', zh);
  try {
    expect(said([])).toContain('测试错误率');
    expect(said(untested)).toContain('预激活时为 20.0%，总是猜');
    expect(said(untested)).not.toMatch(/测试错误率|NaN/);
  } finally {
    speak('en', en);
  }
});

test('depths that test images tell apart are not called alike', () => {
  const ends = { 'ResNet-8': [30, 36], 'ResNet-20': [20, 25.3], 'ResNet-56': [19, 23.8], 'ResNet-32': [19.5, 24.3] };
  const runs = Object.entries(ends).map(([name, [trb = 0, tested = 0]]) => ({
    ...run(name, 1, trb),
    measured: [{ step: UNTIL, trb, test: tested }],
  }));
  const record = { ...RECORD, data: { ...RECORD.data, test: 10_000 }, runs };
  expect(deepeningOf(record, 'residual')?.level?.lane.name).toBe('ResNet-32');
  const deep = { ...record, runs: runs.filter(({ lane }) => lane !== 'ResNet-8') };
  expect(findingsOf(deep).join(' ')).toContain('no clear difference; the deepest has the lower test error.');
});

test('nets are compared over the seeds that all of them have, and no mean of two is called one seed', () => {
  const runs = [run('ResNet-8', 1, 20), run('ResNet-8', 2, 40), run('ResNet-56', 1, 30)];
  expect(findingsOf({ ...RECORD, runs })[0]).toContain(
    'goes from 20.0% to 30.0%, the test error from 25.0% to 35.0% (one',
  );
  const apart = [run('ResNet-8', 1, 20), run('ResNet-56', 2, 30)];
  expect(deepeningOf({ ...RECORD, runs: apart }, 'residual')).toBeNull();
});

test('a net that diverged is told of, and pre-activation compared with the order of the paper', () => {
  const lanes = nameLanes([
    makeNet('plain', 1202),
    makeNet('residual', 1202),
    makeNet('residual', 1202, { choices: { order: 'pre-activation' } }),
  ]);
  const [plain = '', usual = '', preActivation = ''] = lanes.map(({ name }) => name);
  const nothing = { ...run(plain, 1, 0, 0), divergedAt: 2, measured: [] };
  const of = (trb: number, seeds = [1]) => {
    const runs = seeds.flatMap((seed) => [{ ...nothing, seed }, run(usual, seed, 70), run(preActivation, seed, trb)]);
    const experiment = { ...RECORD.experiment, lanes };
    return { ...RECORD, name: 'thousand-layers', experiment, seeds, runs };
  };
  const record = of(40);
  const [first] = recordedNets(record);
  expect(first && endText(first, first.trb)).toBe('diverged at step 2');
  expect(findingsOf(record)).toEqual([
    'plain-1202 diverges: at step 2 its loss is not a finite number (one seed, and others may differ).',
    expect.stringMatching(
      /is 70.0% in the residual net and 40.0% with pre-activation; .* 75.0% for always guessing the largest class .*\. Ours disagrees with section 4.2, .* below 0.1%\. Pre-activation is better/,
    ),
    expect.stringContaining('Where ours differs from the paper'),
  ]);
  expect(comparedOrders(record)?.preActivationIs).toBe('better');
  // The twins are in front of their record, whichever is the last in depth.
  expect(raceInFront(record, PRESETS.degradation.data, true).lanes).toEqual(lanes);
  expect(findingsOf(of(71))[1]).toContain('This record shows no clear difference');
  expect(findingsOf(of(90))[1]).toContain('Pre-activation is worse. Ours disagrees');
  expect(findingsOf(of(40, [1, 2]))[0]).toContain('diverges with 2 of 2 seeds, the first of them at step 2');
  expect(comparedOrders(RECORD)).toBeNull();

  // Where one of the twins diverges, neither the contradiction nor the net that learns is lost.
  const whole = of(40, [1, 2]);
  const without = (name: string) => {
    const lost = (run: NetRecord) => (run.lane === name && run.seed === 2 ? { ...nothing, lane: name, seed: 2 } : run);
    return { ...whole, runs: whole.runs.map(lost) };
  };
  expect(findingsOf(without(usual))).toEqual([
    expect.stringContaining('plain-1202 diverges with 2 of 2 seeds'),
    'ResNet-1202 diverges with 1 of 2 seeds, the first of them at step 2, where its loss is not a finite number. Ours disagrees with the paper, where residual nets of up to 1,202 layers learn (section 4.2).',
    expect.stringContaining('Where ours differs from the paper'),
  ]);
  expect(findingsOf(without(preActivation))).toEqual([
    expect.stringContaining('plain-1202 diverges with 2 of 2 seeds'),
    expect.stringMatching(/^ResNet-1202, pre-activation diverges with 1 of 2 seeds, .* not a finite number\.$/),
    expect.stringContaining('Where ours differs from the paper'),
  ]);
  for (const name of [usual, preActivation])
    expect(raceInFront(without(name), PRESETS.degradation.data, true).lanes).toEqual(lanes);
});

test('a residual net of the paper that diverges is otherwise than there, at any depth', () => {
  const runs = [{ ...run('ResNet-56', 1, 30, 60), divergedAt: 61 }];
  expect(findingsOf({ ...RECORD, runs }).at(-1)).toContain('Where ours differs from the paper');
  const plain = [{ ...run('plain-56', 1, 30, 60), divergedAt: 61 }];
  expect(findingsOf({ ...RECORD, runs: plain })).toEqual([expect.stringMatching(/^plain-56 diverges/)]);
});
