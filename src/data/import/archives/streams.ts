import { printable } from '../../../core/quote.ts';
import { DataError } from '../../error.ts';

/** What to do about a file that cannot be used. */
export const REMEDY = 'choose a whole file of this kind, or leave it out';

export type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;

/** All bytes of a stream. Throws a `DataError` that names the file where there are more than `most` or it breaks off. */
export async function collect(stream: ReadableStream<Uint8Array>, name: string, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > most) throw new DataError('data file', `${printable(name)} has more than ${most} bytes`, REMEDY);
      chunks.push(value);
    }
  } catch (cause) {
    await reader.cancel().catch(() => {});
    if (cause instanceof DataError) throw cause;
    throw new DataError('data file', `${printable(name)} is damaged or cut short (${reasonOf(cause)})`, REMEDY, cause);
  }
  return join(chunks, length);
}

/** The pieces of a stream; ends it where the rest is not wanted. */
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

/** What a stream of gzip holds. Breaks off where the file is damaged. */
export function gunzip(stream: ByteStream): ByteStream {
  return stream.pipeThrough(new DecompressionStream('gzip'));
}

/** These bytes as a stream. */
export function streamOf(bytes: Uint8Array): ByteStream {
  return new Blob([Uint8Array.from(bytes)]).stream();
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Pieces of `length` bytes together, one behind the other. */
export function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
