import { parquetWriteBuffer } from 'hyparquet-writer';

/** A row of a Parquet file that a test writes. */
export interface WrittenRow {
  /** The bytes of an image file. */
  readonly image: Uint8Array | null;
  readonly label: number | null;
}

/** Options of writing a Parquet file. */
export interface WriteOptions {
  /** What the labels are called, as the library of Hugging Face notes it down. */
  readonly classes?: readonly string[];
  readonly codec?: 'SNAPPY' | 'UNCOMPRESSED';
  readonly rowsInGroup?: number;
  /** Bytes of a page. */
  readonly pageSize?: number;
}

/** A table as data sets of Hugging Face have it: `image` with `bytes` and `path`, and `label`. */
export function imagesParquet(
  rows: readonly WrittenRow[],
  { classes, codec = 'SNAPPY', rowsInGroup = 100, pageSize = 2 ** 20 }: WriteOptions = {},
): Uint8Array {
  const features = {
    image: { _type: 'Image' },
    label: classes === undefined ? { dtype: 'int64', _type: 'Value' } : { names: classes, _type: 'ClassLabel' },
  };
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'image', data: rows.map(({ image }) => (image === null ? null : { bytes: image, path: 'a.png' })) },
        { name: 'label', data: rows.map(({ label }) => (label === null ? null : BigInt(label))) },
      ],
      schema: [
        { name: 'schema', num_children: 2 },
        { name: 'image', num_children: 2, repetition_type: 'OPTIONAL' },
        { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
        { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        { name: 'label', type: 'INT64', repetition_type: 'OPTIONAL' },
      ],
      codec,
      rowGroupSize: rowsInGroup,
      pageSize,
      kvMetadata: [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }],
    }),
  );
}
