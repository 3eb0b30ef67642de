import { plainName } from './paths.ts';

export interface IdxName {
  readonly side: 'train' | 'test';
  /** What else the name says, as `emnist-letters`: files of one set share it. */
  readonly set: string;
  /** The name without what says whether it holds images or labels. */
  readonly part: string;
}

const TRAIN = /^(train|training)$/;
const TEST = /^(t10k|test|testing|val|valid|validation)$/;
const FILLER = /^(images?|labels?|[xy]|idx\d?|ubyte|data|bin|dat|gz)$/;

/** What a file of the MNIST family says by its name beside its kind: `t10k-images-idx3-ubyte (1).gz` is of the test part. */
export function idxName(file: string): IdxName {
  const words = plainName(plainName(file))
    .toLowerCase()
    .split(/[-_.\s]+/);
  const rest = words.filter((word) => !FILLER.test(word) && word !== '');
  const isSet = (word: string) => !TRAIN.test(word) && !TEST.test(word);
  return {
    side: rest.some((word) => TEST.test(word)) ? 'test' : 'train',
    set: rest.filter(isSet).join('-'),
    part: rest.join('-'),
  };
}

/** Whether a folder is named as such a file, as one that was unpacked into a folder of its name. */
export function isIdxFolder(folder: string): boolean {
  return /idx[13][-.]?ubyte/i.test(folder);
}
