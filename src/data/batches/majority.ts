import type { DataSummary } from '../../core/results/report.ts';
import type { Dataset, Split } from '../dataset.ts';

/**
 * How often always giving the same answer is wrong, in percent: a net that does no better has learnt nothing. The
 * answer is the largest class of the training images (the first of equals), and the error is measured on them, too.
 */
export function majorityError({ classes, train }: Dataset): DataSummary['majority'] {
  const counts = classCounts(train, classes.length);
  const largest = Math.max(...counts);
  return { answer: classes[counts.indexOf(largest)] ?? '', error: 100 * (1 - largest / train.labels.length) };
}

/** How many images each of `classes` classes has. */
export function classCounts({ labels }: Split, classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
