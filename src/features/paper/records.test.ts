import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { meanAt } from '../../charts/series/running-mean.ts';
import { divergedSeeds } from '../../charts/series/seeds.ts';
import { type Experiment, nameLanes } from '../../core/experiment/experiment.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import { makeNet } from '../../core/net/net.ts';
import type { EvidenceRecord, NetRecord } from '../../core/results/evidence.ts';
import { en } from '../../language/en/catalog.ts';
import { speak } from '../../language/say.ts';
import '../../language/speak-english.ts';
import { zh } from '../../language/zh/catalog.ts';
import { recordedRace } from '../race/curves/past-races.ts';
import { PAPER_CARDS } from './cards.ts';
import { comparedOrders, deepeningOf, deepTwinsOf } from './claims.ts';
import { findingsOf } from './findings.ts';
import { fits, ghostNets, ghostWay, raceInFront } from './ghost.ts';
import { besideTable6 } from './RecordedDepth.tsx';
import { hasRecord, loadRecord } from './record-files.ts';
import { endText, recordedNets, stopAtOnce } from './record-nets.ts';
import { isRecordName, RECORDS, recordedWords } from './records.ts';

const UNTIL = 100;

function run(lane: string, seed: number, trb: number, steps = UNTIL): NetRecord {
  return {
    ...{ lane, seed, steps, divergedAt: null, opening: [], tests: [] },
    probes: [],
    source: { backend: 'wasm', adapter: '1 thread', machine: '2 cores', commits: ['a'], seconds: 1, cpuSeconds: 1 },
    curve: { every: 2, trainError: Array.from({ length: steps / 2 }, () => trb), loss: [] },
    measured: [{ step: steps, trb, test: trb + 5 }],
  };
}

const { recipe } = PRESETS.sweep;
const RECORD: EvidenceRecord = {
  format: 'resnet-playground-record',
  version: 1,
  name: 'lasts',
  experiment: { ...PRESETS.sweep, recipe: { ...recipe, drops: [{ step: 80, by: 10 }] }, until: UNTIL },
  seeds: [1, 2],
  data: { sha256: 'a', train: 1000, test: 500, majority: 75 },
  runs: [
    ...[run('plain-8', 1, 20), run('plain-8', 2, 24), run('plain-56', 1, 60), run('ResNet-8', 1, 20)],
    ...[run('ResNet-56', 1, 21), run('plain-56', 2, 70), run('plain-20', 1, 30, 50)],
  ],
};

test('a record shows the nets that were trained to the end, each over the seeds that it has', () => {
  const nets = recordedNets(RECORD);
  expect(nets.map(({ lane, runs }) => [lane.name, runs.length])).toEqual([
    ['plain-8', 2],
    ['plain-56', 2],
    ['ResNet-8', 1],
    ['ResNet-56', 1],
  ]);
  const [first] = nets;
  expect(first?.trb).toMatchObject({ mean: 22, low: 20, high: 24 });
  expect(first?.series.seeds?.counted).toHaveLength(2);
  expect([first?.series.steps, first?.series.errors[0], first?.series.errors[UNTIL - 1]]).toEqual([UNTIL, 22, 22]);
});

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

test('a net that diverges late has no error at the end, whatever was measured before', () => {
  const late = { ...run('plain-56', 1, 30, 60), divergedAt: 61 };
  const [net] = recordedNets({ ...RECORD, runs: [late] });
  expect(net?.trb).toBeNull();
  expect(net && endText(net, net.trb)).toBe('diverged at step 61');
  const [several] = recordedNets({ ...RECORD, runs: [late, run('plain-56', 2, 30)] });
  expect(several && endText(several, several.trb)).toBe('1 of 2 diverged, at step 61');
});

test('a seed that diverged ends the curve of its net, whatever the others came to', () => {
  const late = { ...run('plain-56', 1, 30, 60), divergedAt: 61 };
  const runs = [late, run('plain-56', 2, 30), run('plain-56', 3, 40)];
  const [net] = recordedNets({ ...RECORD, runs, seeds: [1, 2, 3] });
  expect(net?.series).toMatchObject({ steps: 60, diverged: 61, seeds: { others: [] } });
  expect(net && divergedSeeds(net.series)).toEqual({ diverged: 1, seeds: 3 });
});

