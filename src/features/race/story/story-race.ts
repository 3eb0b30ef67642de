import type { Experiment } from '../../../core/experiment/experiment.ts';
import { phaseAt } from '../../../core/experiment/lineage.ts';
import { type ShortcutHistory, shortcutHistory } from '../../../core/experiment/surgery.ts';
import type { NetSpec } from '../../../core/net/net.ts';

/** What was measured of a lane. Errors are running means in percent. */
export interface MeasuredLane {
  readonly name: string;
  readonly steps: number;
  readonly diverged: boolean;
  /** The mean error after a step; null where there is none. */
  readonly errorAt: (step: number) => number | null;
}

/** A lane that is level with the others, as claims see it. */
export interface StoryLane {
  readonly name: string;
  readonly net: NetSpec;
  readonly shortcuts: ShortcutHistory;
  /** Mean errors of the last steps, newest last; NaN where there is none. */
  readonly errors: readonly number[];
  /** The mean error at the step of the last surgery; null where there is none. */
  readonly errorAtChange: number | null;
  /** Whether it began with weights drawn by the seed and is no branch of another lane. */
  readonly fresh: boolean;
}

/** A race after `step` steps: what the claims of the story are checked against. */
export interface StoryRace {
  readonly step: number;
  /** The lanes that have all made `step` steps. Only these are compared. */
  readonly lanes: readonly StoryLane[];
  readonly diverged: readonly string[];
  /** The lanes that still catch up. */
  readonly behind: readonly string[];
}

/** How far back the means are looked up: a gap counts when it was there each time. */
const LOOK_BACK = [30, 20, 10, 0] as const;

/** Collects what the claims need of an experiment and of what was measured in it. */
export function storyRace(experiment: Experiment, measured: readonly MeasuredLane[]): StoryRace {
  const racing = measured.filter(({ diverged }) => !diverged);
  const leaders = Math.max(0, ...racing.map(({ steps }) => steps));
  // A report may hold one round more of one lane than of another.
  const level = racing.filter(({ steps }) => steps >= leaders - 1);
  const step = Math.min(leaders, ...level.map(({ steps }) => steps));
  const lanes = level.flatMap(({ name, errorAt }): StoryLane[] => {
    const lane = experiment.lanes.find((each) => each.name === name);
    if (lane === undefined) return [];
    const shortcuts = shortcutHistory(experiment, lane, step);
    const { changedAt } = shortcuts;
    return [
      {
        name,
        net: phaseAt(lane, step).net,
        shortcuts,
        errors: LOOK_BACK.map((back) => errorAt(step - back) ?? Number.NaN),
        errorAtChange: changedAt === null ? null : errorAt(changedAt),
        fresh: lane.origin === undefined && lane.start === undefined,
      },
    ];
  });
  return {
    step,
    lanes,
    diverged: measured.filter(({ diverged }) => diverged).map(({ name }) => name),
    behind: racing.filter((lane) => !level.includes(lane)).map(({ name }) => name),
  };
}
