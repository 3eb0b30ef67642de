import { Random } from '../../data/batches/random.ts';

const WORDS = 'shortcut residual plain layer block gain error step image class train test norm scale shift relu'.split(
  ' ',
);

/** Bytes that pack as text does: words again and again, numbers, a run, and at the end noise. */
export function plainText(length: number): Uint8Array {
  const random = new Random('packed');
  const bytes = new Uint8Array(length).fill('='.charCodeAt(0));
  let at = 0;
  while (at < length * 0.9) {
    const word = `${WORDS[Math.floor(random.uniform() ** 2 * WORDS.length)]} ${Math.floor(random.uniform() * 100)} `;
    for (const letter of word) bytes[at++] = letter.charCodeAt(0);
  }
  for (at = Math.floor(length * 0.99); at < length; at++) bytes[at] = Math.floor(random.uniform() * 256);
  return bytes;
}

/** As zstd packs what it cannot make smaller: blocks of bytes as they are, and of one byte again and again. */
export function zstdStored(bytes: Uint8Array): Uint8Array {
  const blocks: number[] = [];
  const size = 100_000;
  for (let from = 0; from === 0 || from < bytes.length; from += size) {
    const part = bytes.subarray(from, from + size);
    const isRun = part.length > 1 && part.every((byte) => byte === part[0]);
    const head = (part.length << 3) | (isRun ? 2 : 0) | (from + size >= bytes.length ? 1 : 0);
    blocks.push(head & 255, (head >> 8) & 255, head >> 16, ...(isRun ? part.subarray(0, 1) : part));
  }
  return Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, ...blocks]);
}

/** As LZ4 packs, by the nearest earlier four bytes that are the same. */
export function lz4Packed(bytes: Uint8Array): Uint8Array {
  const packed: number[] = [];
  const seen = new Map<string, number>();
  const more = (length: number) => {
    for (let left = length - 15; left >= 0; left -= 255) packed.push(Math.min(255, left));
  };
  let start = 0;
  for (let at = 0; at + 12 < bytes.length; at++) {
    const four = bytes.subarray(at, at + 4).join();
    const from = seen.get(four);
    seen.set(four, at);
    if (from === undefined || at - from > 65_535) continue;
    let length = 4;
    while (at + length + 5 < bytes.length && bytes[from + length] === bytes[at + length]) length += 1;
    packed.push((Math.min(15, at - start) << 4) | Math.min(15, length - 4));
    more(at - start);
    packed.push(...bytes.subarray(start, at), (at - from) & 255, (at - from) >> 8);
    more(length - 4);
    start = at + length;
    at = start - 1;
  }
  packed.push(Math.min(15, bytes.length - start) << 4);
  more(bytes.length - start);
  packed.push(...bytes.subarray(start));
  return Uint8Array.from(packed);
}
