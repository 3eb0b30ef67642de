import { expect, test } from 'vitest';
import { depthPoints } from '../../../charts/depth/depth-points.ts';
import type { Series } from '../../../charts/series/series.ts';
import { FakeWorker, points, progressReport, TWO } from '../../../testing/fake-worker.ts';
import { savedCurve } from '../curve.ts';
import { curveRecords, depthRecords } from './curve-records.ts';
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

test('a net that has diverged has no error at a later step, but the step at which it did', () => {
  const learning: Series = {
    id: 'a',
    name: 'plain-8',
    family: 'plain',
    lightness: 0,
    depth: 8,
    errors: Array<number>(100).fill(40),
    steps: 100,
    tests: [],
  };
  const lost: Series = { ...learning, id: 'b', name: 'plain-56', steps: 20, diverged: 20 };
  const { columns, rows } = depthRecords(depthPoints([learning, lost], 30, 100), 100, 30);
  const at = columns.indexOf('training error %');
  expect(columns[at + 1]).toBe('diverged at step');
  expect(rows.map((row) => row.slice(at))).toEqual([
    [40, Number.NaN],
    [Number.NaN, 20],
  ]);
});
