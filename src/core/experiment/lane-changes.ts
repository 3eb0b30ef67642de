import type { Experiment, GainChange, LaneSpec } from './experiment.ts';
import { withLastingGains } from './lasting-gains.ts';
import { type BlockGain, hasBlock, sortedByStep, withInitialGain, withSurgery } from './surgery.ts';

/** The experiment with another lane at the end and the surgery that this lane brings along. */
export function withLane(experiment: Experiment, lane: LaneSpec, surgery: readonly GainChange[] = []): Experiment {
  return {
    ...experiment,
    lanes: [...experiment.lanes, lane],
    surgery: surgery.length === 0 ? experiment.surgery : sortedByStep([...experiment.surgery, ...surgery]),
  };
}

/** The experiment without a lane and its surgery. */
export function withoutLane(experiment: Experiment, name: string): Experiment {
  return {
    ...experiment,
    lanes: experiment.lanes.filter((lane) => lane.name !== name),
    surgery: experiment.surgery.filter(({ lane }) => lane !== name),
  };
}

/**
 * The experiment with a lane's gains changed after `step` finished steps: at step 0 the initial ones, later surgery. Those of
 * blocks that it has not at that step stay as they are.
 */
export function withGains(experiment: Experiment, lane: string, gains: readonly BlockGain[], step: number): Experiment {
  let changed = experiment;
  for (const { block, gain } of gains) {
    const change: GainChange = { step, lane, block, gain };
    if (!hasBlock(changed.lanes, change)) continue;
    changed = step === 0 ? withInitialGain(changed, change) : withSurgery(changed, change);
  }
  return changed;
}

/**
 * The experiment without the surgery that was done on a lane after `step`, to which it is rewound when it has begun `begun`
 * steps. What is planned for a later step was not done yet.
 */
export function withoutLaterSurgery(experiment: Experiment, name: string, step: number, begun: number): Experiment {
  const isKept = (change: GainChange) => change.lane !== name || change.step <= step || change.step > begun;
  const surgery = experiment.surgery.filter(isKept);
  return withLastingGains(experiment, { ...experiment, surgery });
}

/** The part of an experiment that concerns some of its lanes. They train in it as in the whole. */
export function onlyLanes(experiment: Experiment, names: readonly string[]): Experiment {
  return {
    ...experiment,
    lanes: experiment.lanes.filter(({ name }) => names.includes(name)),
    surgery: experiment.surgery.filter(({ lane }) => names.includes(lane)),
  };
}
