import type { LanePoints, TestPoint } from '../spec/report.ts';
import type { KeptCurve } from '../spec/run.ts';

/** What was measured of one lane. A new object whenever something was added; the columns grow in place. */
export interface Curve {
  readonly lane: string;
  /** Steps that are measured: how much of the columns is filled. */
  readonly steps: number;
  /** Steps that are begun; what they measure may be on its way. */
  readonly begun: number;
  /** Error in percent of each step's batch, first step first. */
  readonly errors: Float32Array;
  /** Mean cross-entropy of each step's batch. */
  readonly losses: Float32Array;
  readonly tests: readonly TestPoint[];
  /** The step in which the loss stopped being finite; null where it has not. */
  readonly divergedAt: number | null;
  /** The layer that stopped being finite first, once that is known. */
  readonly brokenLayer: string | null;
}

const FIRST_ROOM = 512;

export function emptyCurve(lane: string): Curve {
  const room = () => new Float32Array(FIRST_ROOM);
  return { lane, steps: 0, begun: 0, errors: room(), losses: room(), tests: [], divergedAt: null, brokenLayer: null };
}

/** The curve of a lane that was kept. */
export function curveOf({ lane, errors, losses, tests, divergedAt }: KeptCurve): Curve {
  const steps = errors.length;
  const room = emptyCurve(lane);
  const filled = withPoints(room, { lane, from: 0, errors: [...errors], losses: [...losses] });
  return { ...filled, begun: divergedAt ?? steps, tests, divergedAt };
}

/** What is kept of a curve. */
export function keptCurve({ lane, steps, errors, losses, tests, divergedAt }: Curve): KeptCurve {
  return { lane, errors: errors.slice(0, steps), losses: losses.slice(0, steps), tests, divergedAt };
}

/** The curve with these points behind it. Readers of the old object see no difference. */
export function withPoints(curve: Curve, { from, errors, losses }: LanePoints): Curve {
  const steps = from + errors.length;
  const grown =
    steps > curve.errors.length ? { errors: roomier(curve.errors, steps), losses: roomier(curve.losses, steps) } : {};
  const next = { ...curve, ...grown, steps, begun: Math.max(curve.begun, steps) };
  next.errors.set(errors, from);
  next.losses.set(losses, from);
  return next;
}

/** The curve with what it shares with the one that it was branched from, up to `until` steps. */
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

/** The curve as it was after `steps` steps. What comes behind it then is not written over what the old object has. */
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

function roomier(column: Float32Array, steps: number): Float32Array {
  const larger = new Float32Array(Math.max(steps, 2 * column.length));
  larger.set(column);
  return larger;
}
