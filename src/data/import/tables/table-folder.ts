import { type ByteSource, blobSource } from '../../parquet/source.ts';
import type { GivenFile } from '../archives/open-source.ts';
import { normalisePath, sharedFolders } from '../sets/paths.ts';
import { splitWord, withoutSplit } from '../sets/split-name.ts';

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

/**
 * A person's Parquet files. Which part one is of is said by its name (`train-00000-of-00002.parquet`), else by the nearest
 * folder that names one; a file that says nothing is to be learnt from. Files whose names and folders say something else
 * beside that are versions of their own, among which one is chosen.
 */
export function folderOf(files: readonly GivenFile[], name: string): TableFolder {
  const entries = files.map(({ path, blob }) => {
    const parts = (normalisePath(path) ?? path).replace(/\.parquet$/i, '').split('/');
    const split = parts.map(splitWord).findLast((word) => word !== null) ?? 'train';
    const config = parts.map(withoutSplit).filter((part) => part !== '' && part !== 'data');
    return { config: config.join('/'), split, source: blobSource(blob, path) };
  });
  const shared = sharedFolders(entries.map(({ config }) => config.split('/')));
  const short = entries.map((entry) => {
    return { ...entry, config: entry.config.split('/').slice(shared).join('/') || 'default' };
  });
  return { name, source: 'files', partial: false, entries: short };
}
