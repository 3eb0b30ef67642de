import { concatBytes } from '../../core/bytes.ts';
import { crc32 } from '../../data/formats/png.ts';

/** An entry of a zip archive as it is written down, right or wrong. */
export interface WrittenEntry {
  /** In the bytes of whatever encoding. */
  readonly name: Uint8Array | string;
  /** Compressed by `method`, or stored. */
  readonly data: Uint8Array;
  readonly method?: number;
  /** What `data` is unpacked; the same where it is stored. */
  readonly unpacked?: Uint8Array;
  readonly flags?: number;
  /** Bytes that it claims to have unpacked. */
  readonly size?: number;
  /** The entry whose data it claims to have; its own where it does not say. */
  readonly dataOf?: number;
  /** Unix's mode, as of a link. */
  readonly mode?: number;
}

/** Options of writing a zip archive. */
export interface ZipOptions {
  readonly prefix?: Uint8Array;
  readonly comment?: string;
}

/** A zip archive byte by byte, for what archivers write and no library does. */
export function rawZip(entries: readonly WrittenEntry[], { prefix = new Uint8Array(), comment = '' }: ZipOptions = {}) {
  const pieces: Uint8Array[] = [prefix];
  let at = prefix.length;
  const add = (piece: Uint8Array) => {
    pieces.push(piece);
    at += piece.length;
  };
  const offsets: number[] = [];
  const [LOCAL, CENTRAL, END] = [0x504b0304, 0x504b0102, 0x504b0506];
  for (const entry of entries) {
    offsets.push(at);
    add(headerOf(LOCAL, 30, entry, 4));
    add(nameOf(entry));
    add(entry.data);
  }
  const start = at;
  for (const [nth, entry] of entries.entries()) {
    const header = headerOf(CENTRAL, 46, entry, 6);
    const view = new DataView(header.buffer);
    view.setUint16(4, 0x031e, true);
    view.setUint32(38, (entry.mode ?? 0o100644) << 16, true);
    view.setUint32(42, offsets[entry.dataOf ?? nth] ?? 0, true);
    add(header);
    add(nameOf(entry));
  }
  const end = new Uint8Array(22 + comment.length);
  const view = new DataView(end.buffer);
  view.setUint32(0, END);
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  view.setUint32(12, at - start, true);
  view.setUint32(16, start, true);
  view.setUint16(20, comment.length, true);
  end.set(new TextEncoder().encode(comment), 22);
  add(end);
  return concatBytes(pieces);
}

function nameOf({ name }: WrittenEntry): Uint8Array {
  return typeof name === 'string' ? new TextEncoder().encode(name) : name;
}

/** The fields that a local and a central header have in common begin at `from`. */
function headerOf(signature: number, length: number, entry: WrittenEntry, from: number): Uint8Array<ArrayBuffer> {
  const { data, method = 0, flags = 0, unpacked = data, size = unpacked.length } = entry;
  const header = new Uint8Array(length);
  const view = new DataView(header.buffer);
  view.setUint32(0, signature);
  view.setUint16(from, 20, true);
  view.setUint16(from + 2, flags, true);
  view.setUint16(from + 4, method, true);
  view.setUint32(from + 10, crc32(unpacked), true);
  view.setUint32(from + 14, data.length, true);
  view.setUint32(from + 18, size, true);
  view.setUint16(from + 22, nameOf(entry).length, true);
  return header;
}
