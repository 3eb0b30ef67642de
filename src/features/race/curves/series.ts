import { depthLightness } from '../../../charts/colours.ts';
import type { Series } from '../../../charts/series/series.ts';
import type { Experiment, LaneSpec } from '../../../core/experiment/experiment.ts';
import { branchStep, withoutDepth } from '../../../core/experiment/origin.ts';
import { shortcutHistory } from '../../../core/experiment/surgery.ts';
import type { Curve } from '../curve.ts';
import { shortcutCount } from '../story/marks.ts';

// A curve that has not changed must stay the same series: charts remember their work by it.
const known = new WeakMap<Curve, Series>();

/** A lane's curve as the charts draw it. */
export function seriesOf(experiment: Experiment, lane: LaneSpec, curve: Curve): Series {
  const facts = netFacts(experiment, lane, curve.begun);
  const old = known.get(curve);
  if (old !== undefined && old.kind === facts.kind && old.shortcuts === facts.shortcuts) return old;
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

/** What charts need to know of the net itself after `steps` steps. */
export function netFacts(
  experiment: Experiment,
  lane: LaneSpec,
  steps: number,
): Pick<Series, 'family' | 'depth' | 'lightness' | 'group' | 'kind' | 'shortcuts'> {
  const { net, name, origin, start } = lane;
  const { always, now } = shortcutHistory(experiment, lane, steps);
  return {
    family: net.family,
    depth: net.depth,
    lightness: depthLightness(net.depth),
    // A branch and a net with loaded weights had another start than the rest.
    group: origin === undefined && start === undefined ? withoutDepth(net) : name,
    kind: always,
    shortcuts: shortcutCount(now),
  };
}
