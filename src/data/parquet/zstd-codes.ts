/** The bytes are not valid Zstandard. */
export class ZstdError extends Error {
  override readonly name = 'ZstdError';
}

const damaged = () => new ZstdError('damaged');

/** Reads bits backward from the end of some bytes, starting after the highest set bit of the last byte. */
export class ReverseBits {
  readonly #bytes: Uint8Array;
  /** Number of unread bits; negative if too many were read. */
  left: number;

  constructor(bytes: Uint8Array) {
    const last = bytes.at(-1) ?? 0;
    if (last === 0) throw damaged();
    this.#bytes = bytes;
    this.left = 8 * bytes.length - 8 + log2(last);
  }

  /** The next `count` bits, at most 31, as a number; zeros after the end. */
  read(count: number): number {
    this.left -= count;
    return this.#at(this.left, count);
  }

  peek(count: number): number {
    return this.#at(this.left - count, count);
  }

  #at(from: number, count: number): number {
    if (from < 0) return from + count <= 0 ? 0 : this.#at(0, from + count) * 2 ** -from;
    const byte = from >> 3;
    const [bytes, shift] = [this.#bytes, from & 7];
    const low = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16);
    if (count + shift <= 24) return (low >> shift) & ((1 << count) - 1);
    const high = (bytes[byte + 3] ?? 0) + (bytes[byte + 4] ?? 0) * 256;
    return Math.floor((low + high * 2 ** 24) / 2 ** shift) % 2 ** count;
  }
}

/** Decoding table of a finite state entropy code (RFC 8878, 4.1): each state's symbol, and how to find the next one. */
export interface FseTable {
  /** Accuracy_Log: the number of bits of the first state. The table has 2^accuracy states. */
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** The table of RLE mode: every state gives the same symbol, and no bits are read. */
export function singleSymbol(symbol: number): FseTable {
  return { accuracy: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) };
}

/** Limits that the Zstandard format sets for an FSE table. */
export interface FseLimits {
  readonly accuracy: number;
  /** The largest symbol. */
  readonly symbol: number;
}

/** Reads a table description at offset `at`; `end` is the offset after it. Throws a `ZstdError`. */
export function readFseTable(
  bytes: Uint8Array,
  at: number,
  limits: FseLimits,
): { readonly table: FseTable; readonly end: number } {
  let bit = 8 * at;
  const read = (count: number) => {
    if (bit + count > 8 * bytes.length) throw damaged();
    const [byte, shift] = [bit >> 3, bit & 7];
    bit += count;
    const low = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16);
    return (low >> shift) & ((1 << count) - 1);
  };
  const accuracy = read(4) + 5;
  if (accuracy > limits.accuracy) throw damaged();
  const counts: number[] = [];
  let left = 1 << accuracy;
  while (left > 0) {
    // A number up to `left` + 1, in a bit less where it is one of the smaller ones.
    const width = log2(left + 1);
    const short = 2 ** (width + 1) - 2 - left;
    let value = read(width);
    if (value >= short) {
      value += read(1) << width;
      if (value >= 2 ** width) value -= short;
    }
    const count = value - 1;
    left -= Math.abs(count);
    counts.push(count);
    for (let zeros = count === 0 ? 3 : 0; zeros === 3; ) {
      zeros = read(2);
      for (let nth = 0; nth < zeros; nth++) counts.push(0);
    }
    if (counts.length > limits.symbol + 1) throw damaged();
  }
  if (left !== 0) throw damaged();
  return { table: fseTable(counts, accuracy), end: (bit + 7) >> 3 };
}

