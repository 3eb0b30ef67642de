import type { Phrase } from '../../language/sentence.ts';
import type { GivenFile } from './given-file.ts';
import type { Picture, PictureSize } from './images.ts';

/** Maximum number of images in a data set. */
export const MOST_IMAGES = 200_000;
/** Size limit for the images of one data set, which are in memory while it is used. */
export const MOST_BYTES = 614_400_000;

/** A stored data set of the user's. */
export interface DatasetEntry {
  readonly name: string;
  /** Hash of its content: the same images have the same hash, wherever they came from. */
  readonly hash: string;
  /** The format of its files: "CIFAR-10", "IDX", "images". */
  readonly kind: string;
  /** Side of its images in pixels; absent if it was stored before the size could be chosen, and then the usual one. */
  readonly size?: PictureSize;
  readonly classes: readonly string[];
  readonly train: number;
  readonly test: number;
  /** Its size in bytes. */
  readonly bytes: number;
  /** Whether it is stored beyond the life of the tab. */
  readonly kept: boolean;
}

/** A preview of the data set in a user's files, before it is used. */
export interface ImportPreview {
  readonly name: string;
  readonly kind: string;
  /** Pixels a side of its images. */
  readonly size: PictureSize;
  readonly train: number;
  readonly test: number;
  readonly bytes: number;
  readonly classes: readonly PreviewedClass[];
  /** The first skipped files, folders of them or rows, with the reasons. */
  readonly skipped: readonly { readonly path: Phrase; readonly reason: Phrase }[];
  readonly skippedCount: number;
  /** Number of further skipped files. */
  readonly skippedMore: number;
  readonly duplicates: Duplicates;
  /** Whether this browser adds noise to pixels that are read back, so that images but for PNGs are not what they were. */
  readonly noisy: boolean;
  /** Null for a table, of which parts and columns are chosen before it is read. */
  readonly arrangement: Arrangement | null;
}

/** Counts of images that occur more than once, pixel for pixel. */
export interface Duplicates {
  /** Test images that are also among the training images, and how many of these are of another class there. */
  readonly shared: number;
  readonly otherClass: number;
  /** Images that repeat another image of the same split. */
  readonly withinTrain: number;
  readonly withinTest: number;
}

/** How the user's files were interpreted by the names of their folders, and the alternatives. */
export interface Arrangement {
  /** The data sets that were found; one if there is no choice. */
  readonly sets: readonly FoundSet[];
  /** The name of the chosen set. */
  readonly set: string;
  /** Folder levels that can be the classes; one if there is no choice. */
  readonly levels: readonly ClassLevel[];
  /** The chosen level. */
  readonly level: number;
  /** The decisions, in sentences. */
  readonly notes: readonly Phrase[];
}

/** One of the data sets in the user's files. */
export interface FoundSet {
  /** Its folder, or another name that distinguishes it. */
  readonly name: string;
  /** "CIFAR-10", "IDX", "Parquet", "images" … */
  readonly kind: string;
}

/** A folder level whose folder names can be the classes. */
export interface ClassLevel {
  readonly level: number;
  /** The first of the folders at this level. */
  readonly names: readonly string[];
  readonly count: number;
}

/** The user's choice where it differs from the automatic one. */
export interface SetChoice {
  readonly set?: string | undefined;
  readonly level?: number | undefined;
}

/** A class in an import preview: its image counts and sample images. */
export interface PreviewedClass {
  readonly name: string;
  readonly train: number;
  readonly test: number;
  readonly samples: readonly Picture[];
}

/** A split of a table of images, such as "train" or "test". */
export interface TableSplit {
  readonly name: string;
  readonly rows: number;
  /** Whether `rows` is exact; otherwise it is estimated from file sizes. */
  readonly exact: boolean;
}

/** The part of a table of images to read. */
export interface TableChoice {
  readonly config: string;
  readonly train: string;
  /** Null to test on a share of `train`. */
  readonly test: string | null;
  /** The columns' names. */
  readonly image: string;
  readonly label: string;
  /** Number of training images before splitting; the same fraction of `test` is read. */
  readonly count: number;
}

/** The most of `train` rows that can be read where the same share of `tested` rows is read, too. */
export function mostTrained(train: number, tested: number): number {
  const share = MOST_IMAGES / Math.max(MOST_IMAGES, train + tested);
  return Math.max(Math.min(1, train), Math.floor(train * share));
}

/** How many of `tested` rows are read beside `count` of `train` rows: the same share, and no more than there is room for. */
export function testedBeside(count: number, train: number, tested: number): number {
  return Math.min(tested, MOST_IMAGES - count, Math.ceil((tested * count) / Math.max(1, train)));
}

/** A table with images, on Hugging Face or in the user's files: the possible choices, and the default one. */
export interface TableOffer {
  readonly name: string;
  readonly source: 'hub' | 'files';
  readonly configs: readonly string[];
  readonly splits: readonly string[];
  readonly images: readonly { readonly name: string /** Mean per row. */; readonly bytes: number }[];
  readonly labels: readonly {
    readonly name: string /** Null if the classes have no names. */;
    readonly classes: number | null;
  }[];
  readonly choice: TableChoice;
  readonly train: TableSplit;
  readonly test: TableSplit | null;
  /** Images of this choice that have been read already and are not fetched again. */
  readonly here: number;
  /** Whether Hugging Face converted only the beginning of a large set. */
  readonly partial: boolean;
}

/** How a set without a test split is divided. */
export interface SplitWish {
  /** Share of each class that becomes test images, 0 to 1. */
  readonly share: number;
  readonly seed: number;
}

/** Files to read as a data set. */
export interface ReadRequest {
  readonly files: readonly GivenFile[];
  readonly split: SplitWish;
  /** Side of the images in pixels, to which image files are resized. */
  readonly size: PictureSize;
  readonly choice?: SetChoice;
}

/** The result of reading files: images are read at once; a table is an offer from which to choose. */
export type ReadResult =
  | { readonly type: 'images'; readonly preview: ImportPreview }
  | { readonly type: 'table'; readonly offer: TableOffer };

/** A data set and, where the browser does not keep it, its packed bytes, and why. */
export interface KeepResult {
  readonly entry: DatasetEntry;
  readonly unkept: { readonly bytes: Uint8Array<ArrayBuffer>; readonly reason: Phrase } | null;
}

/** Data sets of Hugging Face that the page offers by name. */
export const HUB_SETS = [
  { title: 'CIFAR-10', dataset: 'uoft-cs/cifar10' },
  { title: 'CIFAR-100', dataset: 'uoft-cs/cifar100' },
  { title: 'MNIST', dataset: 'ylecun/mnist' },
  { title: 'Fashion-MNIST', dataset: 'zalando-datasets/fashion_mnist' },
] as const;

/** The common name of a data set, or its repository name. */
export function datasetTitle(dataset: string): string {
  return HUB_SETS.find((each) => each.dataset === dataset)?.title ?? dataset;
}

const HOST = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\//i;
const FOLDER = /^datasets\/(?=[^/?#]+\/[^/?#])/i;
const NAME = /^[\w.-]{1,96}\/[\w.-]{1,96}$/;

/** Extracts "owner/name" from a typed or pasted name or address; null if there is none. */
export function datasetIn(text: string): string | null {
  const path = text.trim().replace(HOST, '');
  const inside = path.replace(FOLDER, '');
  // Models have addresses of the host, too.
  if (path !== text.trim() && inside === path) return null;
  const [owner = '', name = ''] = inside.split(/[/?#]/);
  return NAME.test(`${owner}/${name}`) ? `${owner}/${name}` : null;
}
