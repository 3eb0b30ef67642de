import type { DataSpec } from '../../core/experiment/experiment.ts';
import { INDEX_NAME, SAMPLES_NAME, sheetName, sheetSizeFor } from './emoji-index.ts';

/** The names of the files that the page comes with and that a data set is read from; none for others. */
export function filesOf({ source, size }: DataSpec): readonly string[] {
  return source === 'emoji' ? [INDEX_NAME, sheetName(sheetSizeFor(size)), SAMPLES_NAME] : [];
}
