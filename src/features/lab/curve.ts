import type { LanePoints, TestPoint } from '../../core/results/report.ts';
import type { SavedCurve } from '../../core/results/run.ts';

/** The measurements of one lane. A new object for every addition; the columns grow in place. */
export interface Curve {
  readonly lane: string;
  /** Number of measured steps, the filled part of the columns. */
  readonly steps: number;
  /** Number of steps that were begun; their measurements may not have arrived. */
  readonly begun: number;
  /** Error in percent of each step's batch, first step first. */
  readonly errors: Float32Array;
  /** Mean cross-entropy of each step's batch, in nats. */
  readonly losses: Float32Array;
  readonly tests: readonly TestPoint[];
  /** The step in which the loss stopped being finite, or null. */
  readonly divergedAt: number | null;
  /** The first layer whose output was not finite; null until it is known. */
  readonly brokenLayer: string | null;
}

const FIRST_ROOM = 512;

export function emptyCurve(lane: string): Curve {
  const room = () => new Float32Array(FIRST_ROOM);
  return { lane, steps: 0, begun: 0, errors: room(), losses: room(), tests: [], divergedAt: null, brokenLayer: null };
}

/** Restores a saved curve. */
export function curveOf({ lane, errors, losses, tests, divergedAt, brokenLayer }: SavedCurve): Curve {
  const steps = errors.length;
  const room = emptyCurve(lane);
  const filled = withPoints(room, { lane, from: 0, errors: [...errors], losses: [...losses] });
  return { ...filled, begun: divergedAt ?? steps, tests, divergedAt, brokenLayer: brokenLayer ?? null };
}

/** The part of a curve that is saved. */
export function savedCurve({ lane, steps, errors, losses, tests, divergedAt, brokenLayer }: Curve): SavedCurve {
  return {
    ...{ lane, errors: errors.slice(0, steps), losses: losses.slice(0, steps), tests, divergedAt },
    ...(brokenLayer !== null && { brokenLayer }),
  };
}

/** Appends points. The old object still shows the old steps only. */
export function withPoints(curve: Curve, { from, errors, losses }: LanePoints): Curve {
  const steps = from + errors.length;
  const grown =
    steps > curve.errors.length ? { errors: roomier(curve.errors, steps), losses: roomier(curve.losses, steps) } : {};
  const next = { ...curve, ...grown, steps, begun: Math.max(curve.begun, steps) };
  next.errors.set(errors, from);
  next.losses.set(losses, from);
  return next;
}

/** Copies the first `until` steps of the parent's curve to the curve of a lane that was branched off it. */
export function withShared(curve: Curve, parent: Curve | undefined, until: number): Curve {
  if (parent === undefined || curve.steps >= until) return curve;
  const shared = Math.min(until, parent.steps);
  if (shared <= curve.steps) return curve;
  const errors = [...parent.errors.subarray(curve.steps, shared)];
  const losses = [...parent.losses.subarray(curve.steps, shared)];
  const tests = parent.tests.filter(({ step }) => step <= shared && step > curve.steps);
  const filled = withPoints(curve, { lane: curve.lane, from: curve.steps, errors, losses });
  return { ...filled, tests: [...curve.tests, ...tests.map((test) => ({ ...test, lane: curve.lane }))] };
}

/** Truncates a curve to `steps` steps. Later additions do not overwrite the columns of the old object. */
export function cutBack(curve: Curve, steps: number): Curve {
  const kept = Math.min(steps, curve.steps);
  const cut = (column: Float32Array) => column.slice().fill(0, kept);
  return {
    lane: curve.lane,
    steps: kept,
    begun: steps,
    errors: cut(curve.errors),
    losses: cut(curve.losses),
    tests: curve.tests.filter(({ step }) => step <= steps),
    divergedAt: curve.divergedAt !== null && curve.divergedAt <= steps ? curve.divergedAt : null,
    brokenLayer: curve.divergedAt !== null && curve.divergedAt <= steps ? curve.brokenLayer : null,
  };
}

/** The curves of the nets that go on: a diverged one makes no more steps. */
function racingOf(curves: ReadonlyMap<string, Curve>): readonly Curve[] {
  return [...curves.values()].filter(({ divergedAt }) => divergedAt === null);
}

/** Whether a race has ended: the nets that go on have all made `until` steps, or none goes on. */
export function isOver(curves: ReadonlyMap<string, Curve>, until: number): boolean {
  return curves.size > 0 && racingOf(curves).every(({ steps }) => steps >= until);
}

/** Whether a race has ended and can go on beyond its end. */
export function areAtEnd(curves: ReadonlyMap<string, Curve>, until: number): boolean {
  return racingOf(curves).length > 0 && isOver(curves, until);
}

/** The curves of the nets that the next round trains: those that are behind, or all if none is. */
export function curvesOfRound(curves: ReadonlyMap<string, Curve>): readonly Curve[] {
  const racing = racingOf(curves);
  const least = Math.min(...racing.map(({ steps }) => steps));
  return racing.filter(({ steps }) => steps === least);
}

function roomier(column: Float32Array, steps: number): Float32Array {
  const larger = new Float32Array(Math.max(steps, 2 * column.length));
  larger.set(column);
  return larger;
}
