import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileKernels, compileTiles, KERNELS_FILE, TILES_FILE } from './compile.ts';
import { jobLayouts, LAYOUTS_FILE } from './job-layouts.ts';

test.each([
  ['the engine', compileKernels, KERNELS_FILE],
  ['the data', compileTiles, TILES_FILE],
])('the binary that %s imports is what its source compiles to', async (_, compile, file) => {
  const compiled = await compile();
  // Not toBe: the difference of two binaries is nothing to read.
  expect(compiled === readFileSync(file, 'utf8')).toBe(true);
});

test('the layouts that the engine imports are those of the classes in the source', () => {
  expect(readFileSync(LAYOUTS_FILE, 'utf8')).toBe(jobLayouts());
});
