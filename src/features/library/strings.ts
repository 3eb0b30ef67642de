import type { ClassLevel, Duplicates, FoundSet, TableOffer } from '../../core/data/library.ts';
import { count } from '../../core/format.ts';
import { printable } from '../../core/quote.ts';

/** What images of another size cost the nets of a race. */
export interface SizeCost {
  readonly size: number;
  readonly times: number;
  /** A round's, as measured and as foretold; null where none was made. */
  readonly seconds: { readonly before: number; readonly after: number } | null;
  readonly bytes: number;
}

/** The words around a person's own data sets. */
export const LIBRARY_TEXT = {
  title: 'Your own data',
  about:
    'One folder of images a class, as a folder, zip or tar.gz; CIFAR-10 or CIFAR-100 (“binary version”); MNIST, Fashion-MNIST and others in IDX files; images and labels in Parquet files. Nothing leaves this page: the files are read here, and kept in this browser only.',
  drop: 'Drop files or a folder here',
  files: 'Choose files',
  folder: 'Choose a folder',
  share: 'Test on',
  shareHint: 'Of each class, where the files have no part of their own to test on',
  percent: (share: number) => `${Math.round(100 * share)}%`,
  hub: 'From Hugging Face',
  hubAbout: 'Your browser asks Hugging Face when you click, and no other site. What it sends is read in this page.',
  hubName: 'Another data set of images, by its name',
  hubExample: 'owner/name',
  hubUnnamed: (text: string) =>
    `data set: “${printable(text)}” is no name; it is an owner and a name, as in uoft-cs/cifar10`,
  lookUp: 'Look it up',
  looking: 'Looking at what is there',
  otherData: 'Other data',
  config: 'Version',
  learnFrom: 'Learn from',
  testFrom: 'Test on',
  ownShare: 'a share of these',
  imagesIn: 'Images in',
  labelsIn: 'Classes in',
  labelOption: (name: string, classes: number | null) =>
    classes === null ? printable(name) : `${printable(name)} (${count(classes)} classes)`,
  splitOption: (name: string, rows: number | null) =>
    rows === null ? printable(name) : `${printable(name)} (${count(rows)})`,
  howMany: 'Images',
  all: (rows: number, exact: boolean) => `${exact ? 'all' : 'all, about'} ${count(rows)}`,
  outline: offered,
  isHere: (images: number) => `${count(images)} are here already, and are not fetched again.`,
  partial: 'Hugging Face has only the beginning of this set as a table.',
  fetch: (source: TableOffer['source']) => (source === 'hub' ? 'Fetch these images' : 'Read these images'),
  fetching: (set: string) => `Fetching ${set}`,
  enough: 'Use what is here',
  resumes: 'What has come stays here: cancelled, it goes on from there.',
  otherChoice: 'Choose otherwise',
  reading: 'Reading',
  cancel: 'Cancel',
  found: (kind: string, train: number, test: number) =>
    `${kind === 'images' ? 'Folders' : kind}: ${count(train)} images to learn from, ${count(test)} others to test on`,
  size: (bytes: number) => megabytes(bytes),
  takes: (bytes: number) => `${megabytes(bytes)} in this browser`,
  shared,
  leaveOut: 'Leave them out of the training images',
  leaveOutHint:
    'The test images stay what they are, so that the error can be compared with that of other nets on the same images',
  repeated,
  noisy:
    'This browser adds noise to the pixels of images (a protection against fingerprinting), so what is learnt from is not quite what is in the files. PNGs are not touched by it; allow this page to read canvases, or use another browser, for the others.',
  imageSize: 'Image size',
  imageSizeHint: 'Pixels a side that the images are made; nets can be given them smaller',
  sizeCost: ({ size, times, seconds, bytes }: SizeCost) => {
    const round = seconds === null ? '' : `; a round up to ${duration(seconds.after)}, now ${duration(seconds.before)}`;
    const work =
      times === 1 ? 'as many multiply-adds as now' : `${times.toPrecision(2)} times the multiply-adds of now`;
    return `The nets of this race at ${size}×${size}: ${work}${round}; training takes at most about ${megabytes(bytes)}`;
  },
  whichSet: 'Data set in these files',
  setOption: ({ name, kind }: FoundSet) => `${name} (${kind === 'images' ? 'folders' : kind})`,
  classLevel: 'Classes are',
  classLevelHint: 'Which level of folders names the classes',
  levelOption: ({ names, count: all }: ClassLevel) =>
    all > names.length
      ? `${names.join(', ')} … (${count(all)} folders)`
      : `${names.join(', ')} (${count(all)} folders)`,
  name: 'Name',
  classesTitle: (classes: number) => `${count(classes)} classes`,
  class: 'Class',
  train: 'Train',
  test: 'Test',
  samples: 'Images',
  single: 'one image only: it is learnt from, and never tested on',
  odd: (files: number) => (files === 1 ? 'One file or row is left out' : `${count(files)} files or rows are left out`),
  oddMore: (more: number) => `and ${count(more)} more`,
  use: 'Use these images',
  other: 'Other files',
  kept: 'Kept in this browser',
  until: 'until the tab is closed',
  open: (name: string) => `Use ${printable(name)}`,
  remove: (name: string) => `Delete ${name} from this browser`,
  inUse: 'in use',
  wanted: (name: string) => `The experiment of this link needs “${printable(name)}”. Give its files, and it opens.`,
  samplesOf: (name: string) => `Images of ${name}`,
} as const;

/** What is about to be read of a table. */
function offered({ choice, train, test, images, source }: TableOffer): string {
  const tested = test === null ? 0 : Math.ceil((test.rows * choice.count) / Math.max(1, train.rows));
  const bytes = (images.find(({ name }) => name === choice.image)?.bytes ?? 0) * (choice.count + tested);
  const others = test === null ? '' : `, and ${count(tested)} of ${count(test.rows)} to test on`;
  const learnt = `${count(choice.count)} of ${count(train.rows)} images to learn from${others}`;
  const spread = choice.count < train.rows ? ', from all over the set' : '';
  return source === 'hub' ? `${learnt}${spread}: about ${megabytes(bytes)} to fetch.` : `${learnt}${spread}.`;
}

/** "0.3 s", "12 s" */
function duration(seconds: number): string {
  return seconds < 10 ? `${seconds.toPrecision(2)}\u00a0s` : `${count(Math.round(seconds))}\u00a0s`;
}

function megabytes(bytes: number): string {
  return bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} KB`
    : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** What it means that images are on both sides of the split. */
export function shared({ shared: both, otherClass }: Duplicates, test: number): string {
  const are = `${test === 1 ? 'image' : 'images'} ${both === 1 ? 'is' : 'are'}`;
  const others = otherClass === 0 ? '' : `, ${count(otherClass)} of them in another class`;
  const they = both === 1 ? 'it' : 'them';
  return `${count(both)} of ${count(test)} test ${are} also among the training images, pixel for pixel${others}: a net can know ${they} by heart, and the test error is then lower than on new images`;
}

/** How many images of a side repeat another one of it; null where none does. */
export function repeated({ withinTrain, withinTest }: Duplicates): string | null {
  const of = (images: number, side: string) => (images === 0 ? [] : [`${count(images)} of the ${side} images`]);
  const all = [...of(withinTrain, 'training'), ...of(withinTest, 'test')];
  if (all.length === 0) return null;
  return `${all.join(' and ')} ${withinTrain + withinTest === 1 ? 'repeats' : 'repeat'} another one pixel for pixel`;
}
