import { DataError } from '../error.ts';
import { collect } from '../import/archives/streams.ts';
import type { ByteSource } from '../parquet/source.ts';
import { DownloadError } from '../sources/download.ts';

const MOST_TRIES = 4;
/** The server is busy, or asks not to be asked so often. */
const PASSING = [408, 429, 500, 502, 503, 504];

/**
 * A file that a server has, read by ranges. A connection that fails is tried again. `pause` are the milliseconds before
 * the second try; each further one waits twice as long.
 */
export function remoteSource(address: string, name: string, size: number, pause = 1000): ByteSource {
  return {
    name,
    size,
    read: async (from, to, signal) => {
      let cause: unknown;
      for (let tried = 0; tried < MOST_TRIES; tried++) {
        if (tried > 0) await new Promise((resolve) => setTimeout(resolve, pause * 2 ** (tried - 1)));
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
      throw new DownloadError(name, `the connection fails (${cause instanceof Error ? cause.message : cause})`, cause);
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
    if (PASSING.includes(response.status)) throw new Error(`the server answers ${response.status}`);
    const problem = response.ok ? 'the server sends no parts of files' : `the server answers ${response.status}`;
    throw new DownloadError(name, problem);
  }
  if (response.body === null) throw new Error('nothing came');
  const bytes = await collect(response.body, name, to - from).catch((error: unknown) => {
    // More than was asked for is no accident of the connection.
    if (error instanceof DataError && error.cause === undefined)
      throw new DownloadError(name, 'the server sends too much');
    throw error;
  });
  if (bytes.length < to - from) throw new Error(`${bytes.length} of ${to - from} bytes came`);
  return bytes;
}
