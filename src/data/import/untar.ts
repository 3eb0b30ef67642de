import { createTarDecoder } from 'modern-tar';
import { DataError } from '../error.ts';
import type { Entry } from './entry.ts';
import { REMEDY } from './entry.ts';
import { type ByteStream, collect, reasonOf } from './streams.ts';

/** Whether a file begins as a tar archive does. */
export function isTar(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(257, 262)) === 'ustar';
}

/** The files of a tar archive. Throws a `DataError` that names the archive where it is damaged or cut short. */
export async function* untar(stream: ByteStream, name: string): AsyncGenerator<Entry> {
  const reader = stream.pipeThrough(createTarDecoder({ strict: true })).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new DataError('archive', `${name} is damaged or cut short (${reasonOf(cause)})`, REMEDY, cause);
      });
      if (done) return;
      const { header, body } = value;
      let untouched = true;
      const bytes = (most: number) => {
        untouched = false;
        return collect(body, `${header.name} in ${name}`, most);
      };
      if (header.type === 'file') yield { path: header.name, bytes };
      // The decoder goes on only when a body is read; one that is cancelled holds it up for ever.
      if (untouched) await drain(body, name);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function drain(body: ReadableStream<Uint8Array>, name: string): Promise<void> {
  await body.pipeTo(new WritableStream()).catch((cause: unknown) => {
    throw new DataError('archive', `${name} is damaged or cut short (${reasonOf(cause)})`, REMEDY, cause);
  });
}
