import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { concatBytes } from '../../../core/bytes.ts';
import { noise } from '../../../testing/data/synthetic.ts';
import { gunzip } from './gunzip.ts';

const text = new TextEncoder().encode('cat '.repeat(50_000));
const random = noise(100_000, 'a');

/** What comes of a file that is read in pieces of `size` bytes. */
async function read(file: Uint8Array, size = file.length): Promise<Buffer> {
  const pieces = async function* () {
    for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
  };
  const all: Uint8Array[] = [];
  for await (const piece of gunzip(pieces())) all.push(piece);
  return Buffer.concat(all);
}

test.each([1_000_000, 1000, 7])(
  'members are read one after another, and padding is none: %i bytes at a time',
  async (size) => {
    const [one, none, other] = [gzipSync(text), gzipSync(new Uint8Array()), gzipSync(random, { filename: 'a.bin' })];
    expect((await read(one, size)).equals(text)).toBe(true);
    const both = Buffer.concat([text, random]);
    expect((await read(concatBytes([one, none, other]), size)).equals(both)).toBe(true);
    for (const zeros of [1, 4, 10_240]) {
      expect((await read(concatBytes([one, other, new Uint8Array(zeros)]), size)).equals(both)).toBe(true);
      expect((await read(concatBytes([other, none, new Uint8Array(zeros)]), size)).equals(random)).toBe(true);
    }
  },
);

test('a file that is cut short, wherever, changed or followed by something else is refused', async () => {
  const first = gzipSync(text.subarray(0, 2000));
  const file = concatBytes([first, gzipSync(random.subarray(0, 300))]);
  for (let length = 0; length < file.length; length++) {
    // There it is whole.
    if (length === first.length) continue;
    await expect(read(file.subarray(0, length)), `${length} bytes`).rejects.toThrow();
  }
  const changed = gzipSync(random);
  changed[50_000] = 1 + (changed[50_000] ?? 0);
  await expect(read(changed)).rejects.toThrow();
  // The last member of bgzip is always empty, and says nothing of those before it.
  const bgzip = concatBytes([changed, gzipSync(new Uint8Array())]);
  for (const size of [bgzip.length, 1000, 7]) await expect(read(bgzip, size)).rejects.toThrow();
  await expect(read(concatBytes([gzipSync(text), Uint8Array.of(1, 2, 3, 4)]))).rejects.toThrow();
  await expect(read(Uint8Array.of(1, 2, 3, 4, 5))).rejects.toThrow();
});
