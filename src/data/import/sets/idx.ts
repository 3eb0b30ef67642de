import { printable } from '../../../core/quote.ts';
import { DataError } from '../../error.ts';
import { sniff } from '../sniff.ts';

const REMEDY = 'choose a whole file of the IDX format, as MNIST has them';
const UNSIGNED_BYTE = 0x08;

/** Numbers in a file of the MNIST family: images [count, rows, columns], or labels [count]. */
export interface Idx {
  readonly shape: readonly number[];
  /** A part of the file's own bytes. */
  readonly values: Uint8Array;
}

/**
 * Reads a file of the IDX format: two zero bytes, a type, the number of dimensions, the dimensions as big-endian
 * integers, then the numbers. Throws a `DataError` that names the file and the fault.
 */
export function readIdx(bytes: Uint8Array, name: string): Idx {
  const fail = (problem: string) => new DataError('data file', `${printable(name)} ${problem}`, REMEDY);
  if (sniff(bytes) !== 'idx') throw fail('is no IDX file (it does not begin with 00 00 and a type)');
  const [, , type = 0, dimensions = 0] = bytes;
  if (type !== UNSIGNED_BYTE) throw fail(`has numbers of type ${type}; only bytes (8) can be read`);
  if (dimensions < 1 || dimensions > 4) throw fail(`has ${dimensions} dimensions; images have 3, labels 1`);
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) throw fail(`is cut short in its header (${bytes.length} bytes)`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, side) => product * side, 1);
  if (size !== bytes.length - header) {
    throw fail(`declares ${shape.join(' × ')} = ${size} numbers, but ${bytes.length - header} follow`);
  }
  return { shape, values: bytes.subarray(header) };
}
