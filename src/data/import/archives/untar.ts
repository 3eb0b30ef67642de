import { createTarDecoder } from 'modern-tar';
import { phraseOf, type Sentence, sentence } from '../../../language/sentence.ts';
import { archiveFault, type Entry } from '../entry.ts';
import type { ByteStream } from './streams.ts';

/** The files of a tar archive. Throws a `DataError` that names the archive where it is damaged or cut short. */
export async function* untar(stream: ByteStream, name: string): AsyncGenerator<Entry> {
  const fail = (cause: unknown) =>
    archiveFault(
      name,
      sentence('data.file.cutBecause', { reason: phraseOf(cause) }),
      sentence('data.remedy.again'),
      cause,
    );
  const reader = stream.pipeThrough(createTarDecoder({ strict: true })).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw fail(cause);
      });
      if (done) return;
      const { header, body } = value;
      // What is not read of a body is dropped with the next header. To cancel it would hold the decoder up for ever.
      const rest = body.getReader();
      async function* read(): AsyncGenerator<Uint8Array> {
        for (;;) {
          const piece = await rest.read().catch((cause: unknown) => {
            throw fail(cause);
          });
          if (piece.done) return;
          yield piece.value;
        }
      }
      if (header.type !== 'directory') yield { path: header.name, fault: faultOf(header), read };
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function faultOf({
  type,
  pax,
}: {
  readonly type?: string;
  readonly pax?: Readonly<Record<string, string>>;
}): Sentence | null {
  if (type === 'link' || type === 'symlink') return sentence('data.file.link');
  if (type !== 'file') return sentence('data.file.notFile', { type: String(type) });
  const isSparse = Object.keys(pax ?? {}).some((key) => key.startsWith('GNU.sparse.'));
  return isSparse ? sentence('data.file.sparse') : null;
}
