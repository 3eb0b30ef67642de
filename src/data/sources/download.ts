import { type Phrase, phraseOf, SaidError, type Sentence, sentence } from '../../language/sentence.ts';

/** A sink for the bytes of a file, in order. */
export interface ByteSink {
  /** Number of bytes written. */
  readonly size: number;
  /** The strong ETag of the file that they are the beginning of; null where its server names none. */
  readonly version: string | null;
  /** Discards all bytes and starts a file of that version and, if the server says it, of `total` bytes. */
  begin(version: string | null, total: number | null): Promise<void>;
  add(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends the file and resolves with all of it. */
  end(): Promise<Blob>;
}

/** Bytes to gather before they become a Blob, which the browser may put on the disk. */
const PIECE = 16 * 2 ** 20;

/** A sink in memory. */
export class MemorySink implements ByteSink {
  readonly #blobs: Blob[] = [];
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #inPieces = 0;
  #version: string | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get version(): string | null {
    return this.#version;
  }

  async begin(version: string | null): Promise<void> {
    this.#blobs.length = 0;
    this.#pieces = [];
    this.#inPieces = 0;
    this.#size = 0;
    this.#version = version;
  }

  async add(piece: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#pieces.push(piece);
    this.#inPieces += piece.length;
    this.#size += piece.length;
    if (this.#inPieces >= PIECE) this.#gather();
  }

  async end(): Promise<Blob> {
    this.#gather();
    return new Blob(this.#blobs);
  }

  #gather(): void {
    this.#blobs.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#inPieces = 0;
  }
}

/** A file could not be fetched; the message is one sentence. */
export class DownloadError extends SaidError {
  override readonly name = 'DownloadError';

  constructor(what: Phrase, problem: Phrase, cause?: unknown) {
    super(sentence('errors.download', { what, problem }), cause === undefined ? {} : { cause });
  }
}

/** The problem that a connection fails, for the reason that `cause` gives. */
export function connectionFails(cause: unknown): Sentence {
  return sentence('data.download.connection', { reason: phraseOf(cause) });
}

/** Options of `download`. */
export interface DownloadOptions {
  /** Called with the downloaded share, 0 to 1; never if the server does not send the file's length. */
  readonly onProgress: (fraction: number) => void;
  /** The sink of the bytes, which may hold the file's beginning. */
  readonly sink?: ByteSink;
  /** Milliseconds before the next try, where the connection broke. */
  readonly pause?: number;
  /** Ends the download where it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** Consecutive tries without a byte after which the download fails. */
const MOST_FAILURES = 4;

/**
 * Fetches a file. It goes on where the sink ends, if the server sends the rest of the same file, which the ETag says, and
 * begins again if not; so also where the connection breaks. Rejects with a `DownloadError`, with the reason of the signal,
 * and with what the sink rejects with; what came until then is on the sink.
 */
export async function download(
  address: string,
  what: string,
  { onProgress, sink = new MemorySink(), pause = 1000, signal }: DownloadOptions,
): Promise<Blob> {
  let furthest = sink.size;
  let failures = 0;
  let cause: unknown;
  let goOn = true;
  while (failures < MOST_FAILURES) {
    if (failures > 0) await waited(pause * failures, signal);
    failures += 1;
    const response = await broken(ask(address, goOn ? sink : null, signal), signal);
    if (response instanceof Broken) {
      cause = response.cause;
      continue;
    }
    if (!isNext(response, sink)) {
      cause = new SaidError(sentence('data.download.changed'));
      goOn = false;
      response.body?.cancel().catch(() => {});
      continue;
    }
    if (!response.ok) throw new DownloadError(what, sentence('data.download.answers', { status: response.status }));
    const length = response.headers.get('Content-Length');
    const total = length === null ? null : (response.status === 206 ? sink.size : 0) + Number(length);
    if (response.status !== 206) await sink.begin(versionOf(response), total);
    goOn = true;
    for (const reader = (response.body ?? new Blob().stream()).getReader(); ; ) {
      const read = await broken(reader.read(), signal);
      if (read instanceof Broken) {
        cause = read.cause;
        break;
      }
      if (read.value === undefined) {
        if (total === null || sink.size === total) return sink.end();
        cause = new SaidError(sentence('data.download.ended', { bytes: sink.size, whole: total ?? 0 }));
        break;
      }
      await sink.add(read.value);
      // Else a file that always breaks at the same place would be asked for without end.
      if (sink.size > furthest) failures = 0;
      furthest = Math.max(furthest, sink.size);
      if (total !== null) onProgress(Math.min(1, sink.size / total));
    }
  }
  throw new DownloadError(what, connectionFails(cause), cause);
}

/** The connection broke. */
class Broken {
  readonly cause: unknown;

  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** What is asked for; that the connection broke is no failure yet. Rejects where the signal is aborted. */
async function broken<T>(asked: Promise<T>, signal: AbortSignal | undefined): Promise<T | Broken> {
  try {
    return await asked;
  } catch (error) {
    signal?.throwIfAborted();
    return new Broken(error);
  }
}

/** Resolves after a time, or as soon as the signal is aborted. */
function waited(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * Requests the bytes after the sink's end, or the whole file if there is no sink. `If-Range` would leave the comparison
 * to the server, but it is not a header that pages may send to other hosts without asking them first, and those of
 * Hugging Face do not answer that question (https://github.com/huggingface/datasets/issues/7931).
 */
function ask(address: string, sink: ByteSink | null, signal: AbortSignal | undefined): Promise<Response> {
  const isPart = sink !== null && sink.size > 0 && sink.version !== null;
  return fetch(address, { signal: signal ?? null, ...(isPart && { headers: { Range: `bytes=${sink.size}-` } }) });
}

/** Whether the response is the whole file, or exactly the part that the sink lacks. */
function isNext(response: Response, { size, version }: ByteSink): boolean {
  if (response.status === 416) return false;
  if (response.status !== 206) return true;
  const range = response.headers.get('Content-Range');
  return versionOf(response) === version && (range === null || range.startsWith(`bytes ${size}-`));
}

/** The ETag, where it stands for every byte; null where it does not, or is kept from the page. */
function versionOf({ headers }: Response): string | null {
  const tag = headers.get('ETag');
  return tag?.startsWith('W/') === true ? null : tag;
}
