import { expect, onTestFinished, test } from 'vitest';
import { depthPoints } from '../../../charts/depth/depth-points.ts';
import { meanOverSeeds } from '../../../charts/series/seeds.ts';
import type { Series } from '../../../charts/series/series.ts';
import type { Experiment } from '../../../core/experiment/experiment.ts';
import type { Recipe } from '../../../core/experiment/recipe.ts';
import type { SavedRun } from '../../../core/results/run.ts';
import { en } from '../../../language/en/catalog.ts';
import { speak } from '../../../language/say.ts';
import { zh } from '../../../language/zh/catalog.ts';
import { FakeWorker, points, progressReport, TWO } from '../../../testing/fake-worker.ts';
import type { Records } from '../../figures/csv.ts';
import { savedCurve } from '../../lab/curve.ts';
import { curveKeys, curveRecords, depthRecords } from './curve-records.ts';
import { pastRaces, seedRaceOf } from './past-races.ts';
import { liveSeries } from './series.ts';

test('the data of the curves tell nothing of a net that the figure leaves out', async () => {
  const worker = new FakeWorker();
  await worker.open(TWO);
  const names = TWO.lanes.map(({ name }) => name);
  worker.emit(
    progressReport(
      2,
      names.map((name) => points(name, 0, 2)),
    ),
  );
  const { curves } = worker.state;
  const measured = [...curves.values()].map(savedCurve);
  const series = liveSeries(TWO, curves);
  const [first] = names;
  const netsIn = (shown: typeof series) => curveRecords(measured, shown, [], 1).rows.map(([net]) => net);
  expect(netsIn(series)).toEqual(names.flatMap((name) => [name, name]));
  expect(netsIn(series.filter(({ name }) => name === first))).toEqual([first, first]);
});

test('of a branch there are the steps from its fork on, as in the figure, of this race and of one behind it', () => {
  const [parent] = TWO.lanes;
  if (parent === undefined) throw new Error('the race has no nets');
  const origin = { lane: parent.name, eras: [{ net: parent.net, until: 2 }] };
  const experiment: Experiment = { ...TWO, lanes: [parent, { ...parent, name: 'branch', origin }] };
  const errors = Float32Array.of(80, 60, 40);
  const curves = experiment.lanes.map(({ name: lane }) => {
    return { lane, errors, losses: errors, tests: [], divergedAt: null };
  });
  const run = (recipe: Partial<Recipe>): SavedRun => {
    const changed = { ...experiment, recipe: { ...experiment.recipe, ...recipe } };
    return { id: '1', name: null, startedAt: 0, experiment: changed, device: null, step: 3, curves };
  };
  const stepsOf = ({ heads, rows }: Records) => {
    const [net, step] = [heads.indexOf('net'), heads.indexOf('step')];
    const of = (name: string) => rows.filter((row) => row[net] === name).map((row) => row[step]);
    return [of(parent.name), of('branch')];
  };
  const { lanes: series } = seedRaceOf(run({}));
  const past = pastRaces([run({ batch: 7 })], experiment);
  expect(stepsOf(curveRecords(curves, series, [], 1))).toEqual([
    [1, 2, 3],
    [2, 3],
  ]);
  expect(stepsOf(curveRecords(curves, series, past, 1))).toEqual([
    [1, 2, 3, 1, 2, 3],
    [2, 3, 2, 3],
  ]);
  const means = meanOverSeeds([1, 2].map((seed) => seedRaceOf(run({ seed }))));
  expect(stepsOf(curveRecords([], means, [], 1))).toEqual([
    [1, 2, 3],
    [2, 3],
  ]);
});

const LEARNING: Series = {
  id: 'a',
  name: 'plain-8',
  family: 'plain',
  lightness: 0,
  depth: 8,
  errors: Array<number>(100).fill(40),
  steps: 100,
  tests: [],
};

