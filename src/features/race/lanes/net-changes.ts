import { type Experiment, gainsAt, type LaneSpec } from '../../../core/experiment/experiment.ts';
import { blockBefore } from '../../../core/experiment/lasting-gains.ts';
import { phaseAt } from '../../../core/experiment/lineage.ts';
import { type ShortcutHistory, shortcutHistory } from '../../../core/experiment/surgery.ts';
import { builtGain } from '../../../core/net/net.ts';
import { say } from '../../../language/say.ts';
import { begunOf, gainsNow } from '../../lab/lane-now.ts';
import type { LabState } from '../../lab/state.ts';

/** The next change of a lane that is planned for a later step. */
interface Planned {
  readonly plannedAt: number | null;
  readonly becomes: 'on' | 'off' | 'other';
}

/** How surgery has changed a lane's shortcuts, and how it will change them. Flat, so that two can be compared. */
export interface NetChanges extends Planned {
  /** What it has: what it was built with and always had, what it began with again, all of one gain, or in numbers. */
  readonly has: 'own' | 'first' | 'all' | 'none' | 'alike' | 'some';
  /** The gain of its first shortcut. */
  readonly gain: number;
  /** Number of shortcuts with a gain other than 0. */
  readonly on: number;
  readonly blocks: number;
  /** The last step at which its gains changed; null where they never did. */
  readonly changedAt: number | null;
}

/** The changes of a lane's shortcuts after `steps` steps. */
export function netChanges(
  { experiment, built }: Pick<LabState, 'experiment' | 'built'>,
  lane: LaneSpec,
  steps: number,
): NetChanges {
  const history = shortcutHistory(experiment, lane, steps);
  const { now, changedAt } = history;
  const on = now.filter((gain) => gain !== 0).length;
  return {
    has: shortcutsOf(lane, history, built.get(lane.name) ?? history.first),
    gain: now[0] ?? 0,
    on,
    blocks: now.length,
    changedAt,
    ...nextPlanned(experiment, lane.name, steps),
  };
}

function shortcutsOf(
  { net }: LaneSpec,
  { now, first, changedAt }: ShortcutHistory,
  built: readonly number[],
): NetChanges['has'] {
  const isAll = (value: number) => now.every((gain) => gain === value);
  const [gain = 0] = now;
  const isOwn = builtGain({ family: net.family, gains: now }) !== null && areEqual(first, built);
  if (changedAt === null && isOwn) return 'own';
  if (changedAt !== null && areEqual(now, first)) return 'first';
  if (isAll(0)) return 'none';
  if (isAll(1)) return 'all';
  return isAll(gain) ? 'alike' : 'some';
}

function areEqual(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((gain, index) => gain === others[index]);
}

function nextPlanned(experiment: Experiment, lane: string, steps: number): Planned {
  const ahead = experiment.surgery.filter((change) => change.lane === lane && change.step > steps);
  const plannedAt = ahead.length === 0 ? null : Math.min(...ahead.map(({ step }) => step));
  const gains = plannedAt === null ? [] : gainsAt(experiment, lane, plannedAt);
  if (gains.every((gain) => gain === 0)) return { plannedAt, becomes: 'off' };
  return { plannedAt, becomes: gains.every((gain) => gain === 1) ? 'on' : 'other' };
}

/** For each block of a lane the gain that surgery of a later step gives it; null where none is planned. */
export function plannedGains(
  { lanes, surgery }: Experiment,
  name: string,
  steps: number,
): (block: number) => number | null {
  const lane = lanes.find((each) => each.name === name);
  const ahead = surgery.filter((change) => change.lane === name && change.step > steps);
  return (block) =>
    ahead.find((change) => lane !== undefined && blockBefore(lane, change.block, change.step, steps) === block)?.gain ??
    null;
}

type Surgeried = Pick<LabState, 'experiment' | 'built' | 'curves'>;

/** The gain of a block's shortcut after a click: 0, or where that is its gain what it was before it was cut, else 1. */
export function toggledGain(state: Surgeried, name: string, block: number): number {
  const { experiment, built } = state;
  const steps = begunOf(state, name);
  const lane = experiment.lanes.find((each) => each.name === name);
  if (lane === undefined || gainsAt(experiment, name, steps)[block - 1] !== 0) return 0;
  const { net, since } = phaseAt(lane, steps);
  const changes = experiment.surgery.filter(
    (change) => change.lane === name && change.block === block && change.step >= since && change.step <= steps,
  );
  const first = since === 0 ? (built.get(name)?.[block - 1] ?? 0) : 0;
  const gains = [first, net.gains[block - 1] ?? 0, ...changes.map(({ gain }) => gain)];
  return gains.findLast((gain) => gain !== 0) ?? 1;
}

/** The gains of a lane whose shortcuts are all switched on: of those that are cut what a click would give them. */
export function switchedOn(state: Surgeried, name: string): readonly number[] {
  return gainsNow(state, name).map((gain, index) => (gain === 0 ? toggledGain(state, name, index + 1) : gain));
}

/** "now with all 15 shortcuts", in words; null where the net has what it was built with and always had. */
export function hasNow({ has, gain, on, blocks }: NetChanges): string | null {
  if (has === 'own') return null;
  if (has === 'first') return say('race.nowAsBuilt');
  if (has === 'all') return say('race.nowAll', { blocks });
  if (has === 'alike') return say('race.nowAllAt', { blocks, gain });
  return has === 'none' ? say('race.nowNone') : say('race.nowSome', { on, blocks });
}

/** "changed at step 112" and "on again at 175 (planned)", in words. */
export function changeTimes({ changedAt, plannedAt, becomes }: NetChanges): readonly string[] {
  const planned = { on: 'race.plannedOn', off: 'race.plannedOff', other: 'race.plannedOther' } as const;
  return [
    ...(changedAt === null ? [] : [say('race.changedAt', { step: changedAt })]),
    ...(plannedAt === null ? [] : [say(planned[becomes], { step: plannedAt })]),
  ];
}
