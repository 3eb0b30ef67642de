import { type ByteSource, blobSource } from '../parquet/source.ts';
import type { GivenFile } from './open-source.ts';

/** Parquet files that belong together. */
export interface TableFolder {
  readonly name: string;
  readonly source: 'hub' | 'files';
  /** Whether there is more of the set than these. */
  readonly partial: boolean;
  readonly entries: readonly TableEntry[];
}

export interface TableEntry {
  /** Which version of the set it is of. */
  readonly config: string;
  /** Which part of that: "train". */
  readonly split: string;
  readonly source: ByteSource;
}

const SPLIT = /(?:^|[/_.-])(train|training|test|testing|valid|validation|val|dev)(?:[/_.-])/i;

export function isParquet({ path }: GivenFile): boolean {
  return /\.parquet$/i.test(path);
}

/** A person's Parquet files; those that do not say which part they are, are to be learnt from. */
export function folderOf(files: readonly GivenFile[], name: string): TableFolder {
  const entries = files.filter(isParquet).map(({ path, blob }) => {
    const split = SPLIT.exec(path)?.[1]?.toLowerCase() ?? 'train';
    return { config: 'default', split: split === 'training' ? 'train' : split, source: blobSource(blob, path) };
  });
  return { name, source: 'files', partial: false, entries };
}
