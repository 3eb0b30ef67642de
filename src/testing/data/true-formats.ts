import { encode } from 'fast-png';
import { gzipSync } from 'fflate';
import { packTar } from 'modern-tar';
import type { GivenFile } from '../../core/data/given-file.ts';

/** A PNG of one colour. */
export function pngOf(red: number, green: number, blue: number, size = 32): Uint8Array {
  const data = Uint8Array.from({ length: size * size * 3 }, (_, at) => [red, green, blue][at % 3] ?? 0);
  return encode({ width: size, height: size, data, channels: 3, depth: 8 });
}

/** One record of CIFAR's binary files an entry: its label or labels, then a grey image. */
export function cifarRecords(...entries: readonly (readonly [labels: readonly number[], grey: number])[]): Uint8Array {
  const records = entries.map(([labels, grey]) => [...labels, ...new Uint8Array(3072).fill(grey)]);
  return Uint8Array.from(records.flat());
}

/** A file of the IDX format. */
export function idxOf(shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  bytes.set([0, 0, 8, shape.length]);
  const view = new DataView(bytes.buffer);
  for (const [axis, side] of shape.entries()) view.setUint32(4 + 4 * axis, side);
  bytes.set(Array.from(values), 4 + 4 * shape.length);
  return bytes;
}

/** A gzipped tar archive of these files. */
export async function tarGz(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const entries = Object.entries(files).map(([name, body]) => ({ header: { name, size: body.length }, body }));
  return gzipSync(await packTar(entries));
}

/** A user's file with this content. */
export function given(path: string, bytes: Uint8Array): GivenFile {
  return { path, blob: new Blob([Uint8Array.from(bytes)]) };
}
