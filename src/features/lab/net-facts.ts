import { depthLightness } from '../../charts/colours.ts';
import type { Series } from '../../charts/series/series.ts';
import type { Experiment, LaneSpec } from '../../core/experiment/experiment.ts';
import { isFresh, phaseAt, withoutDepth } from '../../core/experiment/lineage.ts';
import { shortcutHistory } from '../../core/experiment/surgery.ts';
import { concatenates } from '../../core/net/net.ts';

/** The properties of a series that describe its net. */
export type NetFacts = Pick<Series, 'family' | 'depth' | 'lightness' | 'group' | 'kind' | 'shortcuts' | 'changes'>;

/** What charts need to know of the net itself after `steps` steps. */
export function netFacts(experiment: Experiment, lane: LaneSpec, steps: number): NetFacts {
  const { name } = lane;
  const { net } = phaseAt(lane, steps);
  const { always, now, changes } = shortcutHistory(experiment, lane, steps);
  return {
    family: net.family,
    depth: net.depth,
    lightness: depthLightness(net.depth),
    // A branch and a net with loaded weights had another start than the rest.
    group: isFresh(lane) ? withoutDepth(net) : name,
    kind: always,
    shortcuts: concatenates(net) ? 'concatenated' : now,
    changes: changes.length === 0 ? undefined : changes,
  };
}
