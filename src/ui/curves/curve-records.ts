import type { DepthPoint } from '../../charts/depth-points.ts';
import type { Curve } from '../../lab/curve.ts';
import type { Records } from '../save/records.ts';

/** A row a step of each net, with the test error where it was measured. */
export function curveRecords(curves: Iterable<Curve>): Records {
  return {
    columns: ['net', 'step', 'training error %', 'loss', 'test error %'],
    rows: [...curves].flatMap(({ lane, steps, errors, losses, tests }) => {
      const tested = new Map(tests.map(({ step, error }) => [step, error]));
      return Array.from({ length: steps }, (_, index) => [
        lane,
        index + 1,
        errors[index] ?? Number.NaN,
        losses[index] ?? Number.NaN,
        tested.get(index + 1) ?? Number.NaN,
      ]);
    }),
  };
}

/** A row a net: its mean error over the `window` steps before `step`. */
export function depthRecords(points: readonly DepthPoint[], step: number, window: number): Records {
  return {
    columns: ['net', 'family', 'depth', 'step', 'steps in the mean', 'training error %'],
    rows: points.map(({ series: { name, family, depth }, error }) => [name, family, depth, step, window, error]),
  };
}
