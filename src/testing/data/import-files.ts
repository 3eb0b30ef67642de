import type { GivenFile } from '../../core/data/given-file.ts';
import { findData, type ImportOptions } from '../../data/import/dataset-importer.ts';
import { type DecodeImage, decodePng } from '../../data/import/decode-image.ts';
import type { ImportedDataset } from '../../data/import/sets/imported-dataset.ts';

/** Imports the first set in the files. Throws a `DataError` if it cannot be trained on. */
export async function importFiles(files: readonly GivenFile[], options: ImportOptions): Promise<ImportedDataset> {
  const opened = (await findData(files, options)).open();
  if (opened.type === 'table') throw new Error('These files are a table.');
  return opened.set;
}

/** Decodes PNGs only: Node has no decoder for other formats. */
export const decodePngOnly: DecodeImage = async (bytes, name) => decodePng(bytes, name);
