import { zlibSync } from 'fflate';
import { concatBytes } from '../../core/bytes.ts';

/** A PNG of any kind, written chunk by chunk. */
export interface WrittenPng {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with opacity, 6 RGB with opacity. */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly interlaced?: boolean;
  readonly sample: (x: number, y: number, channel: number) => number;
  /** Chunks before the pixels. */
  readonly before?: readonly Uint8Array[];
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Encodes a PNG of any depth, colour type and interlacing, for tests. */
export function writePng({ width, height, depth, colour, interlaced, sample, before = [] }: WrittenPng): Uint8Array {
  const channels = CHANNELS[colour];
  const lines: number[] = [];
  for (const [left, top, across, down] of interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)) {
    let above: readonly number[] = [];
    for (let y = top; y < height && left < width; y += down) {
      let bits = '';
      for (let x = left; x < width; x += across) {
        for (let channel = 0; channel < channels; channel++)
          bits += sample(x, y, channel).toString(2).padStart(depth, '0');
      }
      const line = bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? [];
      const filter = (y + left) % 5;
      lines.push(filter, ...filtered(line, above, filter, Math.max(1, (channels * depth) / 8)));
      above = line;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const data = chunk('IDAT', zlibSync(Uint8Array.from(lines)));
  return concatBytes([SIGNATURE, chunk('IHDR', header), ...before, data, chunk('IEND', [])]);
}

function filtered(line: readonly number[], above: readonly number[], filter: number, left: number): readonly number[] {
  return line.map((byte, at) => {
    const [a = 0, b = 0, c = 0] = [line[at - left], above[at], above[at - left]];
    const [toA, toB, toC] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
    const nearest = toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    return (byte - ([0, a, b, (a + b) >> 1, nearest][filter] ?? 0)) & 0xff;
  });
}

/** A PNG chunk; with a wrong CRC if `checksum` is false. */
export function chunk(type: string, data: ArrayLike<number>, checksum = true): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(
    Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(Array.from(data), 8);
  view.setUint32(8 + data.length, checksum ? crc32(bytes.subarray(4, -4)) : 0);
  return bytes;
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Numbers of four bytes, as gAMA and cHRM have them. */
export function bigEndian(numbers: readonly number[]): Uint8Array {
  return Uint8Array.from(numbers.flatMap((number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff)));
}

/** An ICC profile of three primaries and one curve, in a chunk iCCP. */
export function profileChunk(primaries: readonly (readonly number[])[], curve: Uint8Array): Uint8Array {
  const tags = [...primaries.map((xyz) => xyzTag(xyz)), curve];
  const entries = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'];
  const head = new Uint8Array(132 + 12 * entries.length);
  const view = new DataView(head.buffer);
  view.setUint32(128, entries.length);
  const starts: number[] = [];
  let at = head.length;
  for (const tag of tags) {
    starts.push(at);
    at += tag.length;
  }
  for (const [nth, name] of entries.entries()) {
    const tag = Math.min(nth, 3);
    head.set(
      Array.from(name, (letter) => letter.charCodeAt(0)),
      132 + 12 * nth,
    );
    view.setUint32(136 + 12 * nth, starts[tag] ?? 0);
    view.setUint32(140 + 12 * nth, tags[tag]?.length ?? 0);
  }
  return chunk('iCCP', [...new TextEncoder().encode('any'), 0, 0, ...zlibSync(concatBytes([head, ...tags]))]);
}

function xyzTag(xyz: readonly number[]): Uint8Array {
  return concatBytes([
    new TextEncoder().encode('XYZ '),
    bigEndian([0, ...xyz.map((each) => Math.round(each * 65536))]),
  ]);
}

/** The curve of sRGB as a formula, or a power alone. */
export function curveTag(power: number | 'srgb'): Uint8Array {
  const encoder = new TextEncoder();
  if (power !== 'srgb') return concatBytes([encoder.encode('curv'), bigEndian([0, 1, Math.round(power * 256) << 16])]);
  const numbers = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].map((each) => Math.round(each * 65536));
  return concatBytes([encoder.encode('para'), bigEndian([0, 3 << 16, ...numbers])]);
}
