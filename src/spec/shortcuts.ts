import { type Experiment, gainsAt, type LaneSpec } from './experiment.ts';

/** What a net is by its gains: plain where all are 0, residual where all are 1. */
export type ShortcutKind = 'plain' | 'residual';

/** The gains of a lane from step 0 until now. */
export interface ShortcutHistory {
  /** The gains in force after its last step. */
  readonly now: readonly number[];
  /** What the lane is now and was at every step before; null where it is or was anything else. */
  readonly always: ShortcutKind | null;
  /** The last step after which its gains changed, by surgery or, where there was any, by growth; null without surgery. */
  readonly changedAt: number | null;
  /** Whether the gains are again what they were at step 0. */
  readonly asAtStart: boolean;
}

/** What a net with these gains is now; null where some shortcuts are open and others not, or at another strength. */
export function shortcutKind(gains: readonly number[]): ShortcutKind | null {
  if (gains.every((gain) => gain === 0)) return 'plain';
  return gains.every((gain) => gain === 1) ? 'residual' : null;
}

/** The history of a lane's gains over its first `steps` steps. Surgery that is planned for later does not count. */
export function shortcutHistory(experiment: Experiment, lane: LaneSpec, steps: number): ShortcutHistory {
  const cuts = experiment.surgery.filter((change) => change.lane === lane.name && change.step <= steps);
  const eras = (lane.origin?.eras ?? []).map(({ until }) => until).filter((until) => until <= steps);
  const times = [...new Set([0, ...eras, ...cuts.map(({ step }) => step), steps])].sort((a, b) => a - b);
  const states = times.map((time) => ({ time, gains: gainsAt(experiment, lane.name, time) }));
  const now = states.at(-1)?.gains ?? [];
  const kinds = new Set(states.map(({ gains }) => shortcutKind(gains)));
  const differing = states.filter(({ gains }, index) => !areEqual(states[index - 1]?.gains ?? gains, gains));
  // Growth alone is no surgery: the blocks that a net had keep their gains.
  const isChanged = states.some(({ gains }, index) => {
    const before = states[index - 1]?.gains ?? gains;
    return before.length === gains.length && !areEqual(before, gains);
  });
  const [always = null] = kinds.size === 1 ? kinds : [];
  return {
    now,
    always,
    changedAt: isChanged ? (differing.at(-1)?.time ?? null) : null,
    asAtStart: areEqual(now, states[0]?.gains ?? []),
  };
}

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((gain, index) => gain === b[index]);
}
