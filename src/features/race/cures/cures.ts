import { meanAt } from '../../../charts/series/running-mean.ts';
import type { Series } from '../../../charts/series/series.ts';
import { type Experiment, gainsAt, type LaneSpec } from '../../../core/experiment/experiment.ts';
import { haveSameShape, isFresh } from '../../../core/experiment/lineage.ts';
import { shortcutHistory } from '../../../core/experiment/surgery.ts';
import { initialGain, type NetKind, type NetSpec } from '../../../core/net/net.ts';
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
export function wallsOf(experiment: Raced): Walls | null {
  const { lanes } = experiment;
  const ofPaper = lanes.filter((lane) => isOfPaper(lane, experiment));
  for (const { name, net } of ofPaper) {
    const twin = ofPaper.find((lane) => lane.net.family !== net.family && haveSameShape(lane.net, net));
    if (net.family !== 'plain' || twin === undefined) continue;
    const others = lanes.filter((lane) => lane.net.depth === net.depth && isOfOtherBlocks(lane.net));
    if (others.length >= LEAST_OTHERS) return { plain: name, residual: twin.name };
  }
  return null;
}

/** What decides which nets are raced. */
type Raced = Pick<Experiment, 'lanes' | 'surgery'>;

function isOfPaper(lane: LaneSpec, experiment: Raced): boolean {
  const { name, net } = lane;
  if (net.design !== undefined || net.choices !== undefined || !isFresh(lane)) return false;
  return gainsAt(experiment, name, 0).every((gain) => gain === initialGain(net.family));
}

function isOfOtherBlocks(net: NetSpec): boolean {
  return net.design === undefined && net.choices !== undefined;
}

/** What several seeds of one net came to. */
export interface CureRow {
  readonly name: string;
  readonly family: NetKind;
  readonly lightness: number;
  /** Whether anything carries what its layers read past them, or did at one of its steps. */
  readonly hasWire: boolean;
  readonly isWall: boolean;
  /** Whether it is of the walls' depth and width, and began as they did: only such a net can cure what they show. */
  readonly isOfWalls: boolean;
  /** Whether its shortcuts were changed by hand at one of its steps: it is not what it began as. */
  readonly isChanged: boolean;
  /** Mean error in percent of 30 steps up to the one at which all are read, one a seed; seeds that diverged are left out. */
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
 * The rows of the comparison, one a lane. All seeds are read at one step, however far each was trained: at the end where
 * one has come to it, else where all that are compared have come.
 */
export function cureRows(
  { lanes, surgery, until }: Raced & Pick<Experiment, 'until'>,
  series: readonly Series[],
  walls: Walls,
): readonly CureRow[] {
  const wall = lanes.find(({ name }) => name === walls.plain)?.net;
  const isAtEnd = series.flatMap(seedsOf).some(({ steps }) => steps >= until);
  return lanes.flatMap((lane): CureRow[] => {
    const { name, net } = lane;
    const own = series.find((each) => each.name === name);
    if (own === undefined) return [];
    const going = (own.seeds?.counted ?? [own]).filter(({ diverged }) => diverged === undefined);
    const at = isAtEnd ? until : Math.min(until, ...going.map(({ steps }) => steps));
    const isLost = ({ diverged }: Series) => diverged !== undefined && diverged <= at;
    const counted = seedsOf(own).filter((one) => one.steps >= at || isLost(one));
    const errors = counted.flatMap((one) => {
      const error = isLost(one) ? null : meanAt(one, STORY_WINDOW, at);
      return error === null || !Number.isFinite(error) ? [] : [error];
    });
    const diverged = counted.filter(isLost).flatMap((one) => one.diverged ?? []);
    // What is changed after a step is in effect from the next one on.
    const trained = Math.max(0, ...counted.map(({ steps }) => Math.min(steps, at) - 1));
    const { always, firstChangedAt } = shortcutHistory({ surgery }, lane, trained);
    return [
      {
        name,
        family: net.family,
        lightness: own.lightness,
        hasWire: always !== 'plain',
        isWall: name === walls.plain || name === walls.residual,
        isOfWalls: isFresh(lane) && net.design === undefined && net.depth === wall?.depth && net.width === wall.width,
        isChanged: firstChangedAt !== null,
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

function seedsOf(series: Series): readonly Series[] {
  return series.seeds === undefined ? [series] : [...series.seeds.counted, ...series.seeds.others];
}

/** The rows by their mean error, the lowest first; what diverged comes last. */
export function sortedByError(rows: readonly CureRow[]): readonly CureRow[] {
  const rank = ({ mean, divergedAt }: CureRow) => (divergedAt !== null ? 1000 - divergedAt * 1e-6 : (mean ?? 999));
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

/** A net is close to the residual wall within this share of the way from it to the plain one. */
const CLOSE = 0.25;

/** The rows of both walls where they stand: trained to the end with no surgery. Null where others cannot be placed between them. */
export function standing(
  rows: readonly CureRow[],
  walls: Walls,
): { readonly plain: CureRow; readonly residual: CureRow } | null {
  const [plain, residual] = [walls.plain, walls.residual].map((name) => rows.find((each) => each.name === name));
  if (plain === undefined || residual === undefined) return null;
  return [plain, residual].every(hasNumbers) ? { plain, residual } : null;
}

/** Whether a row has an error of each of its seeds, of the net that it began as. */
function hasNumbers({ mean, divergedAt, isChanged }: CureRow): boolean {
  return mean !== null && divergedAt === null && !isChanged;
}

/** Whether the residual wall is below the plain one with all its seeds. */
export function areApart({ plain, residual }: NonNullable<ReturnType<typeof standing>>): boolean {
  return residual.high < plain.low;
}

/**
 * Where a row is between the walls: inside the range of one of them, or between both. Null below three seeds, of a wall
 * itself, of a net that is not of their size or was operated on, and where the walls do not stand apart.
 */
export function cureVerdict(row: CureRow, rows: readonly CureRow[], walls: Walls): Verdict | null {
  if (row.divergedAt !== null) return 'diverged';
  const both = standing(rows, walls);
  if (both === null || !areApart(both)) return null;
  const { plain, residual } = both;
  if (row.isWall || row.mean === null || !row.isOfWalls || !hasNumbers(row)) return null;
  if ([row, residual, plain].some(({ seeds }) => seeds < SEEDS_FOR_VERDICT)) return null;
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
