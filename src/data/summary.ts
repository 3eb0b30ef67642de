import type { DataSummary } from '../core/results/report.ts';
import { majorityError } from './batches/majority.ts';
import { sampleImages, shownImages } from './batches/samples.ts';
import type { PicturedDataset } from './dataset.ts';

/** How many images of each kind the page shows or the engine measures on, and the seed that chooses them. */
export interface SummaryCounts {
  readonly samplesPerClass: number;
  readonly shown: number;
  readonly testUsed: number;
  readonly seed: number;
}

/** What the page is told of a dataset. */
export function summarise(dataset: PicturedDataset, counts: SummaryCounts): DataSummary {
  const testCount = dataset.test.labels.length;
  return {
    trainCount: dataset.train.labels.length,
    testCount,
    testUsed: Math.min(counts.testUsed, testCount),
    classes: sampleImages(dataset, counts.samplesPerClass, counts.seed),
    majority: majorityError(dataset),
    shown: shownImages(dataset, counts.shown, counts.seed),
  };
}
