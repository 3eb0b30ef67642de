import { type Sentence, sentence } from '../../../language/sentence.ts';
import { SkippedFiles } from '../entry.ts';
import { compare, type ImageAccumulator, sortedNames } from '../image-accumulator.ts';
import { type ImportedDataset, type TestSplit, testedBySeed } from './imported-dataset.ts';
import { type FolderLayout, type LayoutChoice, layOut } from './layout.ts';
import { folderOfFile } from './paths.ts';

/** Image files as a data set, by the layout of their folders. */
export interface ArrangedImages extends Pick<ImportedDataset, 'classes' | 'train' | 'test'> {
  readonly layout: FolderLayout;
  /** The skipped images, by folder. */
  readonly skipped: SkippedFiles;
}

/**
 * Makes a data set of image files: the layout of their folders determines the classes. Images are ordered by path, so
 * the same files give the same set in whatever order they arrive.
 */
export function arrangeImages(images: ImageAccumulator, choice: LayoutChoice, split: TestSplit): ArrangedImages {
  const { paths } = images;
  const layout = layOut(paths, choice);
  const order = [...paths.keys()].sort((a, b) => compare(paths[a] ?? '', paths[b] ?? ''));
  const classes = sortedNames(new Set(layout.places.flatMap((place) => (place.side === null ? [] : place.label))));
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const side = (wanted: 'train' | 'test') =>
    order.flatMap((image) => {
      const place = layout.places[image];
      if (place === undefined || place.side !== wanted) return [];
      return [{ image, label: numbers.get(place.label) ?? 0 }];
    });
  const [train, test] = [side('train'), side('test')];
  const sides = train.length > 0 && test.length > 0 ? { train, test } : dividedImages([...train, ...test], split);
  const [learnt, tested] = [sides.train, sides.test].map((chosen) =>
    chosen.length === 0 ? [] : [images.labelled(chosen)],
  );
  return { classes, train: learnt ?? [], test: tested ?? [], layout, skipped: leftOut(paths, layout) };
}

type Chosen = { readonly image: number; readonly label: number };

function dividedImages(all: readonly Chosen[], split: TestSplit) {
  const tested = testedBySeed(
    Uint8Array.from(all, ({ label }) => label),
    split,
  );
  return { train: all.filter((_, at) => !tested.has(at)), test: all.filter((_, at) => tested.has(at)) };
}

function leftOut(paths: readonly string[], { places }: FolderLayout): SkippedFiles {
  const folders = new Map<string, { readonly first: string; readonly reason: Sentence; count: number }>();
  for (const [image, path] of paths.entries()) {
    const { reason = null } = places[image] ?? {};
    if (reason === null) continue;
    const folder = folderOfFile(path);
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, { first: path, reason, count: 1 });
    else known.count += 1;
  }
  const skipped = new SkippedFiles();
  for (const [folder, { first, reason, count }] of folders) {
    if (count === 1) skipped.add(first, reason);
    else skipped.add(`${folder === '' ? '.' : folder}/`, sentence('data.skipped.images', { count, reason }), count);
  }
  return skipped;
}
