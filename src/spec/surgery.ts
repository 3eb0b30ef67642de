import { type Experiment, type GainChange, gainsAt, type LaneSpec } from './experiment.ts';
import { eraAt } from './origin.ts';

/** What the experiment had for that shortcut at step 0 gives way. */
export function withInitialGain(experiment: Experiment, change: GainChange): Experiment {
  const { lane, block, gain } = change;
  const lanes = experiment.lanes.map((each) =>
    each.name === lane ? { ...each, net: { ...each.net, gains: each.net.gains.with(block - 1, gain) } } : each,
  );
  return { ...experiment, lanes, surgery: without(experiment, change) };
}

/** A second change of one shortcut at one step takes the place of the first; one that undoes it leaves nothing. */
export function withSurgery(experiment: Experiment, change: GainChange): Experiment {
  const before = { ...experiment, surgery: without(experiment, change) };
  const same = gainsAt(before, change.lane, change.step)[change.block - 1] === change.gain;
  return same ? before : { ...before, surgery: inOrder([...before.surgery, change]) };
}

/** The part of a plan that these lanes can have: a lane may have left, or another net may have its name. */
export function plannedFor(plan: readonly GainChange[], lanes: readonly LaneSpec[]): readonly GainChange[] {
  return plan.filter(({ lane, block, step }) => {
    const target = lanes.find(({ name }) => name === lane);
    return target !== undefined && block <= eraAt(target, step).net.gains.length;
  });
}

/** By their steps, as they come into force; of one step in the order in which they were made. */
export function inOrder(surgery: readonly GainChange[]): readonly GainChange[] {
  return surgery.toSorted((a, b) => a.step - b.step);
}

function without({ surgery }: Experiment, { step, lane, block }: GainChange): readonly GainChange[] {
  return surgery.filter((each) => !(each.step === step && each.lane === lane && each.block === block));
}
