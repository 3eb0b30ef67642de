import { Unzip, UnzipInflate } from 'fflate';
import { DataError } from '../error.ts';
import { type Entry, REMEDY } from './entry.ts';
import { type ByteStream, join, reasonOf } from './streams.ts';

/** Bytes that are given to the decompressor at once: each can become a thousand times as many. */
const PIECE = 32 * 1024;

/** Whether a file begins as a zip archive does, an empty one included. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

export interface UnzipOptions {
  /** How many bytes of a file are wanted at most; 0 for a file that is not wanted, which is then passed over. */
  readonly mostOf: (path: string) => number;
}

/**
 * The files of a zip archive that are wanted, as they come; those not wanted have no bytes. What a file claims to have
 * is not believed: it is cut off at `mostOf`. Throws a `DataError` that names the archive where it is damaged.
 */
export async function* unzip(stream: ByteStream, name: string, { mostOf }: UnzipOptions): AsyncGenerator<Entry> {
  const ready: Entry[] = [];
  let unfinished: string | null = null;
  let broken: Error | null = null;
  const decoder = new Unzip((file) => {
    if (file.name.endsWith('/')) return;
    const path = `${file.name} in ${name}`;
    const most = mostOf(file.name);
    if (most === 0) {
      ready.push({ path: file.name, bytes: () => Promise.reject(new Error(`zip: ${path} was not wanted`)) });
      return;
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    unfinished = path;
    file.ondata = (error, chunk, final) => {
      if (broken !== null) return;
      if (error !== null) {
        broken = new DataError('archive', `${path} is damaged (${error.message})`, REMEDY, error);
        return;
      }
      length += chunk.length;
      if (length > most) {
        broken = new DataError('archive', `${path} has more than ${most} bytes`, REMEDY);
        file.terminate();
        return;
      }
      chunks.push(chunk);
      if (!final) return;
      unfinished = null;
      ready.push({ path: file.name, bytes: async () => join(chunks, length) });
    };
    file.start();
  });
  decoder.register(UnzipInflate);
  const push = (bytes: Uint8Array, final: boolean) => {
    try {
      decoder.push(bytes, final);
    } catch (cause) {
      broken ??= new DataError('archive', `${name} is damaged (${reasonOf(cause)})`, REMEDY, cause);
    }
    if (broken !== null) throw broken;
  };

  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (let at = 0; at < value.length; at += PIECE) {
        // A copy: the decompressor keeps parts of what it is given.
        push(value.slice(at, at + PIECE), false);
        yield* ready.splice(0);
      }
    }
    push(new Uint8Array(), true);
    yield* ready.splice(0);
    if (unfinished !== null) throw new DataError('archive', `${unfinished} is cut short`, REMEDY);
  } finally {
    await reader.cancel().catch(() => {});
  }
}
