import * as v from 'valibot';
import { printable, quote } from '../../core/quote.ts';
import { type Sentence, sentence } from '../../language/sentence.ts';
import { DataError } from '../dataset.ts';
import { SNIFFED_BYTES } from '../import/sniff.ts';
import { wrongFile } from '../import/wrong-file.ts';
import { bytesOf } from '../unreadable.ts';

/** Bytes of one number of each type of the format. */
const BYTES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
} as const;
/** An element type of the safetensors format. */
export type Dtype = keyof typeof BYTES;

/** A tensor in a file: row-major, little-endian. */
export interface StoredTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** A part of the file's own bytes, not a copy. */
  readonly bytes: Uint8Array;
}

/** The content of a safetensors file. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Texts about the file. */
  readonly metadata: ReadonlyMap<string, string>;
}

const PREFIX = 8;
const OPENING_BRACE = 0x7b;
const MOST_HEADER_BYTES = 16 * 2 ** 20;
const METADATA = '__metadata__';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const entrySchema = v.strictObject({
  dtype: v.picklist(Object.keys(BYTES).filter((key): key is Dtype => key in BYTES)),
  shape: v.pipe(v.array(whole), v.maxLength(16)),
  data_offsets: v.strictTuple([whole, whole]),
});
const metadataSchema = v.record(v.string(), v.string());

/** A tensor's byte range in a file's data section. */
export interface StoredPlace {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** The header of a safetensors file: dtype, shape and byte range of every tensor, and the metadata. */
export interface SafetensorsHeader {
  readonly places: ReadonlyMap<string, StoredPlace>;
  readonly metadata: ReadonlyMap<string, string>;
}

type Fail = (problem: Sentence, cause?: unknown) => never;

function failOf(name: string): Fail {
  return (problem, cause) => {
    const said = sentence('data.of', { name: printable(name), problem });
    throw new DataError(sentence('data.what.weights'), said, sentence('formats.safetensors.whole'), cause);
  };
}

/**
 * Reads a file of the safetensors format (https://huggingface.co/docs/safetensors). Nothing is allocated for a tensor:
 * the header is held to the file's length first, and every byte of data must belong to exactly one tensor. Throws a
 * `DataError` that names the file, the tensor and the fault.
 */
export function readSafetensors(file: Uint8Array, name: string): Safetensors {
  const dataStart = dataStartOf(file.subarray(0, SNIFFED_BYTES), file.length, name);
  const data = file.subarray(dataStart);
  const { places, metadata } = readHeader(file.subarray(PREFIX, dataStart), data.length, name);
  const tensors = [...places].map(([tensor, { dtype, shape, from, to }]) => {
    return [tensor, { dtype, shape, bytes: data.subarray(from, to) }] as const;
  });
  return { tensors: new Map(tensors), metadata };
}

/** A file of the format of which a tensor is read when it is asked for, so that there is never more of it than that. */
export interface SafetensorsFile extends SafetensorsHeader {
  readonly name: string;
  read(place: StoredPlace): Promise<StoredTensor>;
}

/**
 * Opens a safetensors file and reads only its header. Rejects with a `DataError`, as `readSafetensors` throws, or, as each
 * `read` does, with an `UnreadableError`.
 */
export async function openSafetensors(blob: Blob, name: string): Promise<SafetensorsFile> {
  const bytes = (from: number, to: number) => bytesOf(blob.slice(from, to), sentence('data.what.weights'), name);
  const dataStart = dataStartOf(await bytes(0, SNIFFED_BYTES), blob.size, name);
  const header = readHeader(await bytes(PREFIX, dataStart), blob.size - dataStart, name);
  return {
    ...header,
    name,
    read: async ({ dtype, shape, from, to }) => {
      return { dtype, shape, bytes: await bytes(dataStart + from, dataStart + to) };
    },
  };
}

/**
 * The offset of the tensor data in a file of `length` bytes. For a file of another format the error names that format.
 */
function dataStartOf(head: Uint8Array, length: number, name: string): number {
  const fail = failOf(name);
  // No other format is told by what may be the length of a header, so what follows it is looked at first.
  const isOne = length > PREFIX && head[PREFIX] === OPENING_BRACE;
  const wrong = isOne ? null : wrongFile(head, name, 'weights');
  if (wrong !== null) throw wrong;
  if (length < PREFIX) return fail(sentence('formats.safetensors.short', { bytes: length }));
  const declared = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  if (declared > BigInt(length - PREFIX)) {
    if (!isOne && length > PREFIX) return fail(sentence('formats.safetensors.none'));
    return fail(sentence('formats.safetensors.cut', { bytes: String(declared) }));
  }
  if (declared > MOST_HEADER_BYTES)
    return fail(sentence('formats.safetensors.header', { bytes: String(declared), most: MOST_HEADER_BYTES }));
  return PREFIX + Number(declared);
}

function readHeader(bytes: Uint8Array, dataLength: number, name: string): SafetensorsHeader {
  const fail = failOf(name);
  const header = readTable(bytes, fail);
  const metadata = v.safeParse(metadataSchema, header[METADATA] ?? {});
  if (!metadata.success) return fail(sentence('formats.safetensors.metadata', { name: METADATA }));

  const places = new Map<string, StoredPlace>();
  for (const [tensor, entry] of Object.entries(header)) {
    if (tensor === METADATA) continue;
    const parsed = v.safeParse(entrySchema, entry, { abortEarly: true });
    if (!parsed.success) {
      const [issue] = parsed.issues;
      const place = v.getDotPath(issue);
      const where = { tensor: quote(tensor), reason: issue.message };
      return fail(
        place === null
          ? sentence('formats.safetensors.entryType', where)
          : sentence('formats.safetensors.entry', { ...where, place }),
      );
    }
    const { dtype, shape, data_offsets } = parsed.output;
    const [from, to] = data_offsets;
    if (to < from || to > dataLength)
      return fail(sentence('formats.safetensors.place', { tensor: quote(tensor), from, to, bytes: dataLength }));
    const size = shape.reduce((product, side) => product * side, BYTES[dtype]);
    if (size !== to - from) {
      const declared = { tensor: quote(tensor), type: dtype, shape: shape.join(', ') };
      return fail(sentence('formats.safetensors.length', { ...declared, bytes: size, given: to - from }));
    }
    places.set(tensor, { dtype, shape, from, to });
  }

  let covered = 0;
  for (const [tensor, { from, to }] of [...places].sort(([, a], [, b]) => a.from - b.from || a.to - b.to)) {
    if (from < covered) return fail(sentence('formats.safetensors.over', { tensor: quote(tensor), at: from }));
    if (from > covered) return fail(sentence('formats.safetensors.belongs', { from: covered, to: from }));
    covered = to;
  }
  if (covered !== dataLength) return fail(sentence('formats.safetensors.belongs', { from: covered, to: dataLength }));
  return { places, metadata: new Map(Object.entries(metadata.output)) };
}

function readTable(bytes: Uint8Array, fail: Fail): Record<string, unknown> {
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    json = JSON.parse(text);
  } catch (cause) {
    return fail(sentence('formats.safetensors.notJson'), cause);
  }
  const header = v.safeParse(v.record(v.string(), v.unknown()), json);
  if (!header.success || Array.isArray(json)) return fail(sentence('formats.safetensors.notTable'));
  const twice = repeatedKey(text);
  return twice === null ? header.output : fail(sentence('formats.safetensors.twice', { tensor: quote(twice) }));
}

