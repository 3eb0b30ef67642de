import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imagesParquet } from '../../src/testing/data/parquet-files.ts';
import { petsZip } from '../../src/testing/data/pets.ts';
import { pngOf } from '../../src/testing/data/true-formats.ts';

/** Files on a disk, as a person has them. */
export interface OwnFiles {
  /** Folders of two classes, 32 images to learn from and 8 to test on. */
  readonly zip: string;
  /** Rows of ten classes, 160 images to learn from and 40 to test on. */
  readonly parquet: string;
  remove(): Promise<void>;
}

export async function ownFiles(): Promise<OwnFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'playground-files-'));
  const [zip, parquet] = [join(folder, 'pets.zip'), join(folder, 'digits.parquet')];
  await writeFile(zip, petsZip());
  await writeFile(parquet, digits());
  return { zip, parquet, remove: () => rm(folder, { recursive: true }) };
}

function digits(): Uint8Array {
  const rows = Array.from({ length: 200 }, (_, n) => ({ image: pngOf(n, 25 * (n % 10), 90), label: n % 10 }));
  return imagesParquet(rows, { classes: [...'0123456789'] });
}
