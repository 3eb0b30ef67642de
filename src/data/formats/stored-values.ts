import type { Dtype, StoredTensor } from './safetensors.ts';

const READABLE: readonly Dtype[] = ['F32', 'F16', 'BF16', 'F64'];

/** Whether `storedValues` can read this dtype. */
export function isReadable(dtype: Dtype): boolean {
  return READABLE.includes(dtype);
}

/** Whether this machine is little-endian, as the format is. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A tensor's values as float32, without a copy if possible; null if its dtype is none of F16, BF16, F32 and F64. */
export function storedValues({ dtype, bytes }: StoredTensor): Float32Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (dtype) {
    case 'F32':
      if (IS_LITTLE_ENDIAN && bytes.byteOffset % 4 === 0) {
        return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
      }
      return Float32Array.from({ length: bytes.length / 4 }, (_, at) => view.getFloat32(4 * at, true));
    case 'F64':
      return Float32Array.from({ length: bytes.length / 8 }, (_, at) => view.getFloat64(8 * at, true));
    case 'F16':
      return Float32Array.from({ length: bytes.length / 2 }, (_, at) => ofHalf(view.getUint16(2 * at, true)));
    case 'BF16': {
      // The upper half of a float32.
      const bits = Uint32Array.from({ length: bytes.length / 2 }, (_, at) => view.getUint16(2 * at, true) << 16);
      return new Float32Array(bits.buffer);
    }
    default:
      return null;
  }
}

/** IEEE 754 binary16: a sign, five bits of exponent and ten of fraction. */
function ofHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