/** Float32 values as a file of the format, in the order given. */
export function writeSafetensors(
  tensors: Iterable<{ readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array }>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const all = [...tensors];
  let offset = 0;
  const entries = all.map(({ name, shape, values }) => {
    const data_offsets = [offset, offset + 4 * values.length];
    offset += 4 * values.length;
    return [name, { dtype: 'F32', shape, data_offsets }] as const;
  });
  const json = JSON.stringify(Object.fromEntries([[METADATA, metadata], ...entries]));
  const unpadded = new TextEncoder().encode(json);
  // Spaces behind the header let the data begin at a multiple of 8.
  const length = Math.ceil(unpadded.length / 8) * 8;
  const file = new Uint8Array(PREFIX + length + offset).fill(0x20, PREFIX, PREFIX + length);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(length), true);
  file.set(unpadded, PREFIX);
  let at = PREFIX + length;
  for (const { values } of all) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return file;
}

/**
 * The first duplicate key in the outermost object of a valid JSON text; null if there is none. `JSON.parse` silently
 * takes the last one.
 */
function repeatedKey(json: string): string | null {
  const keys = new Set<string>();
  let depth = 0;
  let text = '';
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token !== ':') text = token;
    else if (depth === 1) {
      const key: unknown = JSON.parse(text);
      if (typeof key !== 'string') continue;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return null;
}