test('the first means are over fewer steps', () => {
  const [mean] = meanOverSeeds([1, 2].map(() => ({ step: 100, lanes: [LEARNING] })));
  const { heads, rows } = curveRecords([], mean === undefined ? [] : [mean], [], 30);
  const at = heads.indexOf('steps in the mean');
  expect([1, 29, 30, 31].map((step) => rows[step - 1]?.[at])).toEqual([1, 29, 30, 30]);
  expect(depthRecords(depthPoints([LEARNING], 30, 12), 12, 30).rows[0]?.[5]).toBe(12);
});

test('what scripts read is English, on a Chinese page too', () => {
  speak('zh', zh);
  onTestFinished(() => speak('en', en));
  const past = [{ tag: 'A', name: 'kept', runs: [], series: [] }];
  const { heads, rows } = curveRecords(
    [{ lane: 'plain-8', errors: Float32Array.of(40), losses: Float32Array.of(1), tests: [], divergedAt: null }],
    [LEARNING],
    past,
    30,
  );
  expect([heads, rows[0]]).toEqual([
    ['run', 'net', 'step', 'training error %', 'loss', 'test error %'],
    ['this race', 'plain-8', 1, 40, 1, Number.NaN],
  ]);
  const gains = [1, 0, 0.5];
  const cut: Series = { ...LEARNING, id: 'b', name: 'ResNet-8', shortcuts: gains };
  const cells = depthRecords(depthPoints([LEARNING, cut], 30, 12), 12, 30).rows.map(([, , , shortcuts]) => shortcuts);
  expect(cells).toEqual(['', '2 of 3']);
});

test('a record behind the race has means of as many steps as were kept together, and none before', () => {
  const [recorded] = meanOverSeeds([1, 2].map(() => ({ step: 100, lanes: [{ ...LEARNING, every: 50 }] })));
  const series = recorded === undefined ? [] : [recorded];
  const { heads, rows } = curveRecords([], [], [{ tag: 'A', name: 'recorded', runs: [], series }], 30);
  const at = heads.indexOf('steps in the mean');
  expect([1, 49, 50, 100].map((step) => rows[step - 1]?.slice(at, at + 2))).toEqual([
    [1, Number.NaN],
    [49, Number.NaN],
    [50, 40],
    [50, 40],
  ]);
});

test('a record of one seed behind the race has its means, as one of several has', () => {
  const series = [{ ...LEARNING, name: 'A plain-8', every: 50, past: true }];
  const { rows } = curveRecords([], [LEARNING], [{ tag: 'A', name: 'recorded', runs: [], series }], 30);
  expect(rows.map(([run]) => run)).toEqual([
    ...Array<string>(100).fill('this race'),
    ...Array<string>(100).fill('A: recorded'),
  ]);
  expect(rows.at(-1)?.slice(1, 6)).toEqual(['A plain-8', 1, 100, 50, 40]);
});

test('the key of bands says over how many seeds they go, where all go over as many', () => {
  const over = (seeds: number): Series => ({
    ...LEARNING,
    seeds: { counted: Array(seeds).fill(LEARNING), others: [] },
  });
  const bandOf = (...past: readonly Series[]) =>
    curveKeys(30, [over(5)], past, { eachStep: false, newPictures: false })[1]?.text;
  expect([bandOf(), bandOf(over(5)), bandOf(over(3))]).toEqual([
    'lowest to highest error of 5 seeds',
    'lowest to highest error of 5 seeds',
    'lowest to highest error of the seeds',
  ]);
});

test('a net that has diverged has no error at a later step, but the step at which it did', () => {
  const lost: Series = { ...LEARNING, id: 'b', name: 'plain-56', steps: 20, diverged: 20 };
  const { heads, rows } = depthRecords(depthPoints([LEARNING, lost], 30, 100), 100, 30);
  const at = heads.indexOf('training error %');
  expect(heads[at + 1]).toBe('diverged at step');
  expect(rows.map((row) => row.slice(at))).toEqual([
    [40, Number.NaN],
    [Number.NaN, 20],
  ]);
});
