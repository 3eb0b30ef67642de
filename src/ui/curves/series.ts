import type { Series } from '../../charts/series.ts';
import { toneOf } from '../../charts/tone.ts';
import type { Curve } from '../../lab/curve.ts';
import type { LaneSpec } from '../../spec/experiment.ts';
import { branchStep } from '../../spec/origin.ts';

// A curve that has not changed must stay the same series: charts remember their work by it.
const known = new WeakMap<Curve, Series>();

/** A lane's curve as the charts draw it. */
export function seriesOf(lane: LaneSpec, curve: Curve): Series {
  const old = known.get(curve);
  if (old !== undefined) return old;
  const { name, net } = lane;
  const series: Series = {
    id: name,
    name,
    family: net.family,
    depth: net.depth,
    design: net.design,
    tone: toneOf(net.depth),
    errors: curve.errors,
    steps: curve.steps,
    tests: curve.tests,
    branchedAt: branchStep(lane) || undefined,
    diverged: curve.divergedAt ?? undefined,
  };
  known.set(curve, series);
  return series;
}
