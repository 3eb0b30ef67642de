import { expect, test } from 'vitest';
import { FakeWorker, points, progressReport, TWO } from '../../../testing/fake-worker.ts';
import { savedCurve } from '../curve.ts';
import { curveRecords } from './curve-records.ts';
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
