import { type Experiment, gainsAt } from '../../../core/experiment/experiment.ts';
import { isFresh, lastFold, phaseAt } from '../../../core/experiment/lineage.ts';
import { rateAt } from '../../../core/experiment/recipe.ts';
import { type ShortcutHistory, shortcutHistory } from '../../../core/experiment/surgery.ts';
import { type NetSpec, netName } from '../../../core/net/net.ts';

/** What was measured of a lane. Errors are running means in percent, or means of these over seeds. */
export interface MeasuredLane {
  readonly name: string;
  readonly steps: number;
  /** With how many of the seeds it diverged. */
  readonly diverged: number;
  /** The mean error after a step; null where there is none. */
  readonly errorAt: (step: number) => number | null;
  /** The lowest and highest error after a step of several seeds; null where there is one seed. */
  readonly rangeAt?: (step: number) => { readonly low: number; readonly high: number } | null;
}

/** A lane that is level with the others, as claims see it. */
export interface StoryLane {
  readonly name: string;
  readonly net: NetSpec;
  readonly shortcuts: ShortcutHistory;
  /** Mean errors of the last steps, newest last; NaN where there is none. */
  readonly errors: readonly number[];
  /** Lowest and highest error of the seeds now; null where there is one seed. */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** The mean error at the step of the last surgery; null where there is none. */
  readonly errorAtChange: number | null;
  /** Where its RepVGG branches were folded: after which step, of which net, and the mean error then. */
  readonly fold: { readonly step: number; readonly of: string; readonly error: number | null } | null;
  /** Whether it began with weights drawn by the seed and is no branch of another lane. */
  readonly fresh: boolean;
}

/** Changes of a lane's gains that lie ahead, all at one step. */
export interface PlannedSurgery {
  readonly name: string;
  readonly step: number;
  readonly first: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** A race after `step` steps: what the claims of the story are checked against. */
export interface StoryRace {
  readonly step: number;
  /** Whether it has come to the experiment's end. */
  readonly ended: boolean;
  /** The learning rate of the next step. */
  readonly rate: number;
  /** Whether a step was made with a rate that the recipe had dropped, as recipes do toward their end. */
  readonly hasDropped: boolean;
  /** Number of seeds that the errors are means over. */
  readonly seeds: number;
  /** The lanes that have all made `step` steps. Only these are compared. */
  readonly lanes: readonly StoryLane[];
  /** The lanes that diverged, and with how many of the seeds. These have no errors to compare. */
  readonly diverged: readonly { readonly name: string; readonly seeds: number }[];
  /** The lanes that still catch up. */
  readonly behind: readonly string[];
  /** Whether it has other lanes, of which nothing is to be told: covered in a presentation, or sealed by the lesson. */
  readonly hasHidden: boolean;
  readonly planned: readonly PlannedSurgery[];
  /** The largest class, and the error of always answering it, in percent; null until the data is loaded. */
  readonly majority: { readonly answer: string; readonly error: number } | null;
}

/** How far back the means are looked up: a gap counts when it was there each time. */
export const LOOK_BACK = [30, 20, 10, 0] as const;

/** The lanes whose errors can be told beside each other: those that have not diverged, and do not catch up. */
export function levelLanes<Lane extends Pick<MeasuredLane, 'steps' | 'diverged'>>(
  measured: readonly Lane[],
): readonly Lane[] {
  const racing = measured.filter(({ diverged }) => diverged === 0);
  const leaders = Math.max(0, ...racing.map(({ steps }) => steps));
  // A report may hold one round more of one lane than of another.
  return racing.filter(({ steps }) => steps >= leaders - 1);
}

/** Collects what the claims need of an experiment and of what was measured in it. */
export function storyRace(
  experiment: Experiment,
  measured: readonly MeasuredLane[],
  { seeds = 1, majority = null, hasHidden = false }: Partial<Pick<StoryRace, 'seeds' | 'majority' | 'hasHidden'>> = {},
): StoryRace {
  const level = levelLanes(measured);
  const step = level.length === 0 ? 0 : Math.min(...level.map(({ steps }) => steps));
  const lanes = level.flatMap(({ name, errorAt, rangeAt }): StoryLane[] => {
    const lane = experiment.lanes.find((each) => each.name === name);
    if (lane === undefined) return [];
    const shortcuts = shortcutHistory(experiment, lane, step);
    const { changedAt } = shortcuts;
    const fold = lastFold(lane, step);
    return [
      {
        name,
        net: phaseAt(lane, step).net,
        shortcuts,
        errors: LOOK_BACK.map((back) => errorAt(step - back) ?? Number.NaN),
        range: rangeAt?.(step) ?? null,
        errorAtChange: changedAt === null ? null : errorAt(changedAt),
        fold: fold && { step: fold.step, of: netName(fold.before), error: errorAt(fold.step) },
        fresh: isFresh(lane),
      },
    ];
  });
  const diverged = measured
    .filter((lane) => lane.diverged > 0)
    .map((lane) => ({ name: lane.name, seeds: lane.diverged }));
  return {
    step,
    ended: step >= experiment.until,
    rate: rateAt(experiment.recipe, step),
    hasDropped: experiment.recipe.drops.some((drop) => drop.step < step),
    seeds,
    lanes,
    diverged,
    behind: measured.filter((lane) => lane.diverged === 0 && !level.includes(lane)).map(({ name }) => name),
    hasHidden,
    planned: plannedAfter(experiment, step).filter(({ name }) => diverged.every((lane) => lane.name !== name)),
    majority,
  };
}

/** The changes after `step`, by step and lane; those that change nothing are left out. */
function plannedAfter(experiment: Experiment, step: number): readonly PlannedSurgery[] {
  const ahead = new Map<string, { readonly name: string; readonly step: number }>();
  for (const change of experiment.surgery)
    if (change.step > step) ahead.set(`${change.step}/${change.lane}`, { name: change.lane, step: change.step });
  return [...ahead.values()].flatMap(({ name, step: at }) => {
    const gains = (steps: number) => gainsAt(experiment, name, steps);
    const [earlier, after] = [gains(at - 1), gains(at)];
    // What is done in the step in which a net grows is done to the larger one.
    const lane = experiment.lanes.find((each) => each.name === name);
    const grows = lane !== undefined && earlier.length !== after.length;
    const before = grows ? phaseAt(lane, at).net.gains : earlier;
    const change = { name, step: at, first: gains(0), before, after };
    return before.join() === after.join() ? [] : [change];
  });
}
