import { DataError } from '../error.ts';
import { baseName, type Entries, type Entry } from './entry.ts';
import { mostOf } from './gather.ts';
import { isIdx } from './idx.ts';
import { idxName } from './idx-set.ts';
import { type ByteStream, collect, gunzip, isGzip, peek } from './streams.ts';
import { isTar, untar } from './untar.ts';
import { isZip, unzip } from './unzip.ts';

/** A file that a person gave, with the folders that it lay in. */
export interface GivenFile {
  readonly path: string;
  readonly blob: Blob;
}

/** What a person gave, file by file, archives opened. `onRead` hears of every byte that was read. */
export async function* entriesOf(files: readonly GivenFile[], onRead: (bytes: number) => void): Entries {
  for (const { path, blob } of files) {
    const counted: ByteStream = blob.stream().pipeThrough(
      new TransformStream({
        transform(chunk, controller) {
          onRead(chunk.length);
          controller.enqueue(chunk);
        },
      }),
    );
    yield* opened(path, counted);
  }
}

/** Bytes that tell what a file is. */
const HEAD = 512;

async function* opened(path: string, stream: ByteStream): Entries {
  const [head, whole] = await peek(stream, HEAD);
  if (isZip(head)) return yield* unzip(whole, baseName(path), { mostOf });
  if (isTar(head)) return yield* untar(whole, baseName(path));
  if (!isGzip(head)) return yield one(path, whole);
  const [inner, unpacked] = await peek(gunzip(whole), HEAD).catch((cause: unknown) => {
    throw new DataError('data file', `${path} is damaged or cut short`, 'choose a whole file', cause);
  });
  if (isTar(inner)) return yield* untar(unpacked, baseName(path));
  const name = path.replace(/\.gz$/, '');
  if (isIdx(inner) && idxName(baseName(name)) === null) {
    throw new DataError('data file', `${path} does not say whether it holds images or labels`, 'give it its own name');
  }
  yield one(name, unpacked);
}

function one(path: string, stream: ByteStream): Entry {
  return { path, bytes: (most) => collect(stream, path, most) };
}
