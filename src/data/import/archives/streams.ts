import { concatBytes } from '../../../core/bytes.ts';
import { type Phrase, phraseOf, type Sentence, sentence } from '../../../language/sentence.ts';
import { calledBy, DataError, named } from '../../dataset.ts';

/** The advice of errors about a file that cannot be used. */
export const anotherFile = () => sentence('data.remedy.whole');

/** All bytes of these pieces. Throws a `DataError` that names the file where there are more than `most` or it breaks off. */
export async function collect(pieces: AsyncIterable<Uint8Array>, name: Phrase, most: number): Promise<Uint8Array> {
  const fail = (problem: Sentence, cause?: unknown) => {
    const what = named(calledBy(name), problem);
    return new DataError(sentence('data.what.file'), what, anotherFile(), cause);
  };
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of pieces) {
      length += piece.length;
      if (length > most) throw fail(sentence('data.file.tooLong', { most }));
      chunks.push(piece);
    }
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw fail(sentence('data.file.cutBecause', { reason: phraseOf(cause) }), cause);
  }
  return concatBytes(chunks);
}

/** Iterates over the chunks of a stream; cancels it if the iteration ends early. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** These bytes as the only piece. */
export async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const WINDOW = 2 ** 20;

/**
 * Buffers mostly sequential reads of a file, a megabyte at a time: each read of a `Blob` is a message to another
 * process.
 */
export class BlobWindow {
  readonly size: number;
  readonly #blob: Blob;
  #from = 0;
  #bytes = new Uint8Array();

  constructor(blob: Blob) {
    this.#blob = blob;
    this.size = blob.size;
  }

  /** A copy of `length` bytes, fewer where the file ends before. */
  async read(from: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (from < this.#from || from + length > this.#from + this.#bytes.length) {
      const to = Math.min(this.size, from + Math.max(length, WINDOW));
      this.#bytes = new Uint8Array(await this.#blob.slice(from, to).arrayBuffer());
      this.#from = from;
    }
    return this.#bytes.slice(from - this.#from, from - this.#from + length);
  }
}

/** A signal that aborts with the first of several, as `AbortSignal.any` makes it, which Safari has from 17.4 on. */
export function anySignal(signals: readonly AbortSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) {
      either.abort(signal.reason);
      break;
    }
    // The listeners of the others go with the first that aborts.
    signal.addEventListener('abort', () => either.abort(signal.reason), { once: true, signal: either.signal });
  }
  return either.signal;
}
