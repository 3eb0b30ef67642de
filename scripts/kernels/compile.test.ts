import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileKernels, KERNELS_FILE } from './compile.ts';
import { jobLayouts, LAYOUTS_FILE } from './job-layouts.ts';

test('the binary that the engine imports is what its source compiles to', async () => {
  const compiled = await compileKernels();
  // Not toBe: the difference of two binaries is nothing to read.
  expect(compiled === readFileSync(KERNELS_FILE, 'utf8')).toBe(true);
});

test('the layouts that the engine imports are those of the classes in the source', () => {
  expect(readFileSync(LAYOUTS_FILE, 'utf8')).toBe(jobLayouts());
});
