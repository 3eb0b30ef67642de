import { hasFixedShortcuts, type NetSpec } from '../net/net.ts';
import { type Experiment, type GainChange, gainsAt, type LaneSpec } from './experiment.ts';
import { withLastingGains, withPhaseGains } from './lasting-gains.ts';
import { phaseAt } from './lineage.ts';

/**
 * The experiment with a changed gain at step 0, where a lane's first net has it; drops surgery on that block at step 0.
 */
export function withInitialGain(experiment: Experiment, change: GainChange): Experiment {
  const { lane, block, gain } = change;
  const spec = experiment.lanes.find(({ name }) => name === lane);
  if (spec === undefined) return experiment;
  const gains = phaseAt(spec, 0).net.gains.with(block - 1, gain);
  const changed = { ...withPhaseGains(experiment, lane, 0, gains), surgery: without(experiment, change) };
  return withLastingGains(experiment, changed);
}

/**
 * The experiment with a change of a gain. It replaces an earlier change at the same step; one without effect is
 * dropped.
 */
export function withSurgery(experiment: Experiment, change: GainChange): Experiment {
  const before = { ...experiment, surgery: without(experiment, change) };
  const same = gainsAt(before, change.lane, change.step)[change.block - 1] === change.gain;
  const changed = same ? before : { ...before, surgery: sortedByStep([...before.surgery, change]) };
  return withLastingGains(experiment, changed);
}

/** The experiment with the changes of a plan in place of its own. */
export function withPlan(experiment: Experiment, plan: readonly GainChange[]): Experiment {
  return withLastingGains(experiment, { ...experiment, surgery: plannedFor(plan, experiment.lanes) });
}

/** The changes of a plan that apply to these lanes: a lane may have been removed, or its name taken by another net. */
function plannedFor(plan: readonly GainChange[], lanes: readonly LaneSpec[]): readonly GainChange[] {
  return plan.filter((change) => hasBlock(lanes, change));
}

/** Whether the lane of a change has its block at that step: before it was grown it had fewer. */
export function hasBlock(lanes: readonly LaneSpec[], { lane, block, step }: GainChange): boolean {
  const target = lanes.find(({ name }) => name === lane);
  return target !== undefined && block <= phaseAt(target, step).net.gains.length;
}

/** Sorts changes by step, stably: within a step, in the order in which they were made. */
export function sortedByStep(surgery: readonly GainChange[]): readonly GainChange[] {
  return surgery.toSorted((a, b) => a.step - b.step);
}

function without({ surgery }: Experiment, { step, lane, block }: GainChange): readonly GainChange[] {
  return surgery.filter((each) => !(each.step === step && each.lane === lane && each.block === block));
}

/** The gain of one block's shortcut. */
export interface BlockGain {
  /** Counted from 1. */
  readonly block: number;
  readonly gain: number;
}

/** The kind of a net by its shortcuts: plain if it has none or all gains are 0, residual if all are 1. */
export type ShortcutKind = 'plain' | 'residual';

/** A change of a lane's gains. */
export interface ShortcutChange {
  /** The step after which they were changed. */
  readonly step: number;
  /** The gains from there on. */
  readonly gains: readonly number[];
}

/** The gains of a lane from step 0 until now. */
export interface ShortcutHistory {
  /** The gains in effect after its last step. */
  readonly now: readonly number[];
  /** The gains at step 0, surgery there included. */
  readonly first: readonly number[];
  /** The gains before the last change; those of step 0 if there was none. */
  readonly before: readonly number[];
  /** The kind that the lane had at every step until now; null if it changed or was neither. */
  readonly always: ShortcutKind | null;
  /** The last step after which its gains changed, by surgery or, where there was any, by growth; null without surgery. */
  readonly changedAt: number | null;
  /** The first step after which surgery had changed its gains; null without surgery. */
  readonly firstChangedAt: number | null;
  /** The changes, from the first by surgery on; empty without surgery. */
  readonly changes: readonly ShortcutChange[];
}

/** The kind of a net with these gains in place of its own; null if they are mixed, or its only shortcuts have none. */
function shortcutKind(net: NetSpec, gains: readonly number[]): ShortcutKind | null {
  if (gains.every((gain) => gain === 0)) return hasFixedShortcuts(net) ? null : 'plain';
  return gains.every((gain) => gain === 1) ? 'residual' : null;
}

/** The history of a lane's gains over its first `steps` steps. Surgery that is planned for later does not count. */
export function shortcutHistory(
  { surgery }: Pick<Experiment, 'surgery'>,
  lane: LaneSpec,
  steps: number,
): ShortcutHistory {
  const done = surgery.filter((change) => change.lane === lane.name && change.step <= steps);
  const boundaries = (lane.origin?.eras ?? []).map(({ until }) => until).filter((until) => until <= steps);
  const times = [...new Set([...boundaries, ...done.map(({ step }) => step)])].sort((a, b) => a - b);
  const kinds = new Set<ShortcutKind | null>();
  let now = phaseAt(lane, 0).net.gains;
  let first = now;
  let before = now;
  const changes: ShortcutChange[] = [];
  // Surgery at step 0 is part of the start.
  for (const time of times[0] === 0 ? times : [0, ...times]) {
    const { net } = phaseAt(lane, time);
    const gains = [...(boundaries.includes(time) ? net.gains : now)];
    for (const { step, block, gain } of done) if (step === time) gains[block - 1] = gain;
    kinds.add(shortcutKind(net, gains));
    // Growth alone is no surgery: the blocks that a net had keep their gains. What is done in its step is done to the larger net.
    const grows = gains.length !== now.length;
    const from = grows ? net.gains : now;
    const isOperated = !areEqual(gains, from);
    if (time > 0 && (grows || isOperated)) {
      before = isOperated ? from : now;
      if (changes.length > 0 || isOperated) changes.push({ step: time, gains });
    }
    now = gains;
    if (time === 0) [first, before] = [gains, gains];
  }
  const [always = null] = kinds.size === 1 ? kinds : [];
  return {
    now,
    first,
    before,
    always,
    changedAt: changes.at(-1)?.step ?? null,
    firstChangedAt: changes[0]?.step ?? null,
    changes,
  };
}

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((gain, index) => gain === b[index]);
}
