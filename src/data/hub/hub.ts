import * as v from 'valibot';
import { wait } from '../../core/wait.ts';
import { type Phrase, SaidError, sentence } from '../../language/sentence.ts';
import { DataError } from '../dataset.ts';
import { collect, piecesOf } from '../import/archives/streams.ts';
import type { TableFolder } from '../import/tables/table-files.ts';
import type { ByteSource } from '../parquet/table.ts';
import { connectionFails, DownloadError } from '../sources/download.ts';

/** Endpoint that lists the Parquet files of a data set. */
const LIST = 'https://datasets-server.huggingface.co/parquet';
/** Prefix of those files' addresses. No other host is requested, apart from redirects of this one. */
const FILES = 'https://huggingface.co/';

const MOST_LIST_BYTES = 16 * 2 ** 20;
const LONGEST_REASON = 200;

const listSchema = v.object({
  parquet_files: v.array(
    v.object({
      config: v.string(),
      split: v.string(),
      url: v.string(),
      filename: v.string(),
      size: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
  ),
  partial: v.optional(v.boolean(), false),
});
const errorSchema = v.object({ error: v.string() });

/** Options of `listTables`. */
export interface HubOptions {
  readonly signal?: AbortSignal;
  /** Other servers with the same answers, for tests. */
  readonly list?: string;
  readonly files?: string;
  /** Delay before the second try in ms. */
  readonly pause?: number;
}

/**
 * Lists the Parquet files of a public data set "owner/name" on Hugging Face: original or converted. Rejects with a
 * `DownloadError` that names the set, or a `DataError` where the list breaks off.
 */
export async function listTables(
  dataset: string,
  { signal, list = LIST, files = FILES, pause }: HubOptions = {},
): Promise<TableFolder> {
  const fail = (problem: Phrase, cause?: unknown) => new DownloadError(dataset, problem, cause);
  const address = `${list}?${new URLSearchParams({ dataset })}`;
  const response = await fetch(address, { signal: signal ?? null }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw fail(connectionFails(cause), cause);
  });
  const json = await jsonOf(response, dataset);
  if (!response.ok) {
    const said = v.safeParse(errorSchema, json);
    const { status } = response;
    if (!said.success) throw fail(sentence('data.hub.answers', { status }));
    const reason = said.output.error.slice(0, LONGEST_REASON).replace(/[.\s]+$/, '');
    throw fail(sentence('data.hub.says', { status, reason }));
  }
  const answer = v.safeParse(listSchema, json);
  if (!answer.success) throw fail(sentence('data.hub.noSense', { reason: answer.issues[0].message }));
  const { parquet_files: all, partial } = answer.output;
  const elsewhere = all.find(({ url }) => !url.startsWith(files));
  if (elsewhere !== undefined)
    throw fail(sentence('data.hub.elsewhere', { address: elsewhere.url.slice(0, LONGEST_REASON) }));
  if (all.length === 0) throw fail(sentence('data.hub.noTable'));
  const entries = all.map(({ config, split, url, filename, size }) => {
    return { config, split, source: remoteSource(url, `${dataset}/${config}/${split}/${filename}`, size, pause) };
  });
  return { name: dataset, source: 'hub', partial, entries };
}

async function jsonOf(response: Response, dataset: string): Promise<unknown> {
  if (response.body === null) return null;
  const bytes = await collect(piecesOf(response.body), sentence('data.hub.list', { dataset }), MOST_LIST_BYTES);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

const MOST_TRIES = 4;
/** Status codes of temporary failures and rate limits. */
const PASSING = [408, 429, 500, 502, 503, 504];

/**
 * A remote file that is read by byte ranges. Retries failed connections; `pause` is the delay before the second try in
 * ms, doubled for each further one.
 */
function remoteSource(address: string, name: string, size: number, pause = 1000): ByteSource {
  return {
    name,
    size,
    read: async (from, to, signal) => {
      let cause: unknown;
      for (let tried = 0; tried < MOST_TRIES; tried++) {
        if (tried > 0) await wait(pause * 2 ** (tried - 1));
        signal?.throwIfAborted();
        try {
          return await readRange(address, name, [from, to], signal);
        } catch (error) {
          // What was wished for, or would be the same again.
          signal?.throwIfAborted();
          if (error instanceof DownloadError) throw error;
          cause = error;
        }
      }
      throw new DownloadError(name, connectionFails(cause), cause);
    },
  };
}

async function readRange(
  address: string,
  name: string,
  [from, to]: readonly [number, number],
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const response = await fetch(address, { headers: { Range: `bytes=${from}-${to - 1}` }, signal: signal ?? null });
  if (response.status !== 206) {
    await response.body?.cancel();
    const answers = sentence('data.download.answers', { status: response.status });
    if (PASSING.includes(response.status)) throw new SaidError(answers);
    throw new DownloadError(name, response.ok ? sentence('data.download.noParts') : answers);
  }
  if (response.body === null) throw new SaidError(sentence('data.download.nothing'));
  const bytes = await collect(piecesOf(response.body), name, to - from).catch((error: unknown) => {
    // More than was asked for is no accident of the connection.
    if (error instanceof DataError && error.cause === undefined)
      throw new DownloadError(name, sentence('data.download.tooMuch'));
    throw error;
  });
  if (bytes.length < to - from)
    throw new SaidError(sentence('data.download.bytes', { bytes: bytes.length, whole: to - from }));
  return bytes;
}
