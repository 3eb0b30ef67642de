import type { Baseline } from '../../../charts/series/series.ts';
import type { DataSummary } from '../../../core/results/report.ts';
import { say } from '../../../language/say.ts';

/** In percent, only for the empty axes, before the images are loaded. */
export const UNKNOWN_BASELINE = 75;

/** The line of a net that always gives the most frequent answer; null while that is not known. */
export function baselineOf(majority: DataSummary['majority'] | null): Baseline | null {
  if (majority === null) return null;
  const { error, answer } = majority;
  return { error, text: say('story.baseline', { answer }), shortText: `“${answer}”` };
}
