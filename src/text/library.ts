import { count } from './format.ts';

/** The words around a person's own data sets. */
export const LIBRARY_TEXT = {
  set: 'Data set',
  emoji: 'Emoji',
  cifar10: 'CIFAR-10',
  add: 'Your images…',
  title: 'Your own data',
  about:
    'One folder of images a class, as a folder, zip or tar.gz; CIFAR-10 or CIFAR-100 (“binary version”); MNIST, Fashion-MNIST and others in IDX files. Nothing leaves this page: the files are read here, and kept in this browser only.',
  drop: 'Drop files or a folder here',
  files: 'Choose files',
  folder: 'Choose a folder',
  share: 'Test on',
  shareHint: 'Of each class, where the files have no part of their own to test on',
  percent: (share: number) => `${Math.round(100 * share)}%`,
  reading: 'Reading',
  cancel: 'Cancel',
  found: (kind: string, train: number, test: number) =>
    `${kind === 'images' ? 'Folders' : kind}: ${count(train)} images to learn from, ${count(test)} others to test on`,
  size: (bytes: number) => megabytes(bytes),
  takes: (bytes: number) => `${megabytes(bytes)} in this browser`,
  name: 'Name',
  classesTitle: (classes: number) => `${count(classes)} classes`,
  class: 'Class',
  train: 'Train',
  test: 'Test',
  samples: 'Images',
  single: 'one image only: it is learnt from, and never tested on',
  odd: (files: number) => (files === 1 ? 'One file is left out' : `${count(files)} files are left out`),
  oddMore: (more: number) => `and ${count(more)} more`,
  use: 'Use these images',
  other: 'Other files',
  kept: 'Kept in this browser',
  until: 'until the tab is closed',
  open: (name: string) => `Use ${name}`,
  remove: (name: string) => `Delete ${name} from this browser`,
  inUse: 'in use',
  counts: (train: number, test: number) => `${count(train)} images to learn from, ${count(test)} others to test on`,
  wanted: (name: string) => `The experiment of this link needs “${name}”. Give its files, and it opens.`,
  samplesOf: (name: string) => `Images of ${name}`,
} as const;

function megabytes(bytes: number): string {
  return bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} KB`
    : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
