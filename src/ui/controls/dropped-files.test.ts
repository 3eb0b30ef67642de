import { expect, test } from 'vitest';
import { droppedFiles } from './dropped-files.ts';

/** A folder that gives its entries at once, as far as is asked of it here. */
function folder(name: string, entries: readonly object[]) {
  const parts = [entries, []];
  const readEntries = (resolve: (some: readonly object[]) => void) => resolve(parts.shift() ?? []);
  return { name, isFile: false, isDirectory: true, createReader: () => ({ readEntries }) };
}

const file = (blob: File) => ({
  ...{ name: blob.name, isFile: true, isDirectory: false },
  file: (resolve: (blob: File) => void) => resolve(blob),
});

/** Milliseconds: it takes one step of the event loop for each of 150,000 files. */
const TIMEOUT = 120_000;

test(
  'a dropped folder is opened to its last file, also where a folder in it holds more than a call takes arguments',
  async () => {
    const some = file(new File([], 'a.png'));
    const inner = folder(
      'train',
      Array.from({ length: 150_000 }, () => some),
    );
    const items = [{ webkitGetAsEntry: () => folder('set', [inner, some]) }];
    const files = await droppedFiles({ items } as never);
    expect(files).toHaveLength(150_001);
    expect([files[0]?.path, files.at(-1)?.path]).toEqual(['set/train/a.png', 'set/a.png']);
  },
  TIMEOUT,
);
