/** A file that could not be fetched, said in one sentence. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  constructor(what: string, problem: string, cause?: unknown) {
    const remedy = 'try again, or fetch the file yourself and choose it';
    super(`download: ${what}: ${problem}; ${remedy}`, cause === undefined ? {} : { cause });
  }
}

export interface DownloadOptions {
  /** Hears how much of the file is there, 0 to 1; nothing where the server does not say how long it is. */
  readonly onProgress: (fraction: number) => void;
  /** Milliseconds before the next try, where the connection broke. */
  readonly pause?: number;
}

/** Tries in a row that bring nothing. */
const MOST_FAILURES = 4;

/** So many bytes are gathered before they become a blob, which the browser may keep on the disk. */
const PIECE = 16 * 2 ** 20;

/**
 * Fetches a file. Where the connection breaks, it goes on where it was, if the server knows ranges, and begins again if
 * not. Rejects with a `DownloadError`.
 */
export async function download(
  address: string,
  what: string,
  { onProgress, pause = 1000 }: DownloadOptions,
): Promise<Blob> {
  let pile = new Pile();
  let total: number | null = null;
  let failures = 0;
  let cause: unknown;
  while (failures < MOST_FAILURES) {
    if (failures > 0) await new Promise((resolve) => setTimeout(resolve, pause * failures));
    failures += 1;
    try {
      const response = await fetch(address, pile.size > 0 ? { headers: { Range: `bytes=${pile.size}-` } } : {});
      if (!response.ok) throw new DownloadError(what, `the server answers ${response.status}`);
      if (response.status !== 206) pile = new Pile();
      const length = response.headers.get('Content-Length');
      if (length !== null) total = pile.size + Number(length);
      for (const reader = response.body?.getReader(); ; ) {
        const { done, value } = (await reader?.read()) ?? { done: true };
        if (done || value === undefined) break;
        pile.add(value);
        failures = 0;
        if (total !== null) onProgress(Math.min(1, pile.size / total));
      }
      if (total === null || pile.size === total) return pile.blob();
      cause = new Error(`it ended after ${pile.size} of ${total} bytes`);
    } catch (error) {
      if (error instanceof DownloadError) throw error;
      cause = error;
    }
  }
  throw new DownloadError(what, `the connection fails (${cause instanceof Error ? cause.message : cause})`, cause);
}

/** Bytes that come piece by piece. */
class Pile {
  readonly #blobs: Blob[] = [];
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #inPieces = 0;
  size = 0;

  add(piece: Uint8Array<ArrayBuffer>): void {
    this.#pieces.push(piece);
    this.#inPieces += piece.length;
    this.size += piece.length;
    if (this.#inPieces >= PIECE) this.#gather();
  }

  blob(): Blob {
    this.#gather();
    return new Blob(this.#blobs);
  }

  #gather(): void {
    this.#blobs.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#inPieces = 0;
  }
}
