import { collect, streamOf } from '../import/archives/streams.ts';
import type { Fail } from './fault.ts';
import { unlz4 } from './lz4.ts';
import { unsnappy } from './snappy.ts';
import { unzstd } from './zstd.ts';

/**
 * Decompresses a page to `size` bytes. Rejects with the error that `fail` creates for a damaged page or another codec.
 */
export async function unpackPage(bytes: Uint8Array, codec: string, size: number, fail: Fail): Promise<Uint8Array> {
  switch (codec) {
    case 'UNCOMPRESSED':
      if (bytes.length !== size) throw fail(`has a page of ${bytes.length} bytes that declares ${size}`);
      return bytes;
    case 'SNAPPY':
      return unsnappy(bytes, size, fail);
    case 'GZIP': {
      const stream = streamOf(bytes).pipeThrough(new DecompressionStream('gzip'));
      const page = await collect(stream, 'a page', size).catch((cause: unknown) => {
        throw fail('has a page that gzip cannot unpack', cause);
      });
      if (page.length !== size) throw fail(`has a page of ${page.length} bytes that declares ${size}`);
      return page;
    }
    case 'ZSTD':
      return unzstd(bytes, size, fail);
    case 'LZ4_RAW':
      return unlz4(bytes, size, fail);
    default:
      throw fail(`is packed by ${codec.toLowerCase()}, which cannot be unpacked here`);
  }
}
