import type { ImportPreview, PreviewedClass } from '../../core/data/library.ts';
import type { Picture } from '../../core/results/report.ts';
import { findDuplicates } from './duplicates.ts';
import { pack } from './pack.ts';
import { countOf, type Labelled, type RawSet } from './sets/raw-set.ts';

const SAMPLES = 4;

/** The preview of a data set: sizes, classes, sample images, duplicates and skipped files. */
export function surveyOf(set: RawSet, name: string, noisy = false): ImportPreview {
  const { kind, size, classes, train, test, odd } = set;
  const [learnt, tested] = [train, test].map((parts) => countsOf(parts, classes.length));
  return {
    name,
    kind,
    size,
    train: countOf(train),
    test: countOf(test),
    bytes: pack(set).reduce((sum, { length }) => sum + length, 0),
    classes: classes.map((each, label): PreviewedClass => {
      return {
        name: each,
        train: learnt?.[label] ?? 0,
        test: tested?.[label] ?? 0,
        samples: samplesOf(train, label, each, size),
      };
    }),
    odd: odd.named,
    oddCount: odd.count,
    oddMore: odd.more,
    duplicates: findDuplicates(set),
    // Those of CIFAR and IDX are bytes as they are.
    noisy: noisy && (kind === 'images' || kind === 'Parquet'),
    arrangement: set.arrangement ?? null,
  };
}

function countsOf(parts: readonly Labelled[], classes: number): readonly number[] {
  const counts = Array<number>(classes).fill(0);
  for (const { labels } of parts) for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** The first images of a class, copied so that they can be handed to the page. */
function samplesOf(parts: readonly Labelled[], label: number, name: string, size: number): readonly Picture[] {
  const bytes = size * size * 3;
  const samples: Picture[] = [];
  for (const { images, labels } of parts) {
    for (let at = labels.indexOf(label); at >= 0 && samples.length < SAMPLES; at = labels.indexOf(label, at + 1)) {
      const rgb = images.slice(at * bytes, (at + 1) * bytes);
      samples.push({ name: `${name} ${samples.length + 1}`, size, rgb });
    }
  }
  return samples;
}
