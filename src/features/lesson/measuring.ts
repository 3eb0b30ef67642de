import { type Inquiry, inquiryKey, isLesion, isProbe } from '../insight/inquiry.ts';
import type { InsightClient } from '../insight/insight-client.ts';
import { meanDamage, sweepErrors } from '../insight/lesions.ts';
import { PROBES } from '../insight/probes/probes.ts';
import type { LabState } from '../lab/state.ts';
import type { Chapter, Measure } from './chapter.ts';
import { type LessonState, stepAt } from './lesson-state.ts';
import { isDone, isFirst } from './position.ts';

const STATISTICS = ['batch'] as const;

/** The measurement that a number is taken from. Several numbers may come from the same one. */
function inquiryOf(measure: Measure): Inquiry {
  const { lane } = measure;
  switch (measure.type) {
    case 'gradient-ratio':
    case 'weight':
      return { type: 'probe', lane, request: PROBES.gradients.defaults };
    case 'branch-ratio':
      return { type: 'probe', lane, request: PROBES.branches.defaults };
    case 'damage':
      return { type: 'lesion', lane, request: { study: 'sweep', kind: measure.kind, statistics: STATISTICS } };
    case 'fixed-error':
      return { type: 'lesion', lane, request: { study: 'together', lesions: [], statistics: STATISTICS } };
  }
}

/** The number itself, from what was measured; NaN where that failed or was cancelled. */
function numberIn(measure: Measure, { store }: InsightClient): number {
  const answer = store.getState().answers.get(inquiryKey(inquiryOf(measure)));
  const now = answer?.whole === true ? answer.now : null;
  switch (measure.type) {
    case 'gradient-ratio':
      return isProbe(now, 'gradients') ? now.ratio : Number.NaN;
    case 'weight': {
      if (!isProbe(now, 'gradients')) return Number.NaN;
      return Math.max(...now.layers.filter(({ block }) => block === measure.block).map(({ weight }) => weight));
    }
    case 'branch-ratio': {
      if (!isProbe(now, 'branches')) return Number.NaN;
      return now.blocks.find(({ block }) => block === measure.block)?.ratio ?? Number.NaN;
    }
    case 'damage':
      return isLesion(now, 'sweep') ? meanDamage(sweepErrors(now, 'batch')) : Number.NaN;
    case 'fixed-error':
      return isLesion(now, 'together') ? (now.errors.batch ?? Number.NaN) : Number.NaN;
  }
}

/** What a chapter takes at its start, before its first deed, and has not yet. */
export function untakenAtStart(state: LessonState, race: LabState): readonly string[] {
  const { chapter, position, readings, seen } = state;
  const step = stepAt(state);
  const isBefore = step === null || !isDone(step.deed, race, { readings, seen });
  if (!isBefore || (position.type !== 'question' && !isFirst(position))) return [];
  return (chapter.start?.takes ?? []).filter((name) => readings[name] === undefined);
}

/**
 * Takes measured quantities of a chapter, each measurement once. Those that failed or were cancelled are left out; of a net
 * that diverged there is no number, and measuring again would find none.
 */
export async function takeReadings(
  { quantities }: Chapter,
  names: readonly string[],
  insight: InsightClient,
  { curves }: Pick<LabState, 'curves'>,
): Promise<Readonly<Record<string, number>>> {
  const wanted = names.flatMap((name) => {
    const quantity = quantities[name];
    return quantity?.type === 'measured' ? [{ name, measure: quantity.measure }] : [];
  });
  const inquiries = new Map(wanted.map(({ measure }) => [inquiryKey(inquiryOf(measure)), inquiryOf(measure)]));
  await insight.run([...inquiries.values()]);
  const taken = wanted.flatMap(({ name, measure }) => {
    const value = numberIn(measure, insight);
    if (Number.isFinite(value)) return [[name, value] as const];
    const diverged = (curves.get(measure.lane)?.divergedAt ?? null) !== null;
    return diverged ? [[name, Number.NaN] as const] : [];
  });
  return Object.fromEntries(taken);
}
