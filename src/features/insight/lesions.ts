import type { Experiment, LaneSpec } from '../../core/experiment/experiment.ts';
import { haveSameShape, isFresh } from '../../core/experiment/lineage.ts';
import { type ShortcutKind, shortcutHistory } from '../../core/experiment/surgery.ts';
import { percent } from '../../core/format.ts';
import type { LesionErrors, LesionKind, LesionResult, LesionStatistics } from '../../core/results/lesion.ts';
import type { MessageKey } from '../../language/messages.ts';
import { parts, say } from '../../language/say.ts';
import { claim, type FigureClaim, LIST, remark, type Steps, whenText } from './readings.ts';

type Sweep = Extract<LesionResult, { readonly study: 'sweep' }>;
type Random = Extract<LesionResult, { readonly study: 'random' }>;

export interface SweepErrors {
  /** The untouched net's error, in percent. */
  readonly before: number;
  /** In percent, by block; a swap stands at the first of its blocks. */
  readonly errors: readonly { readonly block: number; readonly error: number }[];
}

export interface RandomErrors {
  readonly before: number;
  /** The error of each trial, by number of lesions. */
  readonly curve: readonly { readonly count: number; readonly errors: readonly number[] }[];
}

const errorOf = (errors: LesionErrors, statistics: LesionStatistics) => errors[statistics] ?? Number.NaN;

export function sweepErrors({ before, bars }: Sweep, statistics: LesionStatistics): SweepErrors {
  return {
    before: errorOf(before, statistics),
    errors: bars.map(({ lesion, errors }) => ({ block: lesion.block, error: errorOf(errors, statistics) })),
  };
}

export function randomErrors({ before, curve }: Random, statistics: LesionStatistics): RandomErrors {
  return {
    before: errorOf(before, statistics),
    curve: curve.map(({ count, trials }) => ({
      count,
      errors: trials.map(({ errors }) => errorOf(errors, statistics)),
    })),
  };
}

/** Mean increase of the error under the lesions of a sweep, in points. */
export function meanDamage({ before, errors }: SweepErrors): number {
  return errors.reduce((sum, { error }) => sum + (error - before) / errors.length, 0);
}

interface Found<Errors> {
  readonly lane: LaneSpec;
  readonly now: Errors & { readonly step: number };
}

/** The mean damage of each net in whole sweeps, which nets have no place for the lesion, and whether a twin is among them. */
export function sweepReading(
  steps: Steps,
  kind: LesionKind,
  found: readonly Found<SweepErrors>[],
  experiment: Pick<Experiment, 'surgery'>,
): readonly FigureClaim[] {
  const damaged = found.filter(({ now }) => now.errors.length > 0);
  const numbers = damaged.map(({ lane: { name }, now }) => {
    const value = meanDamage(now);
    const points = `${value < 0 ? '−' : ''}${percent(Math.abs(value))}`;
    return { lane: name, value, said: parts('insight.lesionsPoints', { points, net: name }) };
  });
  const none = found.filter(({ now }) => now.errors.length === 0);
  return [
    ...(numbers.length === 0
      ? []
      : [claim('lesion-damage', numbers, parts('insight.lesionsNow', { when: whenText(steps), kind, list: LIST }))]),
    ...twins(damaged, experiment).map(([plain, residual]) =>
      remark('plain-is-twin', [plain, residual], say('insight.lesionsTwin', { plain, residual })),
    ),
    ...noPlace(none),
  ];
}

interface FoundSoFar extends Found<RandomErrors> {
  /** Whether all of it is measured. */
  readonly whole: boolean;
}

/** The mean error of each net with as many lesions as all nets have been measured with, and which have no place for one. */
export function randomReading(steps: Steps, found: readonly FoundSoFar[]): readonly FigureClaim[] {
  const none = found.filter(({ now, whole }) => whole && now.curve.length === 0);
  const damaged = found.filter((each) => !none.includes(each));
  if (damaged.length === 0) return noPlace(none);
  const lesions = Math.min(...damaged.map(({ now }) => now.curve.length));
  if (lesions === 0) return [];
  const numbers = damaged.map(({ lane: { name }, now }) => {
    const trials = now.curve[lesions - 1]?.errors ?? [];
    const value = trials.reduce((sum, error) => sum + error / trials.length, 0);
    return { lane: name, value, said: parts('insight.randomIn', { error: percent(value), net: name }) };
  });
  return [
    claim('several-lesions', numbers, parts('insight.randomNow', { when: whenText(steps), lesions, list: LIST })),
    ...noPlace(none),
  ];
}

function noPlace(found: readonly { readonly lane: LaneSpec }[]): readonly FigureClaim[] {
  return found.map(({ lane: { name } }) => remark('no-place', [name], say('insight.lesionsNoPlace', { net: name })));
}

/** Pairs of a plain net and a residual net that differ in their shortcuts alone, and always did, by name. */
function twins(
  found: readonly Found<unknown>[],
  experiment: Pick<Experiment, 'surgery'>,
): readonly (readonly [plain: string, residual: string])[] {
  const lanesOf = (kind: ShortcutKind) =>
    found
      .filter(({ lane, now }) => isFresh(lane) && shortcutHistory(experiment, lane, now.step).always === kind)
      .map(({ lane }) => lane);
  const residual = lanesOf('residual');
  return lanesOf('plain').flatMap((one) =>
    residual.filter(({ net }) => haveSameShape(net, one.net)).map(({ name }) => [one.name, name] as const),
  );
}

const LESION_TEXTS = {
  branch: 'insight.lesionBranch',
  shortcut: 'insight.lesionShortcut',
  swap: 'insight.lesionSwap',
  reset: 'insight.lesionReset',
} as const satisfies Record<LesionKind, MessageKey>;

export function lesionText(kind: LesionKind): string {
  return say(LESION_TEXTS[kind]);
}

const STATISTICS_TEXTS = {
  batch: 'insight.statisticsBatch',
  recalibrated: 'insight.statisticsRecalibrated',
  running: 'insight.statisticsRunning',
} as const satisfies Record<LesionStatistics, MessageKey>;

export function statisticsText(statistics: LesionStatistics): string {
  return say(STATISTICS_TEXTS[statistics]);
}
