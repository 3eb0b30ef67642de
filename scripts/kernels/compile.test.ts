import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileKernels, KERNELS_FILE } from './compile.ts';

test('the binary that the engine imports is what its source compiles to', async () => {
  const compiled = await compileKernels();
  // Not toBe: the difference of two binaries is nothing to read.
  expect(compiled === readFileSync(KERNELS_FILE, 'utf8')).toBe(true);
});
