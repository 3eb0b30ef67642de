import { Unzlib } from 'fflate';
import { concatBytes } from '../../core/bytes.ts';
import { type PngChunk, pngChunks } from './png.ts';

/**
 * Whether a PNG declares a colour space other than sRGB, so that its raw values would look too pale or dark. As in
 * browsers, the first of cICP, an ICC profile, sRGB, and gamma with primaries counts. Such images are converted by the
 * browser, or by sharp in the terminal; all other PNGs are decoded here. Throws a `PngError` if it is not a PNG.
 */
export function hasOtherColours(bytes: Uint8Array): boolean {
  const intact = new Map<string, PngChunk>();
  for (const chunk of pngChunks(bytes)) {
    if (chunk.type === 'IDAT') break;
    if (TOLD_BY.includes(chunk.type) && chunk.isIntact()) intact.set(chunk.type, chunk);
  }
  const cicp = intact.get('cICP')?.data;
  if (cicp?.length === 4) return cicp[0] !== BT709 || cicp[1] !== SRGB_TRANSFER;
  const profile = profileIn(intact.get('iCCP')?.data);
  if (profile !== null) return !isSrgb(profile);
  if (intact.has('sRGB')) return false;
  const gamma = numbersIn(intact.get('gAMA')?.data, 1);
  const primaries = numbersIn(intact.get('cHRM')?.data, 8);
  return !isNear(gamma ?? SRGB_GAMMA, SRGB_GAMMA, 1000) || !isNear(primaries ?? SRGB_PRIMARIES, SRGB_PRIMARIES, 500);
}

const TOLD_BY = ['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM'];
/** Primaries and transfer functions by their ITU-T H.273 numbers. */
const BT709 = 1;
const SRGB_TRANSFER = 13;
/** In units of 1/100,000: white, red, green and blue, x and y each. */
const SRGB_GAMMA = [45455];
const SRGB_PRIMARIES = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];

function numbersIn(bytes: Uint8Array | undefined, count: number): readonly number[] | null {
  if (bytes?.length !== 4 * count) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: count }, (_, nth) => view.getUint32(4 * nth));
}

function isNear(numbers: readonly number[], others: readonly number[], most: number): boolean {
  return numbers.every((number, at) => Math.abs(number - (others[at] ?? 0)) <= most);
}

const MOST_PROFILE_BYTES = 4 * 2 ** 20;
const SLICE = 16 * 1024;

/** The ICC profile of an iCCP chunk, behind its name; null where it cannot be unpacked, as browsers take it too. */
function profileIn(chunk: Uint8Array | undefined): Uint8Array | null {
  const name = chunk?.indexOf(0) ?? -1;
  if (chunk === undefined || name < 1 || chunk[name + 1] !== 0) return null;
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Unzlib((piece) => {
    pieces.push(piece);
    length += piece.length;
  });
  try {
    for (let at = name + 2; at < chunk.length && length < MOST_PROFILE_BYTES; at += SLICE) {
      stream.push(chunk.subarray(at, at + SLICE));
    }
  } catch {
    return null;
  }
  return length < PROFILE_HEADER ? null : concatBytes(pieces);
}

const PROFILE_HEADER = 132;
/** X, Y and Z of full red, green and blue in an sRGB profile, relative to the D50 white point. */
const SRGB_COLOURS = { rXYZ: [0.436, 0.2225, 0.0139], gXYZ: [0.3851, 0.7169, 0.0971], bXYZ: [0.1431, 0.0606, 0.7141] };
const CURVES = ['rTRC', 'gTRC', 'bTRC'];

/** Whether an ICC profile (ICC.1:2022) is that of sRGB, whatever it calls itself: of its primaries and of its curve. */
function isSrgb(profile: Uint8Array): boolean {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  const tags = new Map<string, DataView>();
  const count = Math.min(view.getUint32(128), 100, Math.floor((profile.length - PROFILE_HEADER) / 12));
  for (let nth = 0; nth < count; nth++) {
    const at = PROFILE_HEADER + 12 * nth;
    const [from, size] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    if (from + size > profile.length || size < 12) continue;
    tags.set(
      String.fromCharCode(...profile.subarray(at, at + 4)),
      new DataView(profile.buffer, profile.byteOffset + from, size),
    );
  }
  const hasColours = Object.entries(SRGB_COLOURS).every(([name, xyz]) => {
    const tag = tags.get(name);
    return (
      tag !== undefined &&
      tag.byteLength >= 20 &&
      isNear(
        xyz,
        [8, 12, 16].map((at) => fixed(tag, at)),
        0.003,
      )
    );
  });
  return (
    hasColours &&
    CURVES.every((name) => [0.1, 0.5, 0.8].every((x) => isNear([curveAt(tags.get(name), x)], [srgb(x)], 0.002)))
  );
}

/** A number of 16 bits before and 16 behind the point. */
function fixed(view: DataView, at: number): number {
  return view.getInt32(at) / 65536;
}

/** The linear light of a sample by a profile's curve; NaN if the curve cannot be read. */
function curveAt(tag: DataView | undefined, x: number): number {
  if (tag === undefined) return Number.NaN;
  const type = String.fromCharCode(...[0, 1, 2, 3].map((at) => tag.getUint8(at)));
  if (type === 'curv') {
    const count = tag.getUint32(8);
    if (count === 0) return x;
    if (12 + 2 * count > tag.byteLength) return Number.NaN;
    if (count === 1) return x ** (tag.getUint16(12) / 256);
    const place = x * (count - 1);
    const low = Math.min(count - 2, Math.floor(place));
    const [from, to] = [tag.getUint16(12 + 2 * low) / 65535, tag.getUint16(14 + 2 * low) / 65535];
    return from + (to - from) * (place - low);
  }
  // A power, and a line through the darkest: (a x + b)^g from d on, c x below.
  if (type !== 'para' || tag.getUint16(8) !== 3 || tag.byteLength < 32) return Number.NaN;
  const [g = 1, a = 1, b = 0, c = 1, d = 0] = [12, 16, 20, 24, 28].map((at) => fixed(tag, at));
  return x >= d ? (a * x + b) ** g : c * x;
}

function srgb(x: number): number {
  return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
}
