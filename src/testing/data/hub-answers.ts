/** A Parquet file of a data set on Hugging Face. */
export interface HubFile {
  readonly dataset: string;
  readonly config: string;
  readonly split: string;
  readonly bytes: Uint8Array;
}

/** An answer of the fake Hugging Face server. */
export interface HubAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const ORIGIN = { 'Access-Control-Allow-Origin': '*' };

/** The list of a data set's Parquet files, in which they are at `host`. */
export function listAnswer(files: readonly HubFile[], dataset: string | null, host: string): HubAnswer {
  const all = files.filter((file) => file.dataset === dataset);
  if (all.length === 0) {
    return json(401, { error: 'The dataset does not exist, or is not accessible without authentication.' });
  }
  const parquet_files = all.map(({ config, split, bytes }) => {
    const filename = '0000.parquet';
    const url = `${host}datasets/${dataset}/resolve/refs%2Fconvert%2Fparquet/${config}/${split}/${filename}`;
    return { dataset, config, split, url, filename, size: bytes.length };
  });
  return json(200, { parquet_files, pending: [], failed: [], partial: false });
}

/** The file of that list that is at this path of its host. */
export function fileAt(files: readonly HubFile[], path: string): HubFile | undefined {
  return files.find(({ dataset, config, split }) => {
    return path.includes(`/${dataset}/`) && path.endsWith(`/${config}/${split}/0000.parquet`);
  });
}

/** The part of a file that a request wants, all of it where it does not say. */
export function partAnswer(bytes: Uint8Array, range: string | undefined): HubAnswer {
  const match = /^bytes=(\d+)-(\d+)$/.exec(range ?? '');
  if (match === null) return { status: 200, headers: ORIGIN, body: bytes };
  const [from, to] = [Number(match[1]), Number(match[2]) + 1];
  const headers = { ...ORIGIN, 'Content-Range': `bytes ${from}-${to - 1}/${bytes.length}` };
  return { status: 206, headers, body: bytes.subarray(from, to) };
}

function json(status: number, value: unknown): HubAnswer {
  const headers = { ...ORIGIN, 'Content-Type': 'application/json' };
  return { status, headers, body: new TextEncoder().encode(JSON.stringify(value)) };
}
