import { englishLabels } from '../../charts/labels.ts';
import { MANY } from '../../charts/many.ts';
import type { LineKey } from '../save/standalone.ts';

/** The kinds of line in a picture of the curves; of many nets only the means are drawn. */
export function curveKeys(window: number, nets: number): readonly LineKey[] {
  const { mean, eachStep, test } = englishLabels.trainingError;
  const smooth: LineKey = { text: mean(window), width: 2.5 };
  if (nets > MANY) return [smooth];
  const steps: readonly LineKey[] = window > 1 ? [{ text: eachStep, width: 1, opacity: 0.5 }] : [];
  return [smooth, ...steps, { text: test, width: 1.5, dash: '5 4' }];
}
