import { type Experiment, type GainChange, gainsAt, type LaneSpec } from './experiment.ts';
import { eraAt } from './origin.ts';

/** The experiment with a changed initial gain; drops surgery on that block at step 0. */
export function withInitialGain(experiment: Experiment, change: GainChange): Experiment {
  const { lane, block, gain } = change;
  const lanes = experiment.lanes.map((each) =>
    each.name === lane ? { ...each, net: { ...each.net, gains: each.net.gains.with(block - 1, gain) } } : each,
  );
  return { ...experiment, lanes, surgery: without(experiment, change) };
}

/**
 * The experiment with a change of a gain. It replaces an earlier change at the same step; one without effect is
 * dropped.
 */
export function withSurgery(experiment: Experiment, change: GainChange): Experiment {
  const before = { ...experiment, surgery: without(experiment, change) };
  const same = gainsAt(before, change.lane, change.step)[change.block - 1] === change.gain;
  return same ? before : { ...before, surgery: inOrder([...before.surgery, change]) };
}

/** The changes of a plan that apply to these lanes: a lane may have been removed, or its name taken by another net. */
export function plannedFor(plan: readonly GainChange[], lanes: readonly LaneSpec[]): readonly GainChange[] {
  return plan.filter(({ lane, block, step }) => {
    const target = lanes.find(({ name }) => name === lane);
    return target !== undefined && block <= eraAt(target, step).net.gains.length;
  });
}

/** Sorts changes by step, stably: within a step, in the order in which they were made. */
export function inOrder(surgery: readonly GainChange[]): readonly GainChange[] {
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
