import { DataError } from '../error.ts';

/** Creates the error for a fault in the file that is being read. */
export type Fail = (problem: string, cause?: unknown) => DataError;

export function faultOf(file: string): Fail {
  const remedy = 'choose a whole Parquet file, written with snappy, gzip, zstd or lz4_raw';
  return (problem, cause) => new DataError('parquet file', `${file} ${problem}`, remedy, cause);
}
