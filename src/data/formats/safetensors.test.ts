import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gone } from '../../testing/data/gone.ts';
import { DataError } from '../dataset.ts';
import { UnreadableError } from '../unreadable.ts';
import { openSafetensors, readSafetensors, writeSafetensors } from './safetensors.ts';
import { storedValues } from './stored-values.ts';

/** A file with this header, whatever it says, and `data` bytes of data. */
function file(header: unknown, data = 0): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const entry = (shape: unknown, from: number, to: number, dtype = 'F32') => ({ dtype, shape, data_offsets: [from, to] });

function problem(bytes: Uint8Array): string {
  try {
    readSafetensors(bytes, 'net.safetensors');
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return 'none';
}

describe('a safetensors file', () => {
  it('that is gone, or written again while it is read, is told with its name and what to do', async () => {
    const unreadable = new UnreadableError('weights file', 'a.safetensors', new Error('it is gone'));
    expect(unreadable.message).toBe('weights file: a.safetensors cannot be read (it is gone); choose it again');
    const opened = openSafetensors(gone('a.safetensors').blob, 'a.safetensors');
    await expect(opened).rejects.toThrow(unreadable.message);
    let isGone = false;
    const bytes = writeSafetensors([{ name: 'a', shape: [1], values: Float32Array.of(7) }]);
    const { places, read } = await openSafetensors(gone('', bytes, () => isGone).blob, 'a.safetensors');
    isGone = true;
    await expect(read(places.get('a') ?? fail())).rejects.toThrow(unreadable.message);
  });

  it('comes out as it went in', () => {
    const tensors = [
      { name: 'a', shape: [2, 2], values: Float32Array.of(1, -2, 0.1, Number.POSITIVE_INFINITY) },
      { name: 'scalar', shape: [], values: Float32Array.of(7) },
      { name: 'empty', shape: [0, 3], values: new Float32Array() },
    ];
    const bytes = writeSafetensors(tensors, { format: 'pt' });
    const { tensors: read, metadata } = readSafetensors(bytes, 'x');
    expect(metadata.get('format')).toBe('pt');
    for (const { name, shape, values } of tensors) {
      const stored = read.get(name);
      expect(stored?.shape).toEqual(shape);
      expect(stored && storedValues(stored)).toEqual(values);
    }
  });

  it('may hold halves, whose numbers are the ones that IEEE 754 says', () => {
    const halves = [0x0000, 0x8000, 0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x3555];
    const bytes = file({ h: entry([8], 0, 16, 'F16'), b: entry([2], 16, 20, 'BF16') }, 20);
    const view = new DataView(bytes.buffer, bytes.length - 20);
    for (const [at, half] of halves.entries()) view.setUint16(2 * at, half, true);
    view.setUint16(16, 0x3fc0, true);
    view.setUint16(18, 0xc000, true);
    const { tensors } = readSafetensors(bytes, 'x');
    const read = (name: string) => [...(storedValues(tensors.get(name) ?? fail()) ?? [])];
    const expected = [0, -0, 1, -2, 2 ** -24, 65504, Number.POSITIVE_INFINITY, Math.fround(0.333251953125)];
    expect(read('h')).toEqual(expected);
    expect(read('b')).toEqual([1.5, -2]);
  });

  it('is taken whatever other format the length of its header looks like', () => {
    // 0x10000 bytes, as an icon begins: 00 00 01 00.
    const long = file(JSON.stringify({ a: entry([1], 0, 4) }).padEnd(0x10000, ' '), 4);
    expect([...long.subarray(0, 4)]).toEqual([0, 0, 1, 0]);
    expect(readSafetensors(long, 'x').tensors.size).toBe(1);
  });

  it('is refused where its header lies, with the tensor and the fault', () => {
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [new Uint8Array(3), 'it has 3 bytes, too few for a header'],
      [file({ a: entry([1], 0, 4) }, 4).subarray(0, 20), 'more than follow'],
      [file('{'), 'its header is not JSON'],
      [file([]), 'its header is not a table'],
      [file({ a: entry([1], 0, 8) }, 4), '"a" would lie at 0 to 8 of 4 bytes'],
      [file({ a: entry([1], 4, 0) }, 4), '"a" would lie at 4 to 0 of 4 bytes'],
      [file({ a: entry([2], 0, 4) }, 4), '"a" of F32 [2] takes 8 bytes, but has 4'],
      [file({ a: entry([2 ** 52, 2 ** 52], 0, 4) }, 4), '"a" of F32 ['],
      [file({ a: entry([1], 0, 4), b: entry([1], 0, 4) }, 4), '"b" lies over the tensor before it, at byte 0'],
      [file({ a: entry([1], 4, 8) }, 8), 'the bytes 0 to 4 belong to no tensor'],
      [file({ a: entry([1], 0, 4) }, 8), 'the bytes 4 to 8 belong to no tensor'],
      [file({ a: entry([1.5], 0, 4) }, 4), 'the entry of "a" is wrong at shape.0'],
      [file({ a: entry([1], 0, 4, 'F31') }, 4), 'the entry of "a" is wrong at dtype'],
      [file({ a: { ...entry([1], 0, 4), more: 1 } }, 4), 'the entry of "a" is wrong at more'],
      [file({ __metadata__: { n: 1 } }), '__metadata__ is not a table of texts'],
      [
        file('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\\u0061":null}'),
        'two of its tensors are named "a"',
      ],
    ];
    for (const [bytes, expected] of cases) {
      expect(problem(bytes)).toContain(`weights file: net.safetensors: `);
      expect(problem(bytes)).toContain(expected);
    }
  });

  it('never has a header longer than 16 MB, whatever its length', () => {
    const bytes = new Uint8Array(18 * 2 ** 20);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(17 * 2 ** 20), true);
    bytes[8] = '{'.charCodeAt(0);
    expect(problem(bytes)).toContain('is longer than 16777216');
  });

  it('is read or refused by a DataError, whatever bytes it has', () => {
    const side = fc.oneof(fc.nat(4), fc.constantFrom(-1, 1.5, 2 ** 53, 1e300, null, 'x'));
    const offset = fc.oneof(fc.nat(40), fc.constantFrom(-4, 2 ** 60, 0.5));
    const anEntry = fc.oneof(
      fc.record({
        dtype: fc.constantFrom('F32', 'F16', 'BF16', 'I64', 'F', '__proto__'),
        shape: fc.array(side, { maxLength: 3 }),
        data_offsets: fc.array(offset, { minLength: 1, maxLength: 3 }),
      }),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const name = fc.oneof(fc.constantFrom('a', 'b', '__metadata__', '__proto__', 'constructor'), fc.string());
    const lying = fc
      .tuple(fc.dictionary(name, anEntry, { maxKeys: 4 }), fc.nat(48))
      .map(([header, data]) => file(header, data));
    const spoilt = fc
      .tuple(lying, fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 }), fc.nat(200))
      .map(([bytes, changes, length]) => {
        for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
        return bytes.subarray(0, length);
      });
    const hostile = fc.oneof(lying, spoilt, fc.uint8Array({ maxLength: 64 }));
    fc.assert(
      fc.property(hostile, (bytes) => {
        expect(problem(bytes)).not.toBe('');
      }),
      { numRuns: 10_000 },
    );
  });
});

function fail(): never {
  throw new Error('no such tensor');
}
