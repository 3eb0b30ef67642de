import { sentence } from '../../language/sentence.ts';
import type { Fail } from './thrift.ts';
import {
  type FseLimits,
  type FseTable,
  fseTable,
  type HuffmanTable,
  ReverseBits,
  readFseTable,
  readHuffman,
  readHuffmanTable,
  singleSymbol,
  ZstdError,
} from './zstd-codes.ts';

const MAGIC = 0xfd2fb528;
/** Magic number of a skippable frame (RFC 8878, 3.1.2), which holds no compressed data; its last four bits vary. */
const SKIPPED = 0x184d2a50;
const MOST_BLOCK_BYTES = 128 * 1024;
/** Maximum expansion per compressed byte: an RLE block is written in four bytes. */
const MOST_GROWTH = MOST_BLOCK_BYTES / 4;

/** Baselines and numbers of extra bits of the length codes (RFC 8878, 3.1.1.3.2.1.1). */
interface Lengths {
  readonly least: readonly number[];
  readonly bits: readonly number[];
}

const LITERAL_LENGTHS = lengthsOf(0, [
  ...Array<number>(16).fill(0),
  1,
  1,
  1,
  1,
  2,
  2,
  3,
  3,
  4,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
  13,
  14,
  15,
  16,
]);
const MATCH_LENGTHS = lengthsOf(3, [
  ...Array<number>(32).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
]);

function lengthsOf(first: number, bits: readonly number[]): Lengths {
  const least: number[] = [];
  let next = first;
  for (const count of bits) {
    least.push(next);
    next += 2 ** count;
  }
  return { least, bits };
}

/** The three codes of a sequence: literals length, offset, match length. */
type Codes = readonly [literals: FseTable, offsets: FseTable, matches: FseTable];

