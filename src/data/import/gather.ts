import type { PictureSize } from '../../spec/image-sizes.ts';
import { PICTURE_SIZE } from '../album.ts';
import { DataError } from '../error.ts';
import { type CifarKind, CifarParts, cifarKind } from './cifar-binary.ts';
import type { DecodeImage } from './decode-image.ts';
import { baseName, climbsOut, type Entry, MEGABYTE } from './entry.ts';
import { type Idx, readIdx } from './idx.ts';
import { idxName, idxSet } from './idx-set.ts';
import { OddFiles } from './odd-files.ts';
import { inOrder, Pile } from './pile.ts';
import { type Labelled, type RawSet, type Split, splitBySeed } from './raw-set.ts';
import { squareOf } from './resize.ts';
import { collect, gunzip, isGzip, reasonOf, streamOf } from './streams.ts';

export interface GatherOptions {
  /** Pixels a side that image files are made; CIFAR and IDX have a size of their own. */
  readonly size: PictureSize;
  readonly decodeImage: DecodeImage;
  readonly split: Split;
  readonly signal?: AbortSignal;
}

const MOST_BINARY_BYTES = 256 * MEGABYTE;
const MOST_IMAGE_BYTES = 32 * MEGABYTE;

const IMAGE = /\.(png|jpe?g|webp|gif|bmp|avif)$/i;
const TRAIN = /^(train|training)$/i;
const TEST = /^(test|testing|val|valid|validation)$/i;

/** How many bytes of a file are of use at most; 0 where it is of none. */
export function mostOf(path: string): number {
  if (isHidden(path) || climbsOut(path)) return 0;
  const name = baseName(path);
  if (cifarKind(name) !== null || idxName(name) !== null) return MOST_BINARY_BYTES;
  return IMAGE.test(name) ? MOST_IMAGE_BYTES : 0;
}

/** Sorts a person's files, one after another, into a data set. */
export class Gatherer {
  readonly #options: GatherOptions;
  readonly #cifar = new Map<CifarKind, CifarParts>();
  readonly #idx = new Map<string, Idx>();
  readonly #idxPaths: string[] = [];
  readonly #train: Pile;
  readonly #test: Pile;
  readonly #odd = new OddFiles();

  constructor(options: GatherOptions) {
    this.#options = options;
    this.#train = new Pile(options.size);
    this.#test = new Pile(options.size);
  }

  /** Takes a file in. Throws a `DataError` only where the whole cannot be used because of it. */
  async add(entry: Entry): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const { path } = entry;
    if (isHidden(path)) return;
    if (climbsOut(path)) return this.#odd.add(path, 'its path leads out of the archive');
    const most = mostOf(path);
    if (most === 0) return this.#odd.add(path, 'no image, and no part of CIFAR or MNIST');
    const name = baseName(path);
    const kind = cifarKind(name);
    if (kind !== null) {
      const parts = this.#cifar.get(kind) ?? new CifarParts(kind);
      this.#cifar.set(kind, parts);
      parts.add(name, await entry.bytes(most));
    } else if (idxName(name) !== null) {
      const packed = await entry.bytes(most);
      const bytes = isGzip(packed) ? await collect(gunzip(streamOf(packed)), path, most) : packed;
      this.#idx.set(name.replace(/\.gz$/, ''), readIdx(bytes, path));
      this.#idxPaths.push(path);
    } else {
      await this.#addImage(path, await entry.bytes(most));
    }
  }

  /** What came together. Throws a `DataError` that names `source` where it is nothing. */
  finish(source: string): RawSet {
    const { split } = this.#options;
    for (const parts of this.#cifar.values()) {
      if (parts.count === 0) continue;
      for (const name of parts.missing) this.#odd.add(name, 'missing');
      return this.#set(parts.kind, parts.classes, divided(parts.side('train'), parts.side('test'), split));
    }
    if (this.#idx.size > 0) {
      const { classes, train, test } = idxSet(this.#idx, this.#idxPaths, source);
      return this.#set('IDX', classes, divided(train, test, split));
    }
    if (this.#train.count + this.#test.count === 0) {
      const [first] = this.#odd.named;
      const why = first === undefined ? 'is empty' : `has nothing of use (${first.path}: ${first.reason})`;
      throw new DataError('data set', `${source} ${why}`, 'give one folder of images a class, or an archive of them');
    }
    const classes = inOrder(new Set([...this.#train.labels(), ...this.#test.labels()]));
    const [train, test] = [this.#train, this.#test].map((pile) => (pile.count === 0 ? [] : [pile.labelled(classes)]));
    return this.#set('images', classes, divided(train ?? [], test ?? [], split));
  }

  #set(kind: string, classes: readonly string[], sides: Pick<RawSet, 'train' | 'test'>): RawSet {
    const size = kind === 'images' ? this.#options.size : PICTURE_SIZE;
    return { kind, size, classes, ...sides, odd: this.#odd };
  }

  async #addImage(path: string, bytes: Uint8Array): Promise<void> {
    const folders = path.split('/').slice(0, -1);
    const label = folders.at(-1);
    if (label === undefined || TRAIN.test(label) || TEST.test(label)) {
      return this.#odd.add(path, 'in no folder that is named after its class');
    }
    try {
      const image = squareOf(await this.#options.decodeImage(bytes, path), this.#options.size);
      const tested = folders.slice(0, -1).some((folder) => TEST.test(folder));
      (tested ? this.#test : this.#train).add(path, label, image);
    } catch (error) {
      if (error instanceof DataError && error.message.startsWith('data set')) throw error;
      this.#odd.add(path, reasonOf(error));
    }
  }
}

/** A set that has only one side is split. */
function divided(train: readonly Labelled[], test: readonly Labelled[], split: Split): Pick<RawSet, 'train' | 'test'> {
  if (train.length === 0) return splitBySeed(test, split);
  return test.length === 0 ? splitBySeed(train, split) : { train, test };
}

/** What systems leave behind, which nobody means to be an image. */
function isHidden(path: string): boolean {
  return path
    .split('/')
    .some((part) => (part.startsWith('.') && part !== '..') || part === '__MACOSX' || part === 'Thumbs.db');
}
