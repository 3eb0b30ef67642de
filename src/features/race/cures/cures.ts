import { meanAt } from '../../../charts/series/running-mean.ts';
import type { Series } from '../../../charts/series/series.ts';
import type { Experiment, LaneSpec } from '../../../core/experiment/experiment.ts';
import { type CifarNet, concatenates, initialGain, type NetKind, type NetSpec } from '../../../core/net/net.ts';
import { STORY_WINDOW } from '../story/claim.ts';

/** The nets of the paper between which others are placed: the plain one, and its residual twin. */
export interface Walls {
  readonly plain: string;
  readonly residual: string;
}

/** A comparison of at least as many nets of another design with the walls is drawn as dots. */
const LEAST_OTHERS = 3;

/** The least number of seeds from which the page says whether a net cures degradation. */
export const SEEDS_FOR_VERDICT = 3;

/** The walls of an experiment, where at least three nets of their depth but of other blocks are raced with them; null elsewhere. */
export function wallsOf({ lanes }: Pick<Experiment, 'lanes'>): Walls | null {
  for (const { name, net } of lanes.filter(isOfPaper)) {
    const twin = lanes.find((lane) => isOfPaper(lane) && lane.net.family !== net.family && isSameBut(lane.net, net));
    if (net.family !== 'plain' || twin === undefined) continue;
    const others = lanes.filter((lane) => lane.net.depth === net.depth && isOfOtherBlocks(lane.net));
    if (others.length >= LEAST_OTHERS) return { plain: name, residual: twin.name };
  }
  return null;
}

function isOfPaper({ net, origin, start }: LaneSpec): boolean {
  if (net.design !== undefined || net.choices !== undefined) return false;
  return origin === undefined && start === undefined && net.gains.every((gain) => gain === initialGain(net.family));
}

function isOfOtherBlocks(net: NetSpec): boolean {
  return net.design === undefined && net.choices !== undefined;
}

function isSameBut(a: NetSpec, b: NetSpec): boolean {
  const built = ({ family: _, gains: __, ...rest }: NetSpec) => JSON.stringify(rest);
  return built(a) === built(b);
}

/** What several seeds of one net came to. */
export interface CureRow {
  readonly name: string;
  readonly family: NetKind;
  readonly lightness: number;
  /** Whether anything carries the input of its blocks past their layers. */
  readonly hasWire: boolean;
  readonly isWall: boolean;
  /** Mean error in percent of the last 30 steps, one a seed; seeds that diverged are left out. */
  readonly errors: readonly number[];
  readonly mean: number | null;
  readonly low: number;
  readonly high: number;
  /** The first step at which the loss of a seed was not a number; null where that has not happened. */
  readonly divergedAt: number | null;
  /** Seeds that are counted, with those that diverged. */
  readonly seeds: number;
}

/** Where a net is between the walls. */
export type Verdict = 'beyond' | 'reaches' | 'close' | 'helps' | 'none' | 'diverged';

/**
 * The rows of the comparison, one a lane: of seeds that have come to the end where there are any, else of those that are
 * under way.
 */
export function cureRows(
  { lanes, until }: Pick<Experiment, 'lanes' | 'until'>,
  series: readonly Series[],
  walls: Walls,
): readonly CureRow[] {
  return lanes.flatMap(({ name, net }): CureRow[] => {
    const own = series.find((each) => each.name === name);
    if (own === undefined) return [];
    const all = own.seeds === undefined ? [own] : [...own.seeds.counted, ...own.seeds.others];
    const isDone = ({ steps, diverged }: Series) => steps >= until || diverged !== undefined;
    const counted = all.some(isDone) ? all.filter(isDone) : all;
    const errors = counted.flatMap((one) => {
      const error = one.diverged === undefined ? meanAt(one, STORY_WINDOW, one.steps) : null;
      return error === null || !Number.isFinite(error) ? [] : [error];
    });
    const diverged = counted.flatMap((one) => one.diverged ?? []);
    return [
      {
        name,
        family: net.family,
        lightness: own.lightness,
        hasWire: hasWire(net),
        isWall: name === walls.plain || name === walls.residual,
        errors,
        mean: errors.length === 0 ? null : errors.reduce((sum, each) => sum + each, 0) / errors.length,
        low: Math.min(...errors),
        high: Math.max(...errors),
        divergedAt: diverged.length === 0 ? null : Math.min(...diverged),
        seeds: counted.length,
      },
    ];
  });
}

function hasWire(net: NetSpec): boolean {
  return concatenates(net) || net.gains.some((gain) => gain !== 0);
}

/** The rows by their mean error, the lowest first; what diverged comes last. */
export function sortedByError(rows: readonly CureRow[]): readonly CureRow[] {
  const rank = ({ mean, divergedAt }: CureRow) => (divergedAt !== null ? 1000 - divergedAt * 1e-6 : (mean ?? 999));
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

/** A net is close to the residual wall within this share of the way from it to the plain one. */
const CLOSE = 0.25;

/**
 * Where a row is between the walls: inside the range of one of them, or between both. Null below three seeds, of a wall
 * itself, and where the walls overlap.
 */
export function cureVerdict(row: CureRow, rows: readonly CureRow[], walls: Walls): Verdict | null {
  if (row.divergedAt !== null) return 'diverged';
  const [residual, plain] = [walls.residual, walls.plain].map((name) => rows.find((each) => each.name === name));
  if (residual === undefined || plain === undefined || row.isWall || row.mean === null) return null;
  const counted = [row, residual, plain];
  if (counted.some(({ seeds, divergedAt }) => seeds < SEEDS_FOR_VERDICT || divergedAt !== null)) return null;
  if (residual.high >= plain.low) return null;
  if (row.high < residual.low) return 'beyond';
  if (row.mean <= residual.high) return 'reaches';
  if (row.mean >= plain.low) return 'none';
  return row.mean <= residual.high + CLOSE * (plain.low - residual.high) ? 'close' : 'helps';
}

/** The best net without a wire that is as good as the residual wall; undefined where none is known to be. */
export function wirelessCure(rows: readonly CureRow[], walls: Walls): CureRow | undefined {
  const cures = rows.filter((row) => {
    const verdict = cureVerdict(row, rows, walls);
    return !row.hasWire && (verdict === 'beyond' || verdict === 'reaches');
  });
  return sortedByError(cures)[0];
}

/** The gain of all shortcuts of a residual net that were weakened before it began; null where they were not. */
export function weakenedTo({ family, gains }: Pick<CifarNet, 'family' | 'gains'>): number | null {
  const [first = 1] = gains;
  return family === 'residual' && first !== 1 && gains.every((gain) => gain === first) ? first : null;
}
