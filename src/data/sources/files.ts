import type { DataSpec } from '../../core/experiment/experiment.ts';
import { INDEX_NAME, SHEET_NAME } from './emoji-index.ts';

/** The names of the files that the page comes with and that a data set is read from; none for others. */
export function filesOf({ source }: DataSpec): readonly string[] {
  return source === 'emoji' ? [INDEX_NAME, SHEET_NAME] : [];
}
