import type { Series } from '../../../charts/series/series.ts';
import type { Experiment, LaneSpec } from '../../../core/experiment/experiment.ts';
import { branchStep } from '../../../core/experiment/lineage.ts';
import type { Curve } from '../../lab/curve.ts';
import { type NetFacts, netFacts } from '../../lab/net-facts.ts';

// A curve that has not changed must stay the same series: charts remember their work by it.
const known = new WeakMap<Curve, Series>();

/** A lane's curve as the charts draw it. */
export function seriesOf(experiment: Experiment, lane: LaneSpec, curve: Curve): Series {
  const facts = netFacts(experiment, lane, curve.begun);
  const old = known.get(curve);
  if (old !== undefined && areSameFacts(old, facts)) return old;
  const series: Series = {
    ...facts,
    id: lane.name,
    name: lane.name,
    errors: curve.errors,
    steps: curve.steps,
    tests: curve.tests,
    branchedAt: branchStep(lane) || undefined,
    diverged: curve.divergedAt ?? undefined,
  };
  known.set(curve, series);
  return series;
}

/** The curves of all lanes as the charts draw them, in the order of the lanes. */
export function liveSeries(experiment: Experiment, curves: ReadonlyMap<string, Curve>): readonly Series[] {
  return experiment.lanes.flatMap((lane) => {
    const curve = curves.get(lane.name);
    return curve === undefined ? [] : [seriesOf(experiment, lane, curve)];
  });
}

function areSameFacts(a: NetFacts, b: NetFacts): boolean {
  const told = ({ kind, shortcuts, changes }: NetFacts) => JSON.stringify([kind, shortcuts, changes]);
  return told(a) === told(b);
}

/**
 * The series with what their nets were when they made a step; null is now. A branch is what it became at its fork: it was
 * no net before.
 */
export function seriesAt(experiment: Experiment, series: readonly Series[], step: number | null): readonly Series[] {
  return series.map((one) => {
    const lane = experiment.lanes.find(({ name }) => name === one.name);
    if (lane === undefined || step === null || step > one.steps) return one;
    // What is changed after a step is in effect from the next one on.
    return { ...one, ...netFacts(experiment, lane, Math.max(step - 1, one.branchedAt ?? 0)) };
  });
}
