import { type Phrase, phraseOf, sentence } from '../language/sentence.ts';
import { calledBy, DataError, named } from './dataset.ts';

/** A file is gone, held, or was written again since it was chosen; nothing is known of its bytes. */
export class UnreadableError extends DataError {
  constructor(what: Phrase, name: Phrase, cause: unknown) {
    const problem = sentence('data.file.unreadable', { reason: phraseOf(cause) });
    super(what, named(calledBy(name), problem), sentence('data.remedy.onceMore'), cause);
  }
}

/** The bytes of a file or a part of one. Rejects with an `UnreadableError` that names the file, in place of the browser's own error. */
export async function bytesOf(blob: Blob, what: Phrase, name: Phrase): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new UnreadableError(what, name, cause);
  }
}

/** Whether an error is of the disk, not of the bytes: the same file may be read later. */
export function mayBeReadLater(error: unknown): boolean {
  if (error instanceof UnreadableError || error instanceof DOMException) return true;
  return error instanceof Error && error.cause !== undefined && mayBeReadLater(error.cause);
}
