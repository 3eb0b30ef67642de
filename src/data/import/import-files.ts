import type { SetChoice } from '../../core/data/library.ts';
import { entriesOf, type GivenFile } from './archives/open-source.ts';
import { Gatherer, type GatherOptions } from './gather.ts';
import type { FoundData } from './sets/found-data.ts';
import type { RawSet } from './sets/raw-set.ts';

export interface ImportOptions extends GatherOptions {
  /** Called with the share of the files' bytes that is read, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * The data sets in a person's files: CIFAR, IDX, or images in one folder a class, in archives or not. Throws a
 * `DataError` that names the file and the fault.
 */
export async function findData(
  files: readonly GivenFile[],
  { onProgress, ...options }: ImportOptions,
): Promise<FoundData> {
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
  let read = 0;
  const gatherer = new Gatherer(options);
  const tables: GivenFile[] = [];
  const entries = entriesOf(files, {
    onTable: (file) => tables.push(file),
    onRead: (bytes) => {
      read += bytes;
      onProgress?.(total === 0 ? 1 : Math.min(1, read / total));
    },
  });
  for await (const entry of entries) await gatherer.add(entry);
  return gatherer.finish(sourceName(files), tables);
}

/** One of those sets, the first where none is chosen. Throws a `DataError` where nothing can be learnt from it. */
export async function importFiles(
  files: readonly GivenFile[],
  options: ImportOptions,
  choice: SetChoice = {},
): Promise<RawSet> {
  return (await findData(files, options)).arrange(choice);
}

/** A name for these files: that of the archive, or of the folder around them. */
export function sourceName(files: readonly GivenFile[]): string {
  const [first, ...others] = files;
  if (first === undefined) return 'nothing';
  const folder = first.path.split('/')[0] ?? first.path;
  const isOne = others.every(({ path }) => path.startsWith(`${folder}/`));
  return others.length === 0 || isOne ? folder : `${folder} and ${others.length} more`;
}
