import { FlateErrorCode, Gunzip } from 'fflate';
import { concatBytes } from '../../../core/bytes.ts';
import { SaidError, sentence } from '../../../language/sentence.ts';
import { crc32 } from '../../formats/png.ts';

/** Bytes that are given to the decompressor at once: each can become a thousand times as many. */
const PIECE = 32 * 1024;

/** The checksum and the length with which a member ends. */
const TRAILER = 8;

/** Bytes that are kept of what was pushed: a trailer, and the longest usual header behind it. */
const LOOKBACK = 1024;

/**
 * Decompresses a gzip file of one member or several, as `cat a.gz b.gz` and bgzip write them, which `DecompressionStream`
 * refuses in browsers. Zeros behind the last member are padding. Throws where the file is damaged or cut short.
 */
export async function* gunzip(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const end = new FileEnd();
  const member = { isBegun: false, checksum: 0, length: 0 };
  const inflate = new Gunzip((chunk) => {
    member.isBegun = true;
    member.checksum = crc32(chunk, member.checksum);
    member.length += chunk.length;
    ready.push(chunk);
  });
  // What is pushed, behind the end of what was pushed before it: a trailer may lie in both.
  let window = new Uint8Array();
  let [begin, pushed] = [0, 0];
  inflate.onmember = (offset) => {
    const at = offset - TRAILER - begin;
    // A header that came in many pieces may have driven the trailer out of the window.
    if (at >= 0 && trailerOf(member).some((byte, nth) => byte !== window[at + nth])) {
      throw new SaidError(sentence('data.archive.checksum'));
    }
    member.checksum = 0;
    member.length = 0;
  };
  let isPadding = false;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PIECE) {
      const bytes = piece.subarray(at, at + PIECE);
      end.add(bytes);
      if (isPadding) continue;
      const kept = window.slice(-LOOKBACK);
      begin = pushed - kept.length;
      window = concatBytes([kept, bytes]);
      pushed += bytes.length;
      try {
        inflate.push(bytes);
      } catch (error) {
        // No further member begins here: by the end of the file this is padding, or the file is damaged.
        isPadding = member.isBegun && isNoHeader(error);
        if (!isPadding) throw error;
      }
      yield* ready.splice(0);
    }
  }
  if (!member.isBegun || !end.is(trailerOf(member))) throw new SaidError(sentence('data.archive.checksum'));
}

function isNoHeader(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === FlateErrorCode.InvalidHeader;
}

function trailerOf({ checksum, length }: { readonly checksum: number; readonly length: number }): Uint8Array {
  const trailer = new DataView(new ArrayBuffer(TRAILER));
  trailer.setUint32(0, checksum, true);
  trailer.setUint32(4, length, true);
  return new Uint8Array(trailer.buffer);
}

/** The last bytes of a file before the zeros at its end. */
class FileEnd {
  #last: readonly number[] = [];
  #zeros = 0;

  add(bytes: Uint8Array): void {
    const used = usedOf(bytes);
    if (used > 0) {
      const zeros = new Array<number>(Math.min(TRAILER, this.#zeros)).fill(0);
      this.#last = [...this.#last, ...zeros, ...bytes.subarray(Math.max(0, used - TRAILER), used)].slice(-TRAILER);
      this.#zeros = 0;
    }
    this.#zeros += bytes.length - used;
  }

  /** Whether the file ends with this trailer, of which the last bytes may be zeros as well. */
  is(trailer: Uint8Array): boolean {
    const used = trailer.subarray(0, usedOf(trailer));
    return (
      this.#zeros >= trailer.length - used.length && used.every((byte, at) => byte === this.#last.at(at - used.length))
    );
  }
}

/** Number of bytes up to the last that is not zero. */
function usedOf(bytes: Uint8Array): number {
  return bytes.findLastIndex((byte) => byte !== 0) + 1;
}
