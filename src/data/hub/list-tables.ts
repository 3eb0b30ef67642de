import * as v from 'valibot';
import { collect } from '../import/archives/streams.ts';
import type { TableFolder } from '../import/tables/table-folder.ts';
import { DownloadError } from '../sources/download.ts';
import { remoteSource } from './remote-source.ts';

/** Where Hugging Face tells which Parquet files it has of a data set. */
const LIST = 'https://datasets-server.huggingface.co/parquet';
/** Where those files are; nothing is asked of other hosts, but where this one leads on to. */
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

export interface HubOptions {
  readonly signal?: AbortSignal;
  /** Other servers that answer the same, for tests. */
  readonly list?: string;
  readonly files?: string;
  /** Milliseconds before a second try. */
  readonly pause?: number;
}

/**
 * The Parquet files that Hugging Face has of a public data set, "owner/name": its own, or those that it made of what is
 * there. Rejects with a `DownloadError` that names the set.
 */
export async function listTables(
  dataset: string,
  { signal, list = LIST, files = FILES, pause }: HubOptions = {},
): Promise<TableFolder> {
  const fail = (problem: string, cause?: unknown) => new DownloadError(dataset, problem, cause);
  const address = `${list}?${new URLSearchParams({ dataset })}`;
  const response = await fetch(address, { signal: signal ?? null }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw fail(`the connection fails (${cause instanceof Error ? cause.message : cause})`, cause);
  });
  const json = await jsonOf(response, dataset);
  if (!response.ok) {
    const said = v.safeParse(errorSchema, json);
    const reason = said.success ? ` (${said.output.error.slice(0, LONGEST_REASON).replace(/[.\s]+$/, '')})` : '';
    throw fail(`Hugging Face has no table of it: it answers ${response.status}${reason}`);
  }
  const answer = v.safeParse(listSchema, json);
  if (!answer.success) throw fail(`Hugging Face answers what makes no sense (${answer.issues[0].message})`);
  const { parquet_files: all, partial } = answer.output;
  const elsewhere = all.find(({ url }) => !url.startsWith(files));
  if (elsewhere !== undefined) throw fail(`its files are elsewhere (${elsewhere.url.slice(0, LONGEST_REASON)})`);
  if (all.length === 0) throw fail('Hugging Face has no table of it');
  const entries = all.map(({ config, split, url, filename, size }) => {
    return { config, split, source: remoteSource(url, `${dataset}/${config}/${split}/${filename}`, size, pause) };
  });
  return { name: dataset, source: 'hub', partial, entries };
}

async function jsonOf(response: Response, dataset: string): Promise<unknown> {
  if (response.body === null) return null;
  const bytes = await collect(response.body, `the list of ${dataset}`, MOST_LIST_BYTES);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
