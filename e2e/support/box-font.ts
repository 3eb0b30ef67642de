import { concatBytes } from '../../src/core/bytes.ts';

/**
 * A TrueType font whose letters are bars, as wide as those of a common sans-serif about are. Pictures in it show where words
 * stand and how long they are, and are the same on machines with other fonts.
 */

const EM = 1000;
const ASCENT = 800;
const DESCENT = -200;

/** Advance widths by glyph; glyph 0 stands for characters that no range has, glyph 1 is the space. */
const ADVANCES = [560, 280, 280, 560, 860, EM] as const;

/** Ranges of characters and the glyph that draws them, ascending and without overlaps. */
const RANGES: readonly (readonly [from: number, to: number, glyph: number])[] = [
  [0x20, 0x20, 1],
  [0x21, 0x2f, 2],
  [0x30, 0x40, 3],
  [0x41, 0x5a, 4],
  [0x5b, 0x68, 3],
  [0x69, 0x6a, 2],
  [0x6b, 0x6b, 3],
  [0x6c, 0x6c, 2],
  [0x6d, 0x6d, 4],
  [0x6e, 0x7e, 3],
  [0xa0, 0xa0, 1],
  [0xa1, 0x2dff, 3],
  [0x2e00, 0xffef, 5],
];

const BYTES = { 1: 'setInt8', 2: 'setInt16', 4: 'setInt32' } as const;

/** Numbers as big-endian bytes, each as long as is said. */
function packed(...numbers: readonly (readonly [value: number, bytes: 1 | 2 | 4])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let offset = 0;
  for (const [value, bytes] of numbers) {
    view[BYTES[bytes]](offset, value);
    offset += bytes;
  }
  return new Uint8Array(view.buffer);
}

function shorts(...values: readonly number[]): Uint8Array {
  return packed(...values.map((value) => [value, 2] as const));
}

function longs(...values: readonly number[]): Uint8Array {
  return packed(...values.map((value) => [value, 4] as const));
}

/** A bar of the height of a small letter. */
function bar(advance: number): Uint8Array {
  const [left, right, low, high] = [40, advance - 40, 0, 520];
  const onCurve = 1;
  return concatBytes([
    shorts(1, left, low, right, high, 3, 0),
    Uint8Array.of(onCurve, onCurve, onCurve, onCurve),
    shorts(left, 0, right - left, 0),
    shorts(low, high - low, 0, low - high),
    shorts(0),
  ]);
}

/** The font file. */
export function boxFont(): Uint8Array {
  const outlines = ADVANCES.map((advance, glyph) => (glyph === 1 ? new Uint8Array(0) : bar(advance)));
  const offsets = outlines.map((_, glyph) => outlines.slice(0, glyph).reduce((sum, { length }) => sum + length, 0));
  const glyf = concatBytes(outlines);
  const groups = RANGES.flatMap((range) => [...range]);
  const count = ADVANCES.length;
  const tables: Readonly<Record<string, Uint8Array>> = {
    'OS/2': concatBytes([
      shorts(4, 560, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0),
      new Uint8Array(10),
      longs(0, 0, 0, 0),
      new Uint8Array(4),
      shorts(0x40, 0x20, 0xffef - 0x10000, ASCENT, DESCENT, 0, ASCENT, -DESCENT),
      longs(0, 0),
      shorts(520, 700, 0, 0x20, 1),
    ]),
    // Format 13 maps a whole range to one glyph.
    cmap: concatBytes([
      shorts(0, 1, 3, 10),
      longs(12),
      shorts(13, 0),
      longs(16 + 4 * groups.length, 0, RANGES.length, ...groups),
    ]),
    glyf,
    head: concatBytes([
      longs(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
      shorts(3, EM),
      longs(0, 0, 0, 0),
      shorts(0, 0, EM, 520, 0, 8, 2, 1, 0),
    ]),
    hhea: concatBytes([longs(0x00010000), shorts(ASCENT, DESCENT, 0, EM, 40, 40, EM, 1, 0, 0, 0, 0, 0, 0, 0, count)]),
    hmtx: shorts(...ADVANCES.flatMap((advance) => [advance, 40])),
    loca: longs(...offsets, glyf.length),
    maxp: concatBytes([longs(0x00010000), shorts(count, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: shorts(0, 0, 6),
    post: longs(0x00030000, 0, 0, 0, 0, 0, 0, 0),
  };
  const names = Object.keys(tables);
  let offset = 12 + 16 * names.length;
  const records: Uint8Array[] = [];
  const bodies: Uint8Array[] = [];
  for (const name of names) {
    const body = tables[name] ?? new Uint8Array(0);
    const padding = new Uint8Array(-body.length & 3);
    records.push(concatBytes([new TextEncoder().encode(name), longs(0, offset, body.length)]));
    bodies.push(body, padding);
    offset += body.length + padding.length;
  }
  return concatBytes([longs(0x00010000), shorts(names.length, 128, 3, 16 * names.length - 128), ...records, ...bodies]);
}
