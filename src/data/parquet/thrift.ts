import { type Sentence, sentence } from '../../language/sentence.ts';
import { DataError, named } from '../dataset.ts';

/** Creates the error for a fault in the file that is being read. */
export type Fail = (problem: Sentence, cause?: unknown) => DataError;

/** Creates the errors for one file: each names the file and the fault, and says what to choose instead. */
export function parquetError(file: string): Fail {
  return (problem, cause) => {
    const remedy = sentence('formats.parquet.whole');
    return new DataError(sentence('data.what.parquet'), named(file, problem), remedy, cause);
  };
}

/** A value in Thrift's compact protocol. */
export type ThriftValue = boolean | number | Uint8Array | readonly ThriftValue[] | ThriftStruct;

/** A Thrift struct: values by field id. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

const DEEPEST = 24;

/**
 * Reads Thrift's compact protocol, in which Parquet's footers and page headers are written, as far as they use it. What
 * it takes is bounded whatever the bytes are: nothing is believed to be longer than what is there, and there are no more
 * than `most` values. Throws what `fail` makes of the fault.
 */
export class ThriftReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #fail: Fail;
  #left: number;
  /** Offset of the next byte. */
  at: number;

  constructor(bytes: Uint8Array, at: number, most: number, fail: Fail) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#left = most;
    this.#fail = fail;
    this.at = at;
  }

  struct(depth = 0): ThriftStruct {
    if (depth > DEEPEST) throw this.#fail(sentence('formats.parquet.headerDeep'));
    const fields = new Map<number, ThriftValue>();
    for (let field = 0; ; ) {
      const head = this.#byte();
      const type = head & 0x0f;
      if (type === 0) return fields;
      field = head >> 4 === 0 ? zigzag(this.#varint(10)) : field + (head >> 4);
      fields.set(field, this.#value(type, depth, type === 1));
    }
  }

  /** A value of a list or a field; a field that is true or false has said so with its type. */
  #value(type: number, depth: number, told?: boolean): ThriftValue {
    this.#left -= 1;
    if (this.#left < 0) throw this.#fail(sentence('formats.parquet.headerValues'));
    switch (type) {
      case 1:
      case 2:
        return told ?? this.#byte() === 1;
      case 3:
        return (this.#byte() << 24) >> 24;
      case 4:
      case 5:
      case 6:
        return zigzag(this.#varint(10));
      case 7:
        this.#need(8);
        this.at += 8;
        return this.#view.getFloat64(this.at - 8, true);
      case 8: {
        const length = this.#length();
        this.at += length;
        return this.#bytes.subarray(this.at - length, this.at);
      }
      case 9: {
        const head = this.#byte();
        const length = head >> 4 === 15 ? this.#length() : head >> 4;
        this.#need(length);
        return Array.from({ length }, () => this.#value(head & 0x0f, depth + 1));
      }
      case 12:
        return this.struct(depth + 1);
      default:
        throw this.#fail(sentence('formats.parquet.headerType', { type }));
    }
  }

  /** A number of bytes or elements, none of which is less than a byte. */
  #length(): number {
    const length = this.#varint(5);
    this.#need(length);
    return length;
  }

  #need(bytes: number): void {
    if (bytes > this.#bytes.length - this.at) {
      throw this.#fail(sentence('formats.parquet.headerBytes', { bytes, left: this.#bytes.length - this.at }));
    }
  }

  #varint(most: number): number {
    let value = 0;
    for (let nth = 0; nth < most; nth++) {
      const byte = this.#byte();
      value += (byte & 0x7f) * 2 ** (7 * nth);
      if (byte < 0x80) return value;
    }
    throw this.#fail(sentence('formats.parquet.headerNumber'));
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw this.#fail(sentence('formats.parquet.headerCut'));
    this.at += 1;
    return byte;
  }
}

/** Decodes zigzag: 0, 1, 2, 3, … to 0, -1, 1, -2, … */
function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** A field that is a whole number; `other` where it is none. */
export function numberAt(fields: ThriftStruct | null, field: number, other = Number.NaN): number {
  const value = fields?.get(field);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : other;
}

/** The struct in a field; null if there is none. */
export function structAt(fields: ThriftStruct, field: number): ThriftStruct | null {
  const value = fields.get(field);
  return value instanceof Map ? value : null;
}

/** A field that is a list of structures; none where it is anything else. */
export function structsAt(fields: ThriftStruct, field: number): readonly ThriftStruct[] {
  const value = fields.get(field);
  return Array.isArray(value) ? value.filter((each) => each instanceof Map) : [];
}

/** The string in a field; empty if there is none. */
export function textAt(fields: ThriftStruct, field: number): string {
  return asciiOf(fields.get(field));
}

/** The bytes of a Thrift string as text. */
export function asciiOf(value: ThriftValue | undefined): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
}
