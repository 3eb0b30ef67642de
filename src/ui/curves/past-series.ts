import type { Series } from '../../charts/series.ts';
import { toneOf } from '../../charts/tone.ts';
import type { KeptRun } from '../../spec/run.ts';

// A run that has not changed must stay the same series: charts remember their work by it.
const known = new WeakMap<KeptRun, readonly Series[]>();

/** A kept run's curves as the charts draw them. */
export function pastSeries(run: KeptRun): readonly Series[] {
  const old = known.get(run);
  if (old !== undefined) return old;
  const all = run.curves.flatMap(({ lane, errors, tests }): Series[] => {
    const net = run.experiment.lanes.find(({ name }) => name === lane)?.net;
    if (net === undefined) return [];
    const { family, depth } = net;
    const steps = errors.length;
    return [{ id: `${run.id}/${lane}`, name: lane, family, depth, tone: toneOf(depth), errors, steps, tests }];
  });
  known.set(run, all);
  return all;
}
