import { bisector } from 'd3';
import { say } from '../../language/say.ts';
import { gainsText, type Shortcuts } from './shortcuts.ts';

/** What the charts draw: one net in training, and what happened to the race. */

/** Plain without shortcuts, residual with them. */
export type Family = 'plain' | 'residual';

/** Error in percent on the test images, measured after a step. */
export interface TestError {
  readonly step: number;
  readonly error: number;
}

/** The curves of one lane: a new object whenever something in it has changed, and the same while nothing has. */
export interface Series {
  readonly id: string;
  readonly name: string;
  readonly family: Family;
  /** Depth as lightness, 0 for 8 layers to 1 for 56 and more; see `depthLightness`. */
  readonly lightness: number;
  readonly depth: number;
  /** Nets of one group differ in depth and in shortcuts alone: only these are joined over depth. */
  readonly group?: string | undefined;
  /**
   * Plain where it has and always had no shortcut, residual where it has and always had all of them, null for any other;
   * left out, what its family is.
   */
  readonly kind?: Family | null | undefined;
  /** What its shortcuts are now. Series outlive a change of the language, so they hold no words but names. */
  readonly shortcuts?: Shortcuts | undefined;
  /** How its shortcuts were changed by hand, first to last; left out where they were not. */
  readonly changes?: readonly Change[] | undefined;
  /**
   * Error in percent of each step's batch, step 1 first. Best a buffer that is longer than `steps` and stays the same
   * object while it fills: charts remember what they drew of it. A reset starts a new one.
   */
  readonly errors: ArrayLike<number>;
  /** The number of steps that each of `errors` is the mean of, repeated for every one of them; 1 where it is left out. */
  readonly every?: number | undefined;
  /** How many of `errors` are filled. */
  readonly steps: number;
  readonly tests: readonly TestError[];
  /** Steps that it shares with the lane that it was branched from: it is drawn from there on. */
  readonly branchedAt?: number | undefined;
  /** The step at which the loss stopped being a number. */
  readonly diverged?: number | undefined;
  /** Whether it belongs to an earlier race, and is drawn faded behind the live ones. */
  readonly past?: boolean | undefined;
  /** Where it is the mean over several seeds, those. */
  readonly seeds?: SeedCurves | undefined;
}

/** Surgery on a net: from the next step on it is not what its name says. */
export interface Change {
  readonly step: number;
  /** The gains that its shortcuts had then. */
  readonly gains: readonly number[];
}

/** The curves of one net with several seeds. */
export interface SeedCurves {
  /** Those that it is the mean of. */
  readonly counted: readonly Series[];
  /** Those that have not come as far yet: each is drawn as a line of its own. */
  readonly others: readonly Series[];
}

/** What happened: shortcuts cut, mended or given another gain, a drop of the rate, a branch of a lane; where training waits. */
export type MarkKind = 'cut' | 'mend' | 'drop' | 'gain' | 'branch' | 'wait';

/** An event of the race, drawn as a hairline after the step that it followed. */
export interface Mark {
  /** Whether it has not happened yet: the hairline is dashed. */
  readonly planned?: boolean;
  /** Whether it happened to a race behind the live one: it is drawn faint. */
  readonly past?: boolean;
  readonly step: number;
  readonly kind: MarkKind;
  readonly text: string;
}

/** The error of always naming the largest class. */
export interface Baseline {
  readonly error: number;
  /** Such as: always “Noto”. The chart appends the number. */
  readonly text: string;
  /** Where there is no room for `text`, such as: “Noto”. */
  readonly shortText: string;
}

const byStep = bisector((point: TestError) => point.step);

/** The last test error that was measured of this net at a step or before it. Never interpolated. */
export function testAt(series: Series, step: number): TestError | null {
  const last = series.tests[byStep.right(series.tests, step) - 1];
  return last !== undefined && isThereAt(series, last.step) ? last : null;
}

/** The name in figures; behind it, what a net that was changed by hand has now, or had at a step: "plain-32, all on". */
export function labelOf({ name, changes = [] }: Series, step = Number.POSITIVE_INFINITY): string {
  const last = changes.findLast((change) => change.step < step);
  return last === undefined ? name : say('charts.changedNet', { net: name, now: gainsText(last.gains) });
}

/** Whether a net at a step was no longer what its name says. */
export function isChangedAt({ changes = [] }: Series, step: number): boolean {
  return changes.some((change) => change.step < step);
}

/** Whether there was such a net at a step: until its fork, the curve of a branch is that of another net. */
export function isThereAt({ branchedAt = 0 }: Pick<Series, 'branchedAt'>, step: number): boolean {
  return step >= branchedAt;
}

/**
 * For each net that has the colour of one before it, how many nets before it have: 1 for the second, and so on. Family and
 * depth give a net its colour, so repeats of both are told apart by dashes and signs. By id; those without a namesake and
 * those of races before are left out.
 */
export function repeatsOf(
  nets: readonly Pick<Series, 'id' | 'family' | 'depth' | 'past'>[],
): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  const repeats = new Map<string, number>();
  for (const { id, family, depth, past } of nets) {
    if (past) continue;
    const before = seen.get(`${family} ${depth}`) ?? 0;
    if (before > 0) repeats.set(id, before);
    seen.set(`${family} ${depth}`, before + 1);
  }
  return repeats;
}
