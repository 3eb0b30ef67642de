import { depthLightness } from '../../../charts/colours.ts';
import type { Changed, Series } from '../../../charts/series/series.ts';
import type { Experiment, LaneSpec } from '../../../core/experiment/experiment.ts';
import { branchStep, isFresh, phaseAt, withoutDepth } from '../../../core/experiment/lineage.ts';
import { shortcutHistory } from '../../../core/experiment/surgery.ts';
import { concatenates } from '../../../core/net/net.ts';
import { say } from '../../../language/say.ts';
import type { Curve } from '../curve.ts';

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

type NetFacts = Pick<Series, 'family' | 'depth' | 'lightness' | 'group' | 'kind' | 'shortcuts' | 'changed'>;

function areSameFacts(a: NetFacts, b: NetFacts): boolean {
  const isSameChange = a.changed?.step === b.changed?.step && a.changed?.now === b.changed?.now;
  return a.kind === b.kind && a.shortcuts === b.shortcuts && isSameChange;
}

/** What charts need to know of the net itself after `steps` steps. */
export function netFacts(experiment: Experiment, lane: LaneSpec, steps: number): NetFacts {
  const { name } = lane;
  const { net } = phaseAt(lane, steps);
  const { always, now, firstChangedAt } = shortcutHistory(experiment, lane, steps);
  return {
    family: net.family,
    depth: net.depth,
    lightness: depthLightness(net.depth),
    // A branch and a net with loaded weights had another start than the rest.
    group: isFresh(lane) ? withoutDepth(net) : name,
    kind: always,
    shortcuts: concatenates(net) ? say('race.concatenated') : shortcutCount(now),
    changed: firstChangedAt === null ? undefined : ({ step: firstChangedAt, now: gainsText(now) } satisfies Changed),
  };
}

/** "all on", "10 of 15 on": what a net with these gains has. */
function gainsText(gains: readonly number[]): string {
  const [first = 0] = gains;
  const on = gains.filter((gain) => gain !== 0).length;
  if (gains.some((gain) => gain !== first)) return say('charts.someOn', { on, blocks: gains.length });
  if (first === 0) return say('charts.allOff');
  return first === 1 ? say('charts.allOn') : say('charts.allAt', { gain: first });
}

/** How many shortcuts a net with these gains has. */
function shortcutCount(gains: readonly number[]): string {
  const on = gains.filter((gain) => gain !== 0).length;
  if (on === 0) return say('race.none');
  const blocks = gains.length;
  return on === blocks ? say('race.all', { blocks }) : say('race.some', { on, blocks });
}