const LIMITS: readonly [FseLimits, FseLimits, FseLimits] = [
  { accuracy: 9, symbol: 35 },
  { accuracy: 8, symbol: 31 },
  { accuracy: 9, symbol: 52 },
];
/** The predefined tables (RFC 8878, 3.1.1.3.2.2). */
const USUAL: Codes = [
  fseTable(
    [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
    6,
  ),
  fseTable([1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1], 5),
  fseTable(
    [
      ...[1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      ...[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1],
    ],
    6,
  ),
];

/**
 * Decompresses Zstandard (RFC 8878) without a dictionary. Throws the error that `fail` creates if the result is not `size`
 * bytes. Time and memory are bounded: at most what the bytes can expand to is allocated, and every step either reads a byte
 * of them or makes one of `size`. (fzstd 0.1.1 works for minutes on 18 bytes that declare a large block.)
 */
export function zstdDecompress(bytes: Uint8Array, size: number, fail: Fail): Uint8Array {
  const damaged = (cause?: unknown) => fail(sentence('formats.parquet.unpack', { codec: 'zstd' }), cause);
  if (size > MOST_GROWTH * bytes.length) throw damaged();
  const result = new Uint8Array(size);
  let filled = 0;
  try {
    for (let at = 0; at < bytes.length; ) {
      const magic = uint(bytes, at, 4);
      if (magic - (magic % 16) === SKIPPED) {
        at += 8 + uint(bytes, at + 4, 4);
      } else {
        if (magic !== MAGIC) throw new ZstdError('no frame');
        const frame = new Frame(bytes, at + 4, result, filled);
        frame.read();
        [at, filled] = [frame.at, frame.filled];
      }
    }
  } catch (cause) {
    if (cause instanceof ZstdError) throw damaged(cause);
    throw cause;
  }
  if (filled !== size) throw damaged();
  return result;
}

/** A little-endian number of up to six bytes. Throws a `ZstdError` if there are fewer. */
function uint(bytes: Uint8Array, at: number, length: number): number {
  if (at + length > bytes.length) throw new ZstdError('cut short');
  let value = 0;
  for (let nth = 0; nth < length; nth++) value += (bytes[at + nth] ?? 0) * 2 ** (8 * nth);
  return value;
}

/** One frame, decompressed into `result` from `filled` on. */
class Frame {
  readonly #bytes: Uint8Array;
  readonly #result: Uint8Array;
  readonly #start: number;
  at: number;
  filled: number;
  /** The last Huffman table, which later blocks may reuse. */
  #huffman: HuffmanTable | null = null;
  #codes: Codes | null = null;
  #offsets: readonly [number, number, number] = [1, 4, 8];

  constructor(bytes: Uint8Array, at: number, result: Uint8Array, filled: number) {
    this.#bytes = bytes;
    this.#result = result;
    this.#start = filled;
    this.at = at;
    this.filled = filled;
  }

  read(): void {
    const about = this.#uint(1);
    const isSingle = (about & 32) !== 0;
    if ((about & 8) !== 0) throw new ZstdError('a bit that is not used');
    // The window size, which bounds offsets; here the whole page is in memory.
    if (!isSingle) this.#uint(1);
    if (this.#uint([0, 1, 2, 4][about & 3] ?? 0) !== 0) throw new ZstdError('a dictionary');
    // The frame's content size, which the page's header has given.
    this.#skip([isSingle ? 1 : 0, 2, 4, 8][about >> 6] ?? 0);
    for (let isLast = false; !isLast; ) {
      const head = this.#uint(3);
      isLast = (head & 1) === 1;
      this.#block((head >> 1) & 3, head >> 3);
    }
    if ((about & 4) !== 0) this.#skip(4);
  }

  #block(type: number, size: number): void {
    if (size > MOST_BLOCK_BYTES) throw new ZstdError('a block that is too long');
    if (type === 1) {
      const value = this.#uint(1);
      this.#need(size);
      this.#result.fill(value, this.filled, this.filled + size);
      this.filled += size;
    } else if (type === 0) {
      this.#put(this.#take(size));
    } else if (type === 2) {
      this.#sequences(this.#take(size));
    } else {
      throw new ZstdError('a block of an unknown type');
    }
  }

  #sequences(block: Uint8Array): void {
    const { literals, end } = this.#literals(block);
    const first = uint(block, end, 1);
    const count =
      first < 128
        ? first
        : first < 255
          ? (first - 128) * 256 + uint(block, end + 1, 1)
          : uint(block, end + 1, 2) + 0x7f00;
    if (count === 0) {
      this.#put(literals);
      return;
    }
    const modes = end + (first < 128 ? 1 : first < 255 ? 2 : 3);
    const { codes, end: start } = this.#readCodes(block, modes);
    this.#codes = codes;
    const used = this.#copy(new ReverseBits(block.subarray(start)), codes, count, literals);
    this.#put(literals.subarray(used));
  }

  /** Decodes a block's literals section; `end` is the offset after it. */
  #literals(block: Uint8Array): { readonly literals: Uint8Array; readonly end: number } {
    const head = uint(block, 0, 1);
    const [type, format] = [head & 3, (head >> 2) & 3];
    if (type < 2) {
      const length = [1, 2, 1, 3][format] ?? 1;
      const size = Math.floor(uint(block, 0, length) / (length === 1 ? 8 : 16));
      const end = length + (type === 0 ? size : 1);
      if (size > MOST_BLOCK_BYTES || end > block.length) throw new ZstdError('literals that are not there');
      return {
        literals: type === 0 ? block.subarray(length, end) : new Uint8Array(size).fill(block[length] ?? 0),
        end,
      };
    }
    const length = [3, 3, 4, 5][format] ?? 3;
    const width = [10, 10, 14, 18][format] ?? 10;
    const sizes = Math.floor(uint(block, 0, length) / 16);
    const [size, packed] = [sizes % 2 ** width, Math.floor(sizes / 2 ** width)];
    const end = length + packed;
    if (size > MOST_BLOCK_BYTES || end > block.length) throw new ZstdError('literals that are not there');
    let at = length;
    if (type === 2) {
      const { table, end: start } = readHuffmanTable(block.subarray(0, end), at);
      this.#huffman = table;
      at = start;
    }
    if (this.#huffman === null) throw new ZstdError('no Huffman code');
    const literals = new Uint8Array(size);
    const streams = block.subarray(at, end);
    if (format === 0) {
      readHuffman(streams, this.#huffman, literals);
      return { literals, end };
    }
    // Four streams side by side, of which the lengths of three come first.
    const part = Math.ceil(size / 4);
    let from = 6;
    for (let nth = 0; nth < 4; nth++) {
      const to = nth === 3 ? streams.length : from + uint(streams, 2 * nth, 2);
      const room = literals.subarray(Math.min(size, nth * part), nth === 3 ? size : Math.min(size, (nth + 1) * part));
      if (to > streams.length) throw new ZstdError('literals that are not there');
      readHuffman(streams.subarray(from, to), this.#huffman, room);
      from = to;
    }
    return { literals, end };
  }

  #readCodes(block: Uint8Array, modes: number): { readonly codes: Codes; readonly end: number } {
    const mode = uint(block, modes, 1);
    if ((mode & 3) !== 0) throw new ZstdError('a bit that is not used');
    let end = modes + 1;
    const read = (nth: 0 | 1 | 2): FseTable => {
      const limits = LIMITS[nth];
      switch ((mode >> (6 - 2 * nth)) & 3) {
        case 0:
          return USUAL[nth];
        case 1: {
          const symbol = uint(block, end, 1);
          if (symbol > limits.symbol) throw new ZstdError('a code that there is not');
          end += 1;
          return singleSymbol(symbol);
        }
        case 2: {
          const { table, end: behind } = readFseTable(block, end, limits);
          end = behind;
          return table;
        }
        default:
          if (this.#codes === null) throw new ZstdError('no codes');
          return this.#codes[nth];
      }
    };
    return { codes: [read(0), read(1), read(2)], end };
  }

  /** Executes the sequences: copies literals and matches. Returns the number of literals used. */
  #copy(bits: ReverseBits, [literalCode, offsetCode, matchCode]: Codes, count: number, literals: Uint8Array): number {
    let [literal, offset, match] = [literalCode, offsetCode, matchCode].map((code) => bits.read(code.accuracy));
    const next = ({ bits: widths, bases }: FseTable, state = 0) => (bases[state] ?? 0) + bits.read(widths[state] ?? 0);
    let used = 0;
    for (let nth = 1; nth <= count; nth++) {
      const width = offsetCode.symbols[offset ?? 0] ?? 0;
      const value = 2 ** width + bits.read(width);
      const copied = lengthFrom(MATCH_LENGTHS, matchCode.symbols[match ?? 0] ?? 0, bits);
      const put = lengthFrom(LITERAL_LENGTHS, literalCode.symbols[literal ?? 0] ?? 0, bits);
      if (bits.left < 0 || put > literals.length - used) throw new ZstdError('damaged');
      this.#put(literals.subarray(used, used + put));
      used += put;
      this.#repeat(this.#offsetOf(value, put), copied);
      if (nth === count) break;
      literal = next(literalCode, literal);
      match = next(matchCode, match);
      offset = next(offsetCode, offset);
    }
    if (bits.left !== 0) throw new ZstdError('damaged');
    return used;
  }

  /** Resolves repeat offsets: values 1 to 3 mean one of the last three offsets, shifted by one without literals. */
  #offsetOf(value: number, literals: number): number {
    const [first, second, third] = this.#offsets;
    const nth = literals === 0 ? value : value - 1;
    if (value > 3) this.#offsets = [value - 3, first, second];
    else if (nth === 1) this.#offsets = [second, first, third];
    else if (nth === 2) this.#offsets = [third, first, second];
    else if (nth === 3) this.#offsets = [first - 1, first, second];
    return this.#offsets[0];
  }

  #repeat(back: number, length: number): void {
    if (back < 1 || back > this.filled - this.#start) throw new ZstdError('a copy from before the beginning');
    this.#need(length);
    const result = this.#result;
    const end = this.filled + length;
    if (back >= length) result.copyWithin(this.filled, this.filled - back, this.filled - back + length);
    // Byte by byte, since the copy reaches into itself.
    else for (let at = this.filled; at < end; at++) result[at] = result[at - back] ?? 0;
    this.filled = end;
  }

  #put(bytes: Uint8Array): void {
    this.#need(bytes.length);
    this.#result.set(bytes, this.filled);
    this.filled += bytes.length;
  }

  #need(bytes: number): void {
    if (bytes > this.#result.length - this.filled) throw new ZstdError('more than was declared');
  }

  #take(length: number): Uint8Array {
    this.#skip(length);
    return this.#bytes.subarray(this.at - length, this.at);
  }

  #skip(length: number): void {
    if (length > this.#bytes.length - this.at) throw new ZstdError('cut short');
    this.at += length;
  }

  #uint(length: number): number {
    const value = uint(this.#bytes, this.at, length);
    this.at += length;
    return value;
  }
}

function lengthFrom({ least, bits }: Lengths, code: number, stream: ReverseBits): number {
  return (least[code] ?? 0) + stream.read(bits[code] ?? 0);
}