/** Builds the table from symbol counts; -1 is a symbol with probability "less than 1", with one state at the end. */
export function fseTable(counts: readonly number[], accuracy: number): FseTable {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  let last = size - 1;
  for (const [symbol, count] of counts.entries()) if (count === -1) symbols[last--] = symbol;
  const step = (size >> 1) + (size >> 3) + 3;
  let place = 0;
  for (const [symbol, count] of counts.entries()) {
    for (let nth = 0; nth < count; nth++) {
      symbols[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place > last);
    }
  }
  const next = counts.map(Math.abs);
  const [bits, bases] = [new Uint8Array(size), new Uint16Array(size)];
  for (const [state, symbol] of symbols.entries()) {
    const nth = next[symbol] ?? 1;
    next[symbol] = nth + 1;
    bits[state] = accuracy - log2(nth);
    bases[state] = nth * 2 ** (bits[state] ?? 0) - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** Decoding table of a Huffman code (RFC 8878, 4.2): symbol and code length by the next bits. */
export interface HuffmanTable {
  /** Max_Number_of_Bits: the length of the longest code. */
  readonly most: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
}

const LONGEST_CODE = 11;
const WEIGHT_LIMITS: FseLimits = { accuracy: 6, symbol: 255 };
const MOST_WEIGHTS = 255;

/** Reads a table from `at` on. Throws a `ZstdError`. */
export function readHuffmanTable(
  bytes: Uint8Array,
  at: number,
): { readonly table: HuffmanTable; readonly end: number } {
  const head = bytes[at] ?? 0;
  const size = head < 128 ? head : (head - 126) >> 1;
  const end = at + 1 + size;
  if (end > bytes.length) throw damaged();
  const part = bytes.subarray(at + 1, end);
  const weights = head < 128 ? codedWeights(part) : plainWeights(part, head - 127);
  const sum = weights.reduce((total, weight) => total + (weight === 0 ? 0 : 2 ** (weight - 1)), 0);
  const most = sum === 0 ? 0 : log2(sum) + 1;
  const rest = 2 ** most - sum;
  if (most < 1 || most > LONGEST_CODE || (rest & (rest - 1)) !== 0) throw damaged();
  // The last symbol's weight completes the code.
  weights.push(log2(rest) + 1);
  const [symbols, lengths] = [new Uint8Array(2 ** most), new Uint8Array(2 ** most)];
  let place = 0;
  for (let weight = 1; weight <= most; weight++) {
    for (const [symbol, each] of weights.entries()) {
      if (each !== weight) continue;
      symbols.fill(symbol, place, place + 2 ** (weight - 1));
      lengths.fill(most + 1 - weight, place, place + 2 ** (weight - 1));
      place += 2 ** (weight - 1);
    }
  }
  return { table: { most, symbols, bits: lengths }, end };
}

function plainWeights(bytes: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, nth) => {
    const both = bytes[nth >> 1] ?? 0;
    return nth % 2 === 0 ? both >> 4 : both & 15;
  });
}

/** Decodes FSE-compressed weights: two states alternate until the bits end. */
function codedWeights(bytes: Uint8Array): number[] {
  const { table, end } = readFseTable(bytes, 0, WEIGHT_LIMITS);
  const bits = new ReverseBits(bytes.subarray(end));
  let [state, other] = [bits.read(table.accuracy), bits.read(table.accuracy)];
  const weights: number[] = [];
  for (;;) {
    if (bits.left < 0 || weights.length >= MOST_WEIGHTS - 1) throw damaged();
    weights.push(table.symbols[state] ?? 0);
    const count = table.bits[state] ?? 0;
    if (bits.left < count) break;
    [state, other] = [other, (table.bases[state] ?? 0) + bits.read(count)];
  }
  weights.push(table.symbols[other] ?? 0);
  return weights;
}

/** Decodes symbols until `room` is full; that must use up all bits. Throws a `ZstdError`. */
export function readHuffman(bytes: Uint8Array, { most, symbols, bits }: HuffmanTable, room: Uint8Array): void {
  const stream = new ReverseBits(bytes);
  for (let at = 0; at < room.length; at++) {
    const code = stream.peek(most);
    room[at] = symbols[code] ?? 0;
    stream.left -= bits[code] ?? 0;
    if (stream.left < 0) throw damaged();
  }
  if (stream.left !== 0) throw damaged();
}

/** Index of the highest set bit. */
function log2(value: number): number {
  return 31 - Math.clz32(value);
}
