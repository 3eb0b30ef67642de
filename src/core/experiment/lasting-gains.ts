import { type NetSpec, stageBlocks } from '../net/net.ts';
import { type Experiment, gainsAt, type LaneSpec } from './experiment.ts';
import { type NetWithLineage, phaseAt } from './lineage.ts';

/**
 * A changed experiment in which gains last: a lane's later phase begins with its own gains, as at a branch point, and a
 * change in an earlier one would end there. Where a gain had lasted beyond the beginning of a phase before the change, the
 * changed gain does, too.
 */
export function withLastingGains(before: Experiment, changed: Experiment): Experiment {
  let lasting = changed;
  for (const lane of changed.lanes) {
    const { name, origin } = lane;
    for (const { net: earlier, until } of origin?.eras ?? []) {
      const { net } = phaseAt(lane, until);
      const [was, is] = [gainsAt(before, name, until - 1), gainsAt(lasting, name, until - 1)];
      const blocks = earlierBlocks(net, earlier);
      const gains = net.gains.map((gain, index) => {
        const at = blocks[index] ?? -1;
        return was[at] === gain ? (is[at] ?? gain) : gain;
      });
      lasting = withPhaseGains(lasting, name, until, gains);
    }
  }
  return lasting;
}

/** The experiment in which a lane's phase at this step begins with these gains. */
export function withPhaseGains(
  experiment: Experiment,
  name: string,
  step: number,
  gains: readonly number[],
): Experiment {
  const lanes = experiment.lanes.map((lane) => (lane.name === name ? beginningWith(lane, step, gains) : lane));
  return { ...experiment, lanes };
}

function beginningWith(lane: LaneSpec, step: number, gains: readonly number[]): LaneSpec {
  const { origin } = lane;
  const at = origin?.eras.findIndex(({ until }) => step < until) ?? -1;
  const era = origin?.eras[at];
  if (origin === undefined || era === undefined) return { ...lane, net: { ...lane.net, gains } };
  return { ...lane, origin: { ...origin, eras: origin.eras.with(at, { ...era, net: { ...era.net, gains } }) } };
}

/**
 * The gain that a lane's block was built with, at step 0 or where the net grew by it; `block` is its number, from 1, after
 * `step` steps.
 */
export function builtWith(lane: NetWithLineage, block: number, step: number): number {
  const { net, since } = phaseAt(lane, step);
  const earlier = since === 0 ? [] : earlierBlocks(net, phaseAt(lane, since - 1).net);
  const index = earlier[block - 1] ?? null;
  return index === null ? (net.gains[block - 1] ?? 1) : builtWith(lane, index + 1, since - 1);
}

/**
 * The block that a lane's block of a later step, `then`, is after `step` steps, both numbered from 1; null where the lane
 * has yet to grow by it.
 */
export function blockBefore(lane: NetWithLineage, block: number, then: number, step: number): number | null {
  const { net, since } = phaseAt(lane, then);
  if (since <= step) return block;
  const index = earlierBlocks(net, phaseAt(lane, since - 1).net)[block - 1] ?? null;
  return index === null ? null : blockBefore(lane, index + 1, since - 1, step);
}

/** For each block of a net, the index of the one that it was in an earlier, smaller net; null for those that were added. */
function earlierBlocks(net: NetSpec, earlier: NetSpec): readonly (number | null)[] {
  const had = stageBlocks(earlier);
  let first = 0;
  return stageBlocks(net).flatMap((count, stage) => {
    const [start, kept] = [first, had[stage] ?? 0];
    first += kept;
    return Array.from({ length: count }, (_, nth) => (nth < kept ? start + nth : null));
  });
}