test('of seeds that diverge at different steps the first is told of, in the curve as in the table', () => {
  const gone = (steps: readonly number[]) => {
    const runs = steps.map((step, seed) => ({ ...run('plain-56', seed, 30, step - 1), divergedAt: step }));
    const [net] = recordedNets({ ...RECORD, runs });
    return net && [net.series.diverged, divergedSeeds(net.series), net.diverged];
  };
  const all = { diverged: 3, seeds: 3 };
  expect(gone([2, 3, 3])).toEqual([2, all, { seeds: 3, step: 2 }]);
  expect(gone([3, 1, 1])).toEqual([1, all, { seeds: 3, step: 1 }]);
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

test('only nets that stop with every seed at the beginning of a record cost nothing to train', () => {
  const gone = (lane: string, seed: number, divergedAt: number) => ({
    ...run(lane, seed, 30, divergedAt - 1),
    divergedAt,
  });
  const runs = [
    ...[gone('plain-8', 1, 2), gone('plain-8', 2, 10), gone('plain-20', 1, 2), gone('plain-20', 2, 500)],
    ...[gone('plain-56', 1, 2), run('plain-56', 2, 30, 1000), run('ResNet-8', 1, 30, 1000)],
  ];
  expect(stopAtOnce({ ...RECORD, experiment: { ...RECORD.experiment, until: 1000 }, runs })).toEqual([
    { name: 'plain-8', step: 10 },
  ]);
});

test('a residual net of the paper that diverges is otherwise than there, at any depth', () => {
  const runs = [{ ...run('ResNet-56', 1, 30, 60), divergedAt: 61 }];
  expect(findingsOf({ ...RECORD, runs }).at(-1)).toContain('Where ours differs from the paper');
  const plain = [{ ...run('plain-56', 1, 30, 60), divergedAt: 61 }];
  expect(findingsOf({ ...RECORD, runs: plain })).toEqual([expect.stringMatching(/^plain-56 diverges/)]);
});

test('a ghost is behind a race of the same images and recipe, whatever its seed and what comes later', () => {
  expect(fits(RECORD, { ...PRESETS.degradation, until: 60, recipe: { ...recipe, seed: 9 } })).toBe(true);
  expect(fits(RECORD, PRESETS.degradation)).toBe(false);
  expect(fits(RECORD, { ...PRESETS.degradation, until: 60, recipe: { ...recipe, learningRate: 0.1 } })).toBe(false);
  expect(fits(RECORD, { ...PRESETS.tiny, until: 60 })).toBe(false);
  const front = raceInFront(RECORD, PRESETS.degradation.data, true);
  expect(front.lanes.map(({ name }) => name)).toEqual(['plain-8', 'plain-56', 'ResNet-56']);
  expect(fits(RECORD, front)).toBe(true);
});

test('images that no other browser has are told of, and the page’s taken in their place', () => {
  const data = { source: 'own', name: 'CIFAR-10', hash: 'c'.repeat(64), size: 16 } as const;
  const record = { ...RECORD, experiment: { ...RECORD.experiment, data } };
  const front = raceInFront(record, PRESETS.degradation.data, false);
  expect(front.data).toEqual(PRESETS.degradation.data);
  expect(fits(record, front)).toBe(true);
  const other = PRESETS.tiny;
  expect([front, { ...front, data }].map((live) => ghostWay(record, live, true))).toEqual(['otherImages', 'fits']);
  expect([true, false].map((hasImages) => ghostWay(record, other, hasImages))).toEqual(['opens', 'emoji']);
  expect(ghostWay(RECORD, front, true)).toBe('fits');
  expect(recordedRace(record, front, 0).name).toContain('recorded on CIFAR-10, not on this race’s images');
  expect(recordedWords(record, front).setup).toBe('paper.endSetupElsewhere');
  expect(recordedWords(record, { ...front, data }).setup).toBe('paper.endSetup');
  expect(recordedWords(RECORD, front).setup).toBe('paper.endSetup');
});

test('a race shows how recorded nets begin only if it has some, all of them as they were recorded', () => {
  const front = raceInFront(RECORD, PRESETS.degradation.data, true);
  const setupOf = (live: Experiment) => recordedWords(RECORD, live).setup;
  const wider = nameLanes([makeNet('plain', 8, { width: 16 }), makeNet('residual', 8, { width: 16 })]);
  expect(setupOf({ ...front, lanes: wider })).toBe('paper.endSetupApart');
  expect(setupOf({ ...front, lanes: [...front.lanes, ...wider] })).toBe('paper.endSetup');
  const cut = { step: 20, lane: 'ResNet-56', block: 1, gain: 0 };
  expect(setupOf({ ...front, surgery: [cut] })).toBe('paper.endSetupApart');
  const start = { file: 'weights', hash: 'a'.repeat(64) };
  expect(setupOf({ ...front, lanes: front.lanes.map((lane) => ({ ...lane, start })) })).toBe('paper.endSetupApart');
  const apart = [en, zh].flatMap(({ paper }) => [
    ...[paper.endSetupApart, paper.endSetupElsewhereApart, paper.thousandSetupApart],
  ]);
  for (const text of apart) expect(text).not.toMatch(/begin|开始/);
});

test('a record of one depth asks another question than whether depth pays', () => {
  const { question, setup } = recordedWords({ ...RECORD, name: 'thousand-layers' }, RECORD.experiment);
  expect([question, setup]).toEqual(['paper.thousandQuestion', 'paper.thousandSetup']);
});

test('a ghost has the nets of the race, their letter, and the events that the race has not', () => {
  const live = { ...PRESETS.deep, until: 60 };
  expect(ghostNets(RECORD, live).map(({ lane }) => lane.name)).toEqual(['plain-8', 'plain-56', 'ResNet-56']);
  expect(ghostNets(RECORD, PRESETS.options)).toHaveLength(4);
  const { tag, series, marks } = recordedRace(RECORD, live, 1);
  expect([tag, series[0]?.name, series[0]?.past]).toEqual(['B', 'B plain-8', true]);
  expect(marks).toMatchObject([{ step: 80, kind: 'drop', text: 'B rate ÷ 10', past: true }]);
  expect(series.map((one) => [1, 2].map((step) => meanAt(one, 1, step)))).toEqual([
    [null, 22],
    [null, 65],
    [null, 21],
  ]);
  const nameBehind = (race: Experiment) => recordedRace(RECORD, race, 1).name;
  expect(nameBehind(live)).toMatch(/, 1 to 2 seeds, kept as means of 2 batches$/);
  // Whatever seeds other nets have.
  const only = (name: string) => ({ ...live, lanes: live.lanes.filter((lane) => lane.name === name) });
  expect(nameBehind(only('plain-8'))).toMatch(/, 2 seeds, /);
  expect(nameBehind(only('ResNet-56'))).toMatch(/, one seed, /);
});

test('every figure and table has a card', () => {
  const ids = PAPER_CARDS.map(({ id }) => id);
  for (let figure = 1; figure <= 7; figure++) expect(ids).toContain(`figure-${figure}`);
  for (let table = 1; table <= 6; table++) expect(ids).toContain(`table-${table}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(PAPER_CARDS.find(({ id }) => id === 'tables-7')?.list).toHaveLength(8);
  const top5 = PAPER_CARDS.find(({ id }) => id === 'table-3')?.printed[1]?.numbers;
  expect(top5).toContainEqual({ name: 'GoogLeNet', family: 'plain', value: 9.15, decimals: 2 });
});

test('every record of the repository can be shown, but the small one of the tests', async () => {
  const files = readdirSync('evidence/records').map((file) => basename(file, '.json'));
  const there = Object.keys(RECORDS).filter(isRecordName).filter(hasRecord);
  expect([...there, 'tiny'].sort()).toEqual(files.sort());
  for (const name of there) expect(recordedNets(await loadRecord(name)).length).toBeGreaterThan(0);
});

test('each number has the decimals that the paper prints it with', () => {
  const printed = (id: string, unit: number, net: string) => {
    const found = PAPER_CARDS.find((card) => card.id === id)?.printed[unit]?.numbers.find(({ name }) => name === net);
    return found?.value.toFixed(found.decimals);
  };
  expect([0, 1].map((unit) => printed('table-4', unit, 'VGG (v5)'))).toEqual(['24.4', '7.1']);
  expect(printed('table-4', 1, 'ResNet-34 C')).toBe('5.60');
  expect(printed('table-5', 0, 'VGG (v5)')).toBe('6.8');
  expect(printed('table-3', 1, 'ResNet-34 C')).toBe('7.40');
  expect(printed('table-6', 0, 'Highway, 32')).toBe('8.80');
  expect(printed('table-1', 0, 'ResNet-152')).toBe('11.3');
});

test('a record is told beside table 6, where it has both families at the same depths', () => {
  expect(besideTable6(RECORD)).toBe(
    'Recorded here, 100 steps on CIFAR-10 at 16×16 pixels (1 to 2 seeds): from 8 to 56 layers, the test error goes from 25.0% to 26.0% in residual nets and from 27.0% to 70.0% in plain ones. In table 6 of the paper, it goes from 8.75% with 20 layers to 6.43% with 110 (the best of five runs) in residual nets.',
  );
  const without = (...names: readonly string[]) =>
    besideTable6({
      ...RECORD,
      runs: [...RECORD.runs, run('ResNet-20', 1, 20)].filter(({ lane }) => !names.includes(lane)),
    });
  expect(without('ResNet-8', 'ResNet-20', 'ResNet-56')).toBeNull();
  expect(without('ResNet-8')).toBeNull();
  expect(without('ResNet-56')).toBeNull();
  const second = [...RECORD.runs, run('ResNet-8', 2, 20), run('ResNet-56', 2, 21)];
  expect(besideTable6({ ...RECORD, runs: second })).toContain('pixels (2 seeds)');
  const untested = RECORD.runs.map((one) => ({ ...one, measured: [{ step: UNTIL, trb: 20, test: null }] }));
  expect(besideTable6({ ...RECORD, runs: untested })).toBeNull();
});
