import type { Picture } from '../../core/data/images.ts';
import type { Duplicates, ImportPreview, PreviewedClass } from '../../core/data/library.ts';
import { classCounts } from '../dataset.ts';
import { packDataset } from './packed-dataset.ts';
import { countOf, type ImportedDataset, type Labelled } from './sets/imported-dataset.ts';

/** An image of the training or test side: its offset in bytes, and its class. */
interface Place {
  readonly bytes: Uint8Array;
  readonly label: number;
}

/** Images by a hash of their pixels; those of one hash are compared byte by byte. */
class Images {
  readonly #byHash = new Map<number, Place[]>();

  /** The first image with equal bytes, of any number of them. */
  same(place: Place): Place | undefined {
    return this.#byHash.get(hashOf(place.bytes))?.find(({ bytes }) => isSame(bytes, place.bytes));
  }

  add(place: Place): void {
    const hash = hashOf(place.bytes);
    const there = this.#byHash.get(hash);
    if (there === undefined) this.#byHash.set(hash, [place]);
    else there.push(place);
  }
}

/**
 * Counts the images of a set that occur more than once, pixel for pixel, at their stored size. A net that has learnt a
 * test image by heart is not tested by it.
 */
export function findDuplicates({ train, test, size }: ImportedDataset): Duplicates {
  const learnt = new Images();
  let withinTrain = 0;
  for (const place of placesOf(train, size)) {
    if (learnt.same(place) !== undefined) withinTrain += 1;
    else learnt.add(place);
  }
  const tested = new Images();
  const found = { shared: 0, otherClass: 0, withinTrain, withinTest: 0 };
  for (const place of placesOf(test, size)) {
    const same = learnt.same(place);
    if (same !== undefined) found.shared += 1;
    if (same !== undefined && same.label !== place.label) found.otherClass += 1;
    if (tested.same(place) !== undefined) found.withinTest += 1;
    else tested.add(place);
  }
  return found;
}

/**
 * The set without the training images that are test images, too. They are left out of the training side: the test side
 * stays what it was, so that its error can be compared with other nets' on the same images, and is then of images that no
 * net has seen.
 */
export function withoutShared(set: ImportedDataset): ImportedDataset {
  const { train, test, size } = set;
  const tested = new Images();
  for (const place of placesOf(test, size)) tested.add(place);
  return { ...set, train: train.map((part) => keptOf(part, size, (place) => tested.same(place) === undefined)) };
}

function keptOf(part: Labelled, size: number, isKept: (place: Place) => boolean): Labelled {
  const kept = [...placesOf([part], size)].filter(isKept);
  if (kept.length === part.labels.length) return part;
  const length = size * size * 3;
  const images = new Uint8Array(kept.length * length);
  for (const [at, { bytes }] of kept.entries()) images.set(bytes, at * length);
  return { images, labels: Uint8Array.from(kept, ({ label }) => label) };
}

function* placesOf(parts: readonly Labelled[], size: number): Generator<Place> {
  const length = size * size * 3;
  for (const { images, labels } of parts) {
    for (const [at, label] of labels.entries()) yield { bytes: images.subarray(at * length, (at + 1) * length), label };
  }
}

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.every((byte, at) => other[at] === byte);
}

const SAMPLES = 4;

/** The preview of a data set: sizes, classes, sample images, duplicates and skipped files. */
export function importPreview(set: ImportedDataset, name: string, noisy = false): ImportPreview {
  const { kind, size, classes, train, test, skipped } = set;
  const [learnt, tested] = [train, test].map((parts) => classCounts(parts, classes.length));
  return {
    name,
    kind,
    size,
    train: countOf(train),
    test: countOf(test),
    bytes: packDataset(set).reduce((sum, { length }) => sum + length, 0),
    classes: classes.map((each, label): PreviewedClass => {
      return {
        name: each,
        train: learnt?.[label] ?? 0,
        test: tested?.[label] ?? 0,
        samples: samplesOf(train, label, each, size),
      };
    }),
    skipped: skipped.named,
    skippedCount: skipped.count,
    skippedMore: skipped.more,
    duplicates: findDuplicates(set),
    // Those of CIFAR and IDX are bytes as they are.
    noisy: noisy && (kind === 'images' || kind === 'Parquet'),
    arrangement: set.arrangement ?? null,
  };
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
