import { DataError } from '../error.ts';
import { REMEDY } from './entry.ts';

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
      if (length > most) throw new DataError('data file', `${name} has more than ${most} bytes`, REMEDY);
      chunks.push(value);
    }
  } catch (cause) {
    await reader.cancel().catch(() => {});
    if (cause instanceof DataError) throw cause;
    throw new DataError('data file', `${name} is damaged or cut short (${reasonOf(cause)})`, REMEDY, cause);
  }
  return join(chunks, length);
}

/** The first bytes of a stream, fewer where it ends, and a stream that has them all again. */
export async function peek(stream: ByteStream, count: number): Promise<readonly [Uint8Array, ByteStream]> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  while (length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  const again: ByteStream = new ReadableStream({
    async pull(controller) {
      const first = chunks.shift();
      if (first !== undefined) {
        controller.enqueue(first);
        return;
      }
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return [join(chunks, length).subarray(0, count), again];
}

/** What a stream of gzip holds. Breaks off where the file is damaged. */
export function gunzip(stream: ByteStream): ByteStream {
  return stream.pipeThrough(new DecompressionStream('gzip'));
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
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
